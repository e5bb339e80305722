"""The demo's doors: whom one may step in as. There are none on a real installation."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec

from api.places.coming_in.arriving import first_page
from api.web.answers import Go, Page, View
from api.web.routes import form, page
from api.web.visit import Visit
from governance.queries import coops_of, membership
from governance.roles import Role
from kernel.refused import Unknown
from people.person import everybody, person
from people.sign_in import open_session
from usecases.actor import Actor


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """Someone of the demo in one of her co-ops, with the roles she holds there."""

    person_id: UUID
    name: str
    coop_name: str
    roles: Sequence[Role]


class People(View, frozen=True, kw_only=True):
    """Everyone, by co-op and name."""

    template: ClassVar[str] = "installation/people.html"

    people: Sequence[Neighbour]


@page("/people", who="everyone")
def demo_people(visit: Visit) -> Page:
    """List whom one may step in as; only in the demo."""
    _only_demo(visit)
    people = sorted(_everybody(visit.actor), key=lambda neighbour: (neighbour.coop_name, neighbour.name))
    return Page(People(people=people))


@form("/people/{person_id:uuid}", who="everyone")
def step_in(visit: Visit, person_id: UUID) -> Go:
    """Take someone's place; only in the demo."""
    _only_demo(visit)
    actor = visit.actor
    if person(actor.connection, person_id) is None:
        raise Unknown
    with visit.site.writing() as connection:
        secret = open_session(connection, person_id, uuid4(), "demo", actor.now)
    return Go(first_page(actor.connection, person_id), cookies={"session": secret})


def _everybody(actor: Actor) -> list[Neighbour]:
    found = []
    for someone in everybody(actor.connection):
        for coop in coops_of(actor.connection, someone.person_id):
            member = membership(actor.connection, coop.coop_id, someone.person_id, actor.now)
            roles = member.roles if member else ()
            found.append(Neighbour(person_id=someone.person_id, name=someone.name, coop_name=coop.name, roles=roles))
    return found


def _only_demo(visit: Visit) -> None:
    if not visit.site.settings.demo:
        raise Unknown
