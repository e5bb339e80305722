"""A link that can be used no more: where a new one is asked for, so that it leads where the first one did."""

from typing import ClassVar
from urllib.parse import urlencode

from sqlalchemy import Connection

from api.speech.refusals import sentence_of
from api.web.answers import Page, Refusal, View
from api.web.visit import Visit
from governance.queries import coops_of
from people.sign_in import LinkSpent, SignInLink
from usecases.coming_in.links import ComeIn, Intent, Join, Move, Recover, Start, intent_of

SIGN_IN = "/sign-in"


class LinkOver(View, frozen=True, kw_only=True):
    """The field for a new link, which leads to the page `next`; `again` is where more was asked for than to come in."""

    template: ClassVar[str] = "coming_in/link_over.html"

    next: str | None
    again: str | None = None


def link_over(visit: Visit, link: SignInLink | None) -> Page:
    """Return the page that asks for an address anew; who is signed in already is refused with `LinkSpent`."""
    if visit.actor.person:
        raise LinkSpent
    intent = intent_of(link) if link else None
    match intent:
        case ComeIn(to=to):
            view = LinkOver(next=to)
        case Move():
            view = LinkOver(next=where_again(visit.actor.connection, intent))
        case Join() | Start():
            view = LinkOver(next=None, again=where_again(visit.actor.connection, intent))
        case _:
            view = LinkOver(next=None)
    return Page(view, status=410, refused=Refusal(sentence_of(LinkSpent(), visit.words)))


def where_again(connection: Connection, intent: Intent) -> str:
    """Return the page on which a link for the same is asked for."""
    match intent:
        case Join(invitation_id=invitation_id):
            return f"/invitations/{invitation_id}"
        case Start(commune_code=code):
            return f"/coops/new?{urlencode({'commune': code})}"
        case Move(person_id=person_id) if mine := coops_of(connection, person_id):
            return f"/coops/{mine[0].coop_id}/profile"
        case ComeIn(to=to) if to != "/":
            return f"{SIGN_IN}?{urlencode({'next': to})}"
        case ComeIn() | Move() | Recover():
            return SIGN_IN
