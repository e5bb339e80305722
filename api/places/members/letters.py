"""Letters of the co-op that could not leave: to whom, about what, why; and having them sent again.

What they hold is shown to nobody: the link in one is a key, and its reader's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.coming_in.signing_in import Nothing
from api.web.acts import write
from api.web.answers import Go, Page, View
from api.web.routes import form, page, question
from api.web.visit import Visit
from kernel.slice import Slice, Wanted
from kernel.text import N_
from sending.unsent import Trouble, send_again
from usecases.actor import Actor
from usecases.copied import copied
from usecases.unsent_letters import unsent_letters

LETTERS = f"{COOP}/unsent-letters"
MOST = 40


class KeptBack(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that could not leave; its `address` is `None` once its reader was erased.

    Its `subject` is `None` when it could not even be worded. `next_at` is when it is tried again, `None` when no more.
    """

    letter_id: UUID
    address: str | None
    subject: str | None
    trouble: Trouble
    written_at: datetime
    next_at: datetime | None


class Resent(msgspec.Struct, frozen=True, kw_only=True):
    """How many letters are tried again from now on."""

    count: int


class KeptLetters(View, frozen=True, kw_only=True):
    """The letters that could not leave, newest first; `after` is where earlier ones begin."""

    template: ClassVar[str] = "members/letters.html"

    letters: Sequence[KeptBack]
    after: str | None


@page(LETTERS, who="referent")
def show_letters(visit: Visit) -> Page:
    """Show which letters could not leave, and why."""
    found = letters(visit.actor, Wanted(after=visit.sent.query.get("after"), limit=MOST))
    return Page(KeptLetters(letters=found.items, after=found.after))


@question(LETTERS, who="referent")
def letters(actor: Actor, query: Wanted) -> Slice[KeptBack]:
    """The co-op's letters that could not leave, newest first."""
    found = unsent_letters(actor.connection, actor.coop_id, after=query.after, most=query.limit)
    return found.mapped(lambda row: copied(row, KeptBack))


@form(f"{LETTERS}/attempts", who="referent", page=show_letters)
def try_letters(visit: Visit) -> Go:
    """Have the co-op's letters sent again."""
    _try_again(visit)
    return Go(f"/coops/{visit.actor.coop_id}/unsent-letters", said=N_("They are tried again now."))


@write(f"{LETTERS}/attempts", who="referent", example={})
def send_letters_again(visit: Visit, body: Nothing) -> Resent:  # noqa: ARG001 - an empty body is read as strictly
    """Have the co-op's letters that could not leave sent again."""
    return Resent(count=_try_again(visit))


def _try_again(visit: Visit) -> int:
    with visit.site.writing() as connection:
        return send_again(connection, visit.actor.now, visit.actor.coop_id)
