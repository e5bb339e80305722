"""Whom a form lets one choose: everyone while they are few, else those at hand and those looked for."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from governance.queries import members_slice, names_of
from kernel.read_models.spelling import plain
from usecases.actor import Actor

FEW = 40


class Candidate(msgspec.Struct, frozen=True):
    """Someone who may be chosen, and whether she is the reader."""

    id: UUID
    name: str | None
    me: bool


class Choosable(msgspec.Struct, frozen=True, kw_only=True):
    """Members to choose from, by name: `everyone`, or the reader, those at hand and those who are `called` so.

    `found` is how many of them are called so; `more` when others are too.
    """

    members: Sequence[Candidate]
    everyone: bool
    called: str
    found: int
    more: bool


def choice_of(actor: Actor, at_hand: Iterable[UUID], called: str = "") -> Choosable:
    """Return whom the reader may choose, without asking for more members than are shown."""
    connection, coop_id = actor.connection, actor.coop_id
    first = members_slice(connection, coop_id, actor.now, called=called, most=FEW)
    names = {row.member_id: row.name for row in first.items}
    everyone = not called and first.after is None
    found = len(names) if called else 0
    if not everyone:
        names = {**(names if called else {}), actor.me: actor.my_person.name}
        names |= names_of(connection, coop_id, {*at_hand} - names.keys())
    return Choosable(
        members=_by_name(actor.me, names), everyone=everyone, called=called, found=found, more=first.after is not None
    )


def _by_name(me: UUID, names: dict[UUID, str | None]) -> list[Candidate]:
    ordered = sorted(names.items(), key=lambda item: (plain(item[1] or ""), item[0].bytes))
    return [Candidate(member_id, name, member_id == me) for member_id, name in ordered]
