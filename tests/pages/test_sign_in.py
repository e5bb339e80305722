"""Coming in by a link, on this device and others."""

from tests.pages.village import COOP, Village


def test_a_member_is_sent_to_her_co_op(village: Village) -> None:
    seen = village.as_("Claire").get("/offline")
    assert seen.status == 200
    assert village.member("Claire") != COOP
    booking = village.drove("Nadia", "Zoé", 100)
    assert village.odometer("Zoé") == 10_100
    assert booking
