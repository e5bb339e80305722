"""A poster's words, typed: `/r/jardin-violon-tulipe` leads where its code does, and a slip is answered kindly."""

from typing import ClassVar
from uuid import UUID

import msgspec

from api.web.answers import Answer, Go, Json, Page, Refusal, View
from api.web.routes import Described, add_for_programs, page, summary_of
from api.web.visit import Visit
from governance.inviting.queries import InvitationRow
from governance.posters.words import unknown_words
from kernel.refused import Unknown
from kernel.text import N_
from usecases.coming_in.inviting import poster_typed

WORDS = "/r/{words:str}"
READ_AGAIN = N_("No poster here goes by these words. Read them again, or aim your phone at the code above them.")
NOT_ONE = N_("“{word}” is a word of no poster. Read it again.")


class TypedWords(View, frozen=True, kw_only=True):
    """Where a poster's words are typed, with what was typed."""

    template: ClassVar[str] = "coming_in/by_words.html"

    typed: str


class Led(msgspec.Struct, frozen=True, kw_only=True):
    """To which invitation a poster's words lead: `/invitations/` and its id say the rest."""

    invitation_id: UUID
    words: str


@page("/r", who="everyone")
def type_words(visit: Visit) -> Answer:
    """Ask for a poster's words; go where they lead once they are typed."""
    typed = visit.given("words")
    return _lead(visit, typed) if typed else Page(TypedWords(typed=""))


@page(WORDS, who="everyone")
def follow_words(visit: Visit, words: str) -> Answer:
    """Go where a poster's words lead, however they are typed."""
    return _lead(visit, words)


def lead(visit: Visit) -> Json:
    """To which invitation a poster's words lead, whatever their case, accents and spaces."""
    found = _found(visit, str(visit.sent.ids["words"]))
    if found is None or found.words is None:
        raise Unknown
    return Json(Led(invitation_id=found.invitation_id, words=found.words))


add_for_programs("GET", WORDS, lead, "everyone", lead, Described(summary=summary_of(lead), returns=Led))


def _lead(visit: Visit, typed: str) -> Answer:
    found = _found(visit, typed)
    if found:
        return Go(f"/invitations/{found.invitation_id}")
    strange = unknown_words(typed)
    wrong = visit.say(NOT_ONE, word=strange[0]) if strange else visit.say(READ_AGAIN)
    return Page(TypedWords(typed=typed), status=404, refused=Refusal(wrong, {"words": wrong}))


def _found(visit: Visit, typed: str) -> InvitationRow | None:
    with visit.site.writing() as connection:
        return poster_typed(connection, typed, asked_from=visit.sent.client, at=visit.actor.now)
