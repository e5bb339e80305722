"""Nadia cannot open her mailbox any more: Claire asks that her mail go elsewhere, and others may vouch."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from people.person import person
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"
OLD, NEW = "nadia@example.org", "nadia.new@example.org"


def way_of(village: Village, name: str = "Nadia") -> str:
    """Return where somebody's way back stands."""
    return f"{HERE}/members/{village.member(name)}/recovery"


def known_long(village: Village) -> None:
    """Let everybody have been a member for thirty days."""
    village.clock.now += timedelta(days=30)


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
