"""Waiting for the letter of a sign-in link: its six digits are typed here, where its link may open another browser."""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from api.places.coming_in.arriving import go_in
from api.places.coming_in.asking_again import link_over, where_again
from api.places.coming_in.signing_in import MINUTES
from api.web.acts import write
from api.web.answers import Go, Page, View
from api.web.fields import read_form
from api.web.forms import Misread
from api.web.routes import form, page
from api.web.visit import Visit
from kernel.text import END
from people.codes import awaited
from people.sign_in import LinkSpent
from usecases.coming_in.links import ComeIn, Intent, Join, Move, Recover, Start, WrongCode, change_code, intent_of

WAITING = "/sign-in-codes/{ticket:str}"

Purpose = Literal["come_in", "join", "start", "confirm"]
Code = Annotated[
    str, Meta(max_length=20, pattern=rf"^\s*(?:[0-9]\s*){{6}}{END}", extra_json_schema={"format": "six digits"})
]
"""Six digits, with the spaces that people type between them."""


class TypedCode(msgspec.Struct, frozen=True, kw_only=True):
    """What is typed on the page that waits."""

    code: Code


class TicketAndCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ticket that was answered to who asked for the link, and the six digits of its letter."""

    ticket: Annotated[str, Meta(min_length=1, max_length=100)]
    code: Code


class LinkSecret(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of a link, as its letter's would hold it: it can be used once, at `/sessions` for instance."""

    token: str


class LinkOnItsWay(View, frozen=True, kw_only=True):
    """To which address, for how many minutes, and what the link is for: to come in, to join or start a co-op.

    `certain` when a letter was sent whoever she is; `local` when it stays in the mailbox of this machine. `again` is
    where an address typed wrong is put right. Without `tries_left` there is no code to type.
    """

    template: ClassVar[str] = "coming_in/check_mail.html"

    ticket: str
    email: str
    purpose: Purpose
    coop_name: str
    certain: bool
    tries_left: int
    minutes: int
    local: bool
    again: str


@page(WAITING, who="everyone")
def wait_for_letter(visit: Visit, ticket: str) -> Page:
    """Say what was asked for and what comes next; take the six digits of the letter. Every address is told alike."""
    connection = visit.actor.connection
    try:
        waiting = awaited(connection, ticket)
    except LinkSpent:
        return link_over(visit, None)
    intent = intent_of(waiting.link)
    view = LinkOnItsWay(
        ticket=ticket,
        email=waiting.link.email,
        purpose=_purpose(intent),
        coop_name=intent.coop_name if isinstance(intent, Join | Start) else "",
        certain=bool(intent.name),
        tries_left=waiting.tries_left,
        minutes=MINUTES,
        local=visit.shows_letters,
        again=where_again(connection, intent),
    )
    return Page(view)


@form(WAITING, who="everyone", page=wait_for_letter)
def type_code(visit: Visit, ticket: str) -> Go:
    """Come in by the six digits; where the link asks more, go on to its page."""
    typed = read_form(visit.form, TypedCode)
    intent = intent_of(awaited(visit.actor.connection, ticket).link)
    try:
        token = _change(visit, ticket, typed.code)
    except WrongCode as refusal:
        raise Misread({"code": refusal}) from refusal
    return go_in(visit, token) if isinstance(intent, ComeIn) else Go(f"/sign-in/{token}")


@write("/sign-in-codes", who="everyone", example={"ticket": "pQ4wV8nB2xK6mR0tZ7cJ1hLy", "code": "123 456"})
def open_code(visit: Visit, body: TicketAndCode) -> LinkSecret:
    """Change the six digits of a sign-in letter for the secret of its link, which is good no more in the letter."""
    return LinkSecret(token=_change(visit, body.ticket, body.code))


def _change(visit: Visit, ticket: str, code: str) -> str:
    return change_code(visit.actor.history, ticket, "".join(code.split()), visit.actor.now)


def _purpose(intent: Intent) -> Purpose:
    match intent:
        case ComeIn():
            return "come_in"
        case Join():
            return "join"
        case Start():
            return "start"
        case Move() | Recover():
            return "confirm"
