"""Links used at the same instant: of each one press signs in, the others are told kindly, and nobody is made twice."""

from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy import func, select

from governance.events import InvitationKind
from people.person import people, person_by_email
from people.sign_in import sessions_of
from tests.kit.browser import Browser, Seen
from tests.kit.races import at_once
from tests.kit.scale import LINKS
from tests.kit.village import Village, person_id_of
from tests.places.coming_in.links import links_in
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

pytestmark = pytest.mark.parametrize("number", range(LINKS))


def pressed(browser: Browser, link: str, **fields: str) -> Seen:
    """Press what the link's page offers: to say yes when it asks for the charter, to come in otherwise."""
    if fields:
        return browser.post(f"{link}/acceptance", charter="yes", **fields)
    return browser.post("/sessions", token=link.removeprefix("/sign-in/"))


def browsers(village: Village, many: int) -> Sequence[Browser]:
    """Return as many browsers, each with its token for forms."""
    found = [village.anyone() for _ in range(many)]
    for browser in found:
        browser.get("/offline")
    return found


def test_one_link_pressed_by_many_signs_in_one(village: Village, number: int) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    [link] = links_in(village, "Nadia")
    devices = village.ask(sessions_of, person_id_of("Nadia"))
    hers = browsers(village, 8)
    seen = at_once(*(partial(pressed, browser, link) for browser in hers))
    assert sorted(each.status for each in seen) == [200] + [410] * 7, number
    assert sum(bool(browser.token) for browser in hers) == 1
    assert all("This link was already used or is too old." in each.text for each in seen if each.status == 410)
    assert len(village.ask(sessions_of, person_id_of("Nadia"))) == len(devices) + 1


def test_two_links_of_a_newcomer_make_one_person(village: Village, number: int) -> None:
    invited = village.invitation(InvitationKind.POSTER)
    for _ in range(4):
        village.anyone().post(f"/invitations/{invited}/acceptance", name="Vera", email="vera@example.org")
    asked = zip(browsers(village, 4), links_in(village, "Vera"), strict=True)
    seen = at_once(*(partial(pressed, browser, link, name="Vera") for browser, link in asked))
    assert [each.status for each in seen] == [200] * 4, number
    with village.site.reading() as connection:
        vera = person_by_email(connection, "vera@example.org")
        named = select(func.count()).select_from(people).where(people.c.email == "vera@example.org")
        assert connection.execute(named).scalar_one() == 1
    assert vera is not None
    assert len(village.ask(sessions_of, vera.person_id)) == 4


def test_two_who_hold_one_invitation_by_mail_are_one_member_and_one_told(village: Village, number: int) -> None:
    invited = village.invitation(InvitationKind.MAIL)
    for name in ("Vera", "Yann"):
        address = f"{name.lower()}@example.org"
        village.anyone().post(f"/invitations/{invited}/acceptance", name=name, email=address)
    links = [link for name in ("Vera", "Yann") for link in links_in(village, name)]
    asked = zip(browsers(village, 2), links, strict=True)
    seen = at_once(*(partial(pressed, browser, link, name="Somebody") for browser, link in asked))
    assert sorted(each.status for each in seen) == [200, 409], number
    [told] = [each.text for each in seen if each.status == 409]
    assert "Someone already joined with this invitation" in told
