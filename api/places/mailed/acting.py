"""The page a letter's link opens: what it would do, for whom, and the one press that does it. Opening it does nothing.

Who presses need not be signed in: the link proves whose mailbox it came from, and does this one thing. It is done once,
however often it is pressed; the page says then how the thing stands.
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from api.places import COOP
from api.places.mailed.shown import Pending, about_of
from api.web.access import allow
from api.web.acts import ACTS, DECLARED
from api.web.answers import Go, Page, Refusal, View
from api.web.fields import built, read_fields
from api.web.refusals import SignInPage
from api.web.routes import form, page
from api.web.visit import Visit
from kernel.command import Asked
from kernel.refused import CommandReused, NotYours, Refused
from kernel.text import N_
from people.person import person
from usecases.actor import Actor
from usecases.mailed.link import MailedAct, ToDo, read_act_token

LINK = f"{COOP}/mailed/{{token:str}}"
"""The address of a letter's link."""

ACT_OF: Mapping[MailedAct, str] = {
    "approve": "bookings.approve_booking",
    "refuse": "bookings.refuse_booking",
    "vote": "votes.cast_ballot",
    "receive": "settlement.confirm_paid",
    "agree": "expenses.agree_to_expense",
}
"""The act that a link does: it lets in whom that act lets in, and refuses as it does."""


class LinkTooOld(Refused):
    """This link is too old. Ask for one to come in, and do it there."""


class LinkDone(Refused):
    """This link has done what it could: come in to do more."""


class ForSomebodyElse(NotYours):
    """This letter was written to {name}: who is signed in here is somebody else."""


class ActingByLink(View, frozen=True, kw_only=True):
    """What a link would do, and for whom; `can` tells whether it still can, `there` is where one sees all of it."""

    template: ClassVar[str] = "mailed/acting.html"

    to_do: ToDo
    token: str
    name: str
    about: Pending
    can: bool
    there: str


@page(LINK, who="everyone")
def acting(visit: Visit, token: str) -> Page:
    """Show what a letter's link would do; an old one asks for another to come in by."""
    to_do = read_act_token(visit.site.keyring, visit.id_of("coop_id"), token)
    reader = _reader(visit, to_do)
    about, there = about_of(reader, to_do)
    if visit.actor.now >= to_do.until:
        signing_in = SignInPage(next=there, demo=visit.opens_demo, founding=visit.actor.may_found)
        return Page(signing_in, refused=Refusal(visit.say(LinkTooOld())))
    view = ActingByLink(
        to_do=to_do,
        token=token,
        name=reader.my_person.name,
        about=about,
        can=about.waits and _may(reader, to_do),
        there=there,
    )
    return Page(view)


@form(LINK, who="everyone", page=acting)
def act_by_link(visit: Visit, token: str) -> Go:
    """Do what a letter's link does: once, in the name of whom the letter was written to."""
    to_do = read_act_token(visit.site.keyring, visit.id_of("coop_id"), token)
    if visit.actor.now >= to_do.until:
        raise LinkTooOld
    reader, act = _reader(visit, to_do), DECLARED[ACT_OF[to_do.act]]
    allow(act.who, reader, _ids(to_do))
    command, asked = _typed(visit, to_do), Asked(command_id=to_do.command_id, by=reader.me, at=reader.now)
    try:
        done = act.carry_out(reader, command, asked)
    except CommandReused as error:
        raise LinkDone from error
    visit.site.settled(done)
    return Go(visit.sent.path, said=act.said or N_("It is noted."))


def _reader(visit: Visit, to_do: ToDo) -> Actor:
    """Return whom the letter was written to; refuses with `ForSomebodyElse` when another is signed in."""
    someone, actor = person(visit.actor.connection, to_do.person_id), visit.actor
    reader = Actor.of(actor.history, actor.connection, actor.now, person=someone, coop_id=to_do.coop_id)
    if someone is None or reader.member is None:
        raise LinkTooOld  # she has left, or was erased
    if actor.person and actor.person.person_id != someone.person_id:
        raise ForSomebodyElse(name=someone.name)
    return replace(reader, may_found=actor.may_found)


def _may(reader: Actor, to_do: ToDo) -> bool:
    try:
        allow(DECLARED[ACT_OF[to_do.act]].who, reader, _ids(to_do))
    except Refused:
        return False
    return True


def _ids(to_do: ToDo) -> dict[str, UUID]:
    match to_do.act:
        case "approve" | "refuse":
            return {"booking_id": to_do.about}
        case "vote":
            return {"proposal_id": to_do.about}
        case "receive":
            return {"plan_id": to_do.about, "line_id": to_do.line_id}
        case "agree":
            return {"expense_id": to_do.about}


def _typed(visit: Visit, to_do: ToDo) -> Any:
    """Return the command as the page asks for it: how one votes, why one refuses, what has come as it was read."""
    kind, ids = ACTS[ACT_OF[to_do.act]], {"coop_id": to_do.coop_id, **_ids(to_do)}
    come = {"cents": visit.form.money("amount").cents} if to_do.act == "receive" else {}
    typed = read_fields(visit.form, kind, {*ids, *come})
    visit.form.check_all_read()
    return built(kind, {**typed, **ids, **come}, {"cents": "amount"})
