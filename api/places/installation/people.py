"""The demo's doors: whom one may step in as. There are none on a real installation."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec

from api.places.coming_in.signing_in import first_page
from api.web.answers import Go, Page, View
from api.web.routes import form, page
from api.web.visit import Visit
from governance.queries import every_coop, members_of
from governance.roles import Role
from kernel.refused import Unknown
from people.person import person
from people.sign_in import open_session
from usecases.actor import Actor

MOST_SHOWN = 200


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """Someone of the demo in one of her co-ops, with the roles she holds there."""

    person_id: UUID
    name: str
    coop_name: str
    roles: Sequence[Role]


class People(View, frozen=True, kw_only=True):
    """Whom one may step in as, by co-op and name, and how many more there are."""

    template: ClassVar[str] = "installation/people.html"

    people: Sequence[Neighbour]
    more: int


@page("/people", who="everyone")
def demo_people(visit: Visit) -> Page:
    """List whom one may step in as; only in the demo."""
    _only_demo(visit)
    people = _everybody(visit.actor)
    return Page(People(people=people[:MOST_SHOWN], more=len(people[MOST_SHOWN:])))


@form("/people/{person_id:uuid}", who="everyone")
def step_in(visit: Visit, person_id: UUID) -> Go:
    """Take someone's place; only in the demo."""
    _only_demo(visit)
    actor = visit.actor
    if person(actor.connection, person_id) is None:
        raise Unknown
    with visit.site.writing() as connection:
        secret = open_session(connection, person_id, uuid4(), "demo", actor.now)
    return Go(first_page(actor.connection, person_id), cookies=visit.kept_of(person_id, secret))


def _everybody(actor: Actor) -> list[Neighbour]:
    names = {coop.coop_id: coop.name for coop in every_coop(actor.connection)}
    return [
        Neighbour(person_id=row.person_id, name=row.name or "", coop_name=name, roles=row.roles)
        for coop_id, name in names.items()
        for row in members_of(actor.connection, coop_id, actor.now)
        if row.is_member and row.person_id
    ]


def _only_demo(visit: Visit) -> None:
    if not visit.opens_demo:
        raise Unknown
