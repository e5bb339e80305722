"""Using a sign-in link: the page it opens, and the session it gives to a browser or a program."""

from typing import Annotated, ClassVar
from uuid import UUID, uuid4

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from api.web.acts import write
from api.web.answers import Go, Page, View
from api.web.fields import read_form
from api.web.routes import form, page
from api.web.visit import Visit
from governance.queries import coops_of
from kernel.command import Asked
from people.person import person_by_email
from people.sign_in import look_at_link
from usecases.arriving import Arrived, arrive, intent_of


class LinkToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret at the end of the link."""

    token: Annotated[str, Meta(min_length=1, max_length=100)]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session: send `bearer` as `Authorization: Bearer …`."""

    bearer: str
    person_id: UUID


class Arrival(View, frozen=True, kw_only=True):
    """Whom the link is for (`None`: someone whose name nobody knows), and its secret."""

    template: ClassVar[str] = "coming_in/arrival.html"

    token: str
    name: str | None


@page("/sign-in/{token:str}", who="everyone")
def arrival(visit: Visit, token: str) -> Page:
    """Show whom the link is for; opening it does not use it up, for mail scanners open links too."""
    connection = visit.actor.connection
    link = look_at_link(connection, token, visit.actor.now)
    known = person_by_email(connection, link.email)
    return Page(Arrival(token=token, name=known.name if known else intent_of(link).name or None))


@form("/sessions", who="everyone")
def come_in(visit: Visit) -> Go:
    """Use the link: open a session and do what it was asked for."""
    arrived = _arrive(visit, read_form(visit.form, LinkToken))
    to = f"/coops/{arrived.coop_id}/" if arrived.coop_id else arrived.going_to
    return Go(to, cookies={"session": arrived.secret})


@write("/sessions", who="everyone", example={"token": "b3x9Zk2mQ7r1tY5uW8aE4cV6"})
def open_session(visit: Visit, body: LinkToken) -> Session:
    """Use a sign-in link up, for a session."""
    arrived = _arrive(visit, body)
    return Session(bearer=arrived.secret, person_id=arrived.person_id)


def first_page(connection: Connection, person_id: UUID) -> str:
    """Return where someone lands: her co-op, or the page to start one."""
    mine = coops_of(connection, person_id)
    return f"/coops/{mine[0].coop_id}/" if mine else "/coops/new"


def _arrive(visit: Visit, link: LinkToken) -> Arrived:
    asked = Asked(command_id=uuid4(), by=None, at=visit.actor.now)
    device = visit.sent.headers.get("user-agent", "")
    arrived = arrive(visit.actor.history, link.token, asked, device=device)
    if arrived.done:
        visit.site.settled(arrived.done)
    return arrived
