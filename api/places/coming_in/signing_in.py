"""Asking to come in: a link is sent by mail. And signing out."""

from typing import Annotated
from uuid import UUID, uuid4

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from api.web.acts import write
from api.web.answers import Answer, Go, Page
from api.web.fields import read_form
from api.web.forms import inside
from api.web.refusals import SignInPage
from api.web.routes import form, page
from api.web.visit import Visit
from governance.queries import coops_of
from kernel.command import Asked
from kernel.text import IS_NAME, NAME_OR_NOTHING
from people.person import Email
from people.sign_in import LINK_LASTS, close_session
from usecases.coming_in.links import ComeIn, Intent, send_link
from usecases.leaving import account_left_open

MINUTES = int(LINK_LASTS.total_seconds() // 60)

OptionalName = Annotated[str, Meta(max_length=80, pattern=NAME_OR_NOTHING, extra_json_schema=IS_NAME)]


class WantedLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to send a sign-in link to; with a name, who is new here is welcomed under it."""

    email: Email
    name: OptionalName = ""


class LinkSent(msgspec.Struct, frozen=True, kw_only=True):
    """A link was sent, if someone here has this address or a name was given. It can be used once, for `minutes`.

    The six digits of its letter are good with the `ticket`, at `/sign-in-codes`, in place of the link.
    """

    minutes: int
    ticket: str


class Nothing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An empty body."""


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """The session is closed."""

    session_id: UUID | None


@page("/", who="everyone")
def front_door(visit: Visit) -> Answer:
    """Who is signed in goes to her co-op; others meet the sign-in page."""
    actor = visit.actor
    return Go(first_page(actor.connection, actor.person.person_id)) if actor.person else sign_in(visit)


@page("/sign-in", who="everyone")
def sign_in(visit: Visit) -> Page:
    """Ask for one's mail address."""
    view = SignInPage(next=inside(visit.given("next")), demo=visit.opens_demo, founding=visit.actor.may_found)
    return Page(view)


@form("/sign-in-links", who="everyone", page=sign_in)
def ask_link(visit: Visit) -> Go:
    """Send a link to a known address; say the same for an unknown one, so that nobody learns who is a member."""
    to = inside(visit.given("next")) or "/"
    return link_sent(visit, read_form(visit.form, WantedLink).email, ComeIn(to))


@write("/sign-in-links", who="everyone", example={"email": "claire@example.org", "name": "Claire"})
def ask_link_for(visit: Visit, body: WantedLink) -> LinkSent:
    """Have a sign-in link sent by mail; say a name when new here."""
    return sent(visit, body.email, ComeIn(name=body.name.strip(), lang=visit.lang))


@form("/sessions/current", who="everyone")
def sign_out(visit: Visit) -> Go:
    """Close this device's session."""
    _close(visit)
    person = visit.actor.person
    cookies = visit.kept_of(person.person_id, "") if person else {"session": ""}
    return Go("/sign-in", cookies=cookies, forgets=True)


@write("/sessions/current", who="person", method="DELETE")
def close_this_session(visit: Visit, body: Nothing) -> Closed:  # noqa: ARG001 - an empty body is read as strictly
    """Sign out."""
    _close(visit)
    return Closed(session_id=visit.actor.session_id)


def first_page(connection: Connection, person_id: UUID) -> str:
    """Return where someone lands: her co-op, what is still open with one she left, or the page to start one."""
    if mine := coops_of(connection, person_id):
        return f"/coops/{mine[0].coop_id}/"
    left = account_left_open(connection, person_id)
    return f"/coops/{left}/open-account" if left else "/coops/new"


def link_sent(visit: Visit, email: str, intent: Intent) -> Go:
    """Send a sign-in link for an intent; lead to the page that waits for its letter."""
    return Go(f"/sign-in-codes/{_send(visit, email, intent)}")


def sent(visit: Visit, email: str, intent: Intent) -> LinkSent:
    """Send a sign-in link for an intent, as a program asks."""
    return LinkSent(minutes=MINUTES, ticket=_send(visit, email, intent))


def _send(visit: Visit, email: str, intent: Intent) -> str:
    asked = Asked(command_id=uuid4(), by=None, at=visit.actor.now)
    whence = {"asked_from": visit.sent.client, "lang": visit.lang, "marks": visit.marks}
    return send_link(visit.actor.history, email, intent, asked, **whence)


def _close(visit: Visit) -> None:
    with visit.site.writing() as connection:
        close_session(connection, visit.token)
