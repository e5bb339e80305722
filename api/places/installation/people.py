"""The demo's doors: whom one may step in as. There are none on a real installation."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec

from api.places.coming_in.signing_in import first_page
from api.places.installation.doors import Door, first_doors
from api.web.answers import Go, Page, View
from api.web.forms import inside
from api.web.routes import form, page
from api.web.visit import Visit
from governance.queries import MemberRow, every_coop, members_of
from governance.roles import Role
from kernel.refused import Unknown
from people.person import person
from people.sign_in import open_session
from usecases.actor import Actor

MOST_SHOWN = 200  # in each co-op


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """Someone of the demo in one of her co-ops, with the roles she holds there."""

    person_id: UUID
    name: str
    roles: Sequence[Role]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A co-op of the demo: its people by name, and how many more there are."""

    coop_name: str
    people: Sequence[Neighbour]
    more: int


class People(View, frozen=True, kw_only=True):
    """The doors to begin with, into the co-op that was started first, and whom one may step in as in each."""

    template: ClassVar[str] = "installation/people.html"

    first_name: str | None
    doors: Sequence[Door]
    groups: Sequence[Group]


@page("/people", who="everyone")
def demo_people(visit: Visit) -> Page:
    """List whom one may step in as; only in the demo."""
    _only_demo(visit)
    actor = visit.actor
    known = sorted(every_coop(actor.connection), key=lambda coop: (coop.started_at, coop.coop_id))
    members = {coop.coop_id: _members(actor, coop.coop_id) for coop in known}
    first = known[0] if known else None
    view = People(
        first_name=first.name if first else None,
        doors=first_doors(actor, first, members[first.coop_id]) if first else (),
        groups=[_group(coop.name, members[coop.coop_id]) for coop in known],
    )
    return Page(view)


@form("/people/{person_id:uuid}", who="everyone")
def step_in(visit: Visit, person_id: UUID) -> Go:
    """Take someone's place, and go to the page her door says; only in the demo."""
    _only_demo(visit)
    actor = visit.actor
    if person(actor.connection, person_id) is None:
        raise Unknown
    to = inside(visit.given("to")) or first_page(actor.connection, person_id)
    with visit.site.writing() as connection:
        secret = open_session(connection, person_id, uuid4(), "demo", actor.now)
    return Go(to, cookies=visit.kept_of(person_id, secret))


def _members(actor: Actor, coop_id: UUID) -> list[MemberRow]:
    return [row for row in members_of(actor.connection, coop_id, actor.now) if row.is_member and row.person_id]


def _group(name: str, members: Sequence[MemberRow]) -> Group:
    shown = [
        Neighbour(person_id=row.person_id, name=row.name or "", roles=row.roles)
        for row in members[:MOST_SHOWN]
        if row.person_id
    ]
    return Group(coop_name=name, people=shown, more=len(members) - len(shown))


def _only_demo(visit: Visit) -> None:
    if not visit.opens_demo:
        raise Unknown
