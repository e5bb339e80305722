"""A poster's words lead where its code does, however they are typed; a slip is answered kindly, guessing is not."""

import re

import pytest

from governance.events import InvitationKind
from people import limits
from tests.kit.browser import Browser
from tests.kit.village import COOP, Village


@pytest.fixture
def printed(village: Village) -> str:
    village.invitation(InvitationKind.POSTER)
    address = re.search(r"/r/([a-z]+-[a-z]+-[a-z]+)", village.as_("Claire").get(f"/coops/{COOP}/poster").html)
    assert address
    return address[1]


def led(browser: Browser, path: str) -> bool:
    seen = browser.get(path)
    return (seen.status, seen.path[:13], "Join Les Voisins du Diois" in seen.text) == (200, "/invitations/", True)


def test_they_lead_to_the_co_op_as_printed_and_as_typed(village: Village, printed: str) -> None:
    anyone, (first, second, third) = village.anyone(), printed.split("-")
    assert led(anyone, f"/r/{printed}")
    assert led(anyone, f"/r/{first.upper()}%20{second.title()}.{third}")
    assert led(anyone, f"/r?words={first}+{second}+{third}")
    assert led(anyone, f"/r/{first}-{second[:2]}{second[3:]}-{third}")  # a letter left out


def test_who_types_them_wrong_reads_which_word_and_keeps_what_she_typed(village: Village, printed: str) -> None:
    seen = village.anyone().get(f"/r/xyzzyx-{printed.partition('-')[2]}")
    assert (seen.status, "“xyzzyx” is a word of no poster. Read it again." in seen.text) == (404, True)
    assert 'value="xyzzyx-' in seen.html
    other = village.anyone().get("/r/agneau-agneau-agneau")
    assert (other.status, "No poster here goes by these words." in other.text) == (404, True)
    assert village.anyone().get("/r").status == 200


def test_a_poster_taken_back_says_so(village: Village, printed: str) -> None:
    claire = village.as_("Claire")
    (poster,) = [
        row for row in claire.api("GET", f"/coops/{COOP}/invitations").json()["items"] if row["words"] == printed
    ]
    claire.post(f"/coops/{COOP}/invitations/{poster['invitation_id']}/revocation")
    assert "This invitation was taken back." in village.anyone().get(f"/r/{printed}").text


def test_a_mailed_invitation_has_no_words(village: Village) -> None:
    village.invitation(InvitationKind.MAIL)
    rows = village.as_("Claire").api("GET", f"/coops/{COOP}/invitations").json()["items"]
    assert {row["words"] for row in rows if row["kind"] == "mail"} == {None}


def test_whoever_guesses_is_told_to_wait_a_day(village: Village, printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Limit, "a_person", property(lambda _: 3))
    anyone = village.anyone()
    assert [anyone.get("/r/agneau-agneau-agneau").status for _ in range(4)] == [404, 404, 404, 429]
    assert anyone.get(f"/r/{printed}").status == 429  # a right one is not told either
    village.pass_time(days=1)
    assert led(anyone, f"/r/{printed}")
