"""Nadia cannot open her mailbox any more: Claire asks that her mail go elsewhere, and others may vouch."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from people.person import person
from tests.kit.browser import Seen
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of

HERE = f"/coops/{COOP}"
OLD, NEW = "nadia@example.org", "nadia.new@example.org"


def way_of(village: Village, name: str = "Nadia") -> str:
    """Return where somebody's way back stands."""
    return f"{HERE}/members/{village.member(name)}/recovery"


def known_long(village: Village) -> None:
    """Let everybody have been a member for ninety days, whom Claire invited too."""
    village.clock.now += timedelta(days=90)


def ask(village: Village, by: str = "Claire", email: str = NEW, key: UUID | None = None) -> Seen:
    return village.as_(by).api("POST", way_of(village), {"email": email}, key)


def link_to(village: Village, address: str, kind: str = "sign-in") -> str:
    """Return the path of the link last mailed to an address."""
    bodies = [letter.body for letter in village.letters() if letter.address == address]
    return next(found[0] for body in bodies if (found := re.search(rf"/{kind}/\S+", body)))


def confirm(village: Village, email: str = NEW) -> Seen:
    return village.anyone().api("POST", f"{link_to(village, email)}/recovery", {})


def vouch(village: Village, by: str = "Jean", key: UUID | None = None) -> Seen:
    """Vouch; the letter to the old address leaves at once."""
    seen = village.as_(by).api("POST", f"{way_of(village)}/vouching", {}, key)
    village.settle()
    village.letters()
    village.pass_time()
    return seen


def refuse(village: Village, by: str) -> Seen:
    seen = village.as_(by).api("POST", f"{way_of(village)}/refusal", {})
    village.settle()
    return seen


def vouched(village: Village) -> None:
    """Let it all be said: three days are left to refuse."""
    known_long(village)
    for seen in (ask(village), confirm(village), vouch(village)):
        assert seen.status in (200, 201), seen.text


def given_back(village: Village) -> None:
    """Let Nadia come in again, by the word of Claire and Jean."""
    for seen in (ask(village), confirm(village), vouch(village)):
        assert seen.status in (200, 201), seen.text
    village.pass_time(hours=72)
    village.as_("Nadia").token = village.as_("Nadia").cookies["session"] = village.session("Nadia")


def address_of(village: Village, name: str = "Nadia") -> str:
    return str(village.ask(person, person_id_of(name)).email)


def under_way(village: Village, reader: str = "Paul") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        village.as_(reader).api("GET", f"{HERE}/members/{village.member('Nadia')}/recoveries").json()
    )
    return found


def subjects_to(village: Village, address: str) -> list[str]:
    """Return the subjects of the letters that were sent to an address."""
    return [letter.subject for letter in village.letters() if letter.address == address]


def _join_elsewhere(village: Village, *names: str) -> None:
    governance, olga = Governance(village.site.history), village.member("Olga", ELSEWHERE)
    issue = g.IssueInvitation(coop_id=ELSEWHERE, kind=InvitationKind.POSTER)
    invited = governance.issue_invitation(issue, replace(village.asked(), by=olga)).stream_id
    for name in names:
        join = g.JoinCoop(
            coop_id=ELSEWHERE, invitation_id=invited, person_id=person_id_of(name), charter_version=CHARTER_VERSION
        )
        governance.join_coop(join, village.asked())
    village.settle()


def vouched_by_strangers(village: Village) -> None:
    """Let Olga and Sacha, of another co-op of hers, say that Nadia has lost her mailbox."""
    _join_elsewhere(village, "Nadia", "Sacha")
    known_long(village)
    way = f"/coops/{ELSEWHERE}/members/{village.member('Nadia', ELSEWHERE)}/recovery"
    assert village.as_("Olga").api("POST", way, {"email": NEW}).status == 201
    assert confirm(village).status == 200
    assert village.as_("Sacha").api("POST", f"{way}/vouching", {}).status == 201
    village.settle()
    village.letters()
    village.pass_time()
