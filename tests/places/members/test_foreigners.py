"""What a co-op is, decides and invites is for its own members."""

from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def test_the_members_of_another_co_op_see_nothing(village: Village) -> None:
    olga = village.as_("Olga")
    for path in ("", "/members", "/rules", "/proposals", "/invitations"):
        assert olga.api("GET", f"{HERE}{path}").status == 403
        assert village.anyone().api("GET", f"{HERE}{path}").status == 401
