"""Lines of an account: as they are called on a statement, and as programs are told of them, mine or anyone's."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.entry import BooksAsked, open_explanations
from api.places.members.member import MEMBER
from api.places.tables import OfMonth, first_day, last_day
from api.speech.causes import teller
from api.web.routes import question
from api.web.visit import Visit
from kernel.money import Money
from kernel.slice import Slice, Wanted
from ledger.entries import queries
from ledger.entries.causes import Explanation
from ledger.entries.draft import LegalNature
from ledger.entries.listing.queries import By, Narrowed, lines_by
from ledger.entries.queries import BookedKind
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.accounts import has_account, reads_account
from usecases.neighbours import Neighbours


class LinesAsked(BooksAsked, frozen=True, kw_only=True):
    """Which lines are asked for, and in which order."""

    sort: Annotated[By, msgspec.Meta(description="with a minus, falling")] = "-day"


class TableOfLines(Wanted, frozen=True, kw_only=True):
    """What a table of lines is narrowed to, and in which order it stands."""

    month: OfMonth = None
    vehicle_id: UUID | None = None
    sort: By = "-day"

    @property
    def narrowed(self) -> Narrowed:
        """Which lines are meant."""
        if self.month is None:
            return Narrowed(vehicle_id=self.vehicle_id)
        first = first_day(self.month)
        return Narrowed(since=first, until=last_day(first), vehicle_id=self.vehicle_id)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an account, for who may read it; `because` is its whole explanation, `words` what was noted with it."""

    entry_id: UUID
    kind: BookedKind
    legal_nature: LegalNature
    effective_on: date
    recorded_at: datetime
    cents: int
    currency: str
    vehicle_id: UUID | None
    because: Explanation
    words: str | None
    reverses: UUID | None
    reversed_by: UUID | None


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it is called on a statement, and the vehicle it is about."""

    entry_id: UUID
    day: date
    text: str
    vehicle_name: str | None
    amount: Money
    undone: bool


@question(f"{COOP}/lines", who=has_account)
def lines(actor: Actor, query: LinesAsked) -> Slice[Line]:
    """My lines, newest first, each with its whole explanation."""
    return _lines_of(actor, actor.account, query)


@question(f"{MEMBER}/lines", who=reads_account)
def lines_of_member(actor: Actor, member_id: UUID, query: LinesAsked) -> Slice[Line]:
    """The lines of a member's account, newest first, each with its whole explanation."""
    return _lines_of(actor, member_id, query)


@question(f"{COOP}/purse/lines", who="member")
def lines_of_purse(actor: Actor, query: LinesAsked) -> Slice[Line]:
    """The lines of the common purse, newest first, each with its whole explanation."""
    return _lines_of(actor, actor.coop_id, query)


def statement_lines(visit: Visit, found: Sequence[queries.LineRow], *, own: bool = True) -> list[StatementLine]:
    """Return lines as they are called on their holder's own statement, or as others call them."""
    tellings = teller(visit.actor, visit.words).tell_all(found)
    neighbours = Neighbours(visit.actor).meet(vehicles=(line.vehicle_id for line in found))
    return [
        StatementLine(
            entry_id=line.entry_id,
            day=line.effective_on,
            text=telling.line(line.cents) if own else telling.title(),
            vehicle_name=neighbours.vehicle(line.vehicle_id),
            amount=Money(line.cents, line.currency),
            undone=line.reversed_by is not None,
        )
        for line, telling in zip(found, tellings, strict=True)
    ]


def _lines_of(actor: Actor, account: UUID, query: LinesAsked) -> Slice[Line]:
    found = lines_by(
        actor.connection, actor.coop_id, account, query.narrowed, by=query.sort, after=query.after, most=query.limit
    )
    opened = open_explanations(actor, found.items)
    return found.mapped(lambda row: _line(row, *opened[row.entry_id]))


def _line(row: queries.LineRow, because: Explanation, words: str | None) -> Line:
    return copied(row, Line, because=because, words=words)
