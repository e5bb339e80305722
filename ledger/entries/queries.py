"""What money pages ask of entries and balances. Whole cents: positive is owed to the account, negative is owed by it.

Rows carry `because`, the entry's whole explanation; words in it stay sealed until the edge opens them.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, RowMapping, Select, and_, func, select, union, union_all

from ledger.days import month_after, month_of
from ledger.entries.causes import Explanation
from ledger.entries.draft import EntryKind, LegalNature
from ledger.entries.read_models import ledger_balances, ledger_entries, ledger_months, ledger_postings

_because: msgspec.json.Decoder[Explanation] = msgspec.json.Decoder(Explanation)

entries, postings = ledger_entries.c, ledger_postings.c
_OF_LINE = ("line", "cents", "currency", "effective_on")
_BACKWARDS = (-postings.line).label("backwards")  # falling, it keeps the lines of an entry in their order
BY_LINE = (postings.effective_on, entries.position, _BACKWARDS)
BY_DAY = (entries.effective_on, entries.position)
_AT_ONCE = 500  # ids in one statement

BookedKind = Literal[EntryKind, "lifting", "reversal"]
"""What stands in the books: what a cause made, the opposite of what one account bore of it, or of all of it."""


class LineRow(msgspec.Struct, frozen=True):
    """One line of an account's statement, with the entry it belongs to."""

    entry_id: UUID
    line: int
    kind: BookedKind
    legal_nature: LegalNature
    effective_on: date
    recorded_at: datetime
    cents: int
    currency: str
    vehicle_id: UUID | None
    because: Explanation
    reverses: UUID | None
    reversed_by: UUID | None


class PostingRow(msgspec.Struct, frozen=True):
    """One line of an entry."""

    account: UUID
    cents: int
    currency: str


class EntryRow(msgspec.Struct, frozen=True):
    """An entry with all its lines; `can_be_reversed` unless it was, or itself undoes another."""

    entry_id: UUID
    kind: BookedKind
    legal_nature: LegalNature
    effective_on: date
    recorded_at: datetime
    posted_by: UUID | None
    vehicle_id: UUID | None
    because: Explanation
    reverses: UUID | None
    reversed_by: UUID | None
    postings: tuple[PostingRow, ...]

    @property
    def moved_cents(self) -> int:
        """What it moved from those who give to those who receive."""
        return sum(line.cents for line in self.postings if line.cents > 0)

    @property
    def can_be_reversed(self) -> bool:
        """Whether the entry can still be undone."""
        return self.reverses is None and self.reversed_by is None


class MonthRow(msgspec.Struct, frozen=True):
    """A month of the books: how many entries count in it, and whether it is closed."""

    month: date
    entries: int
    closed: bool


def balance(connection: Connection, coop_id: UUID, account: UUID, on: date | None = None) -> int:
    """Return one account's cents now, or at the end of the day `on`."""
    return balances(connection, coop_id, on, accounts=(account,)).get(account, 0)


def balances(
    connection: Connection,
    coop_id: UUID,
    on: date | None = None,
    *,
    known_at: datetime | None = None,
    accounts: Collection[UUID] | None = None,
) -> dict[UUID, int]:
    """Return each account's cents now, or at the end of the day `on`, by what was recorded up to `known_at`."""
    if on is None and known_at is None:
        table: Any = ledger_balances
        query = select(table.c.account, table.c.cents).where(table.c.coop_id == coop_id)
    else:
        table = ledger_postings
        query = select(table.c.account, func.sum(table.c.cents)).where(table.c.coop_id == coop_id)
        query = query.group_by(table.c.account)
    if on is not None:
        query = query.where(postings.effective_on <= on)
    if known_at is not None:
        query = query.where(postings.recorded_at <= known_at)
    if accounts is not None:
        query = query.where(table.c.account.in_(accounts))
    return {account: int(cents) for account, cents in connection.execute(query)}


def largest_balances(connection: Connection, coop_id: UUID, most: int) -> dict[UUID, int]:
    """Return up to `most` accounts that are not even, with their cents: those furthest from zero, first."""
    known = ledger_balances.c
    query = select(known.account, known.cents).where(known.coop_id == coop_id, known.cents != 0)
    furthest = query.order_by(func.abs(known.cents).desc(), known.account).limit(most)
    return {account: int(cents) for account, cents in connection.execute(furthest)}


def books_total(connection: Connection, coop_id: UUID) -> int:
    """Return the sum of a co-op's balances: zero, always; `not_adding_up` reads every line for that."""
    query = select(func.coalesce(func.sum(ledger_balances.c.cents), 0)).where(ledger_balances.c.coop_id == coop_id)
    return int(connection.execute(query).scalar_one())


def not_adding_up(connection: Connection) -> frozenset[UUID]:
    """Return those of all co-ops whose lines do not sum to zero, or not to their balances."""
    lines = select(postings.coop_id, postings.account, postings.cents)
    kept = select(ledger_balances.c.coop_id, ledger_balances.c.account, (-ledger_balances.c.cents).label("cents"))
    both = union_all(lines, kept).subquery()
    by_account = select(both.c.coop_id).group_by(both.c.coop_id, both.c.account).having(func.sum(both.c.cents) != 0)
    in_all = select(postings.coop_id).group_by(postings.coop_id).having(func.sum(postings.cents) != 0)
    return frozenset(connection.execute(union(by_account, in_all)).scalars())


def last_posted(connection: Connection, coop_id: UUID) -> int:
    """Return where a co-op's newest entry stands in the log, 0 when there is none: until a later one nothing moves."""
    query = select(func.max(ledger_entries.c.position)).where(ledger_entries.c.coop_id == coop_id)
    return int(connection.execute(query).scalar() or 0)


def month_ends(connection: Connection, coop_id: UUID, account: UUID) -> dict[date, int]:
    """Return an account's cents at the end of each month that moved it, by the month's first day, oldest first."""
    query = (
        select(postings.effective_on, func.sum(postings.cents))
        .where(postings.coop_id == coop_id, postings.account == account)
        .group_by(postings.effective_on)
        .order_by(postings.effective_on)
    )
    balance, ends = 0, {}
    for day, cents in connection.execute(query):
        balance += int(cents)
        ends[month_of(day)] = balance
    return ends


def statement(
    connection: Connection,
    coop_id: UUID,
    account: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
) -> list[LineRow]:
    """Return an account's lines, newest first, from the day `since` to the day `until`, both included."""
    query = between(line_query(coop_id, account), postings.effective_on, since, until)
    falling = query.order_by(*(column.desc() for column in BY_LINE))
    return [line_row(row) for row in connection.execute(falling).mappings()]


def entry(connection: Connection, coop_id: UUID, entry_id: UUID) -> EntryRow | None:
    """Return an entry with its lines and its whole explanation, or `None`."""
    return next(iter(entries_of(connection, coop_id, (entry_id,))), None)


def entries_of(connection: Connection, coop_id: UUID, entry_ids: Collection[UUID]) -> list[EntryRow]:
    """Return the entries of some ids, in the order of their days; those the co-op does not have are left out."""
    return with_lines(connection, coop_id, _rows(connection, entry_query(coop_id, entry_ids))) if entry_ids else []


def moved_by(connection: Connection, coop_id: UUID, account: UUID, entry_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the cents each of these entries moved on one account; those never posted are left out."""
    its_own = and_(
        postings.coop_id == entries.coop_id, postings.entry_id == entries.entry_id, postings.account == account
    )
    query = (
        select(entries.entry_id, func.coalesce(func.sum(postings.cents), 0))
        .select_from(ledger_entries.outerjoin(ledger_postings, its_own))
        .where(entries.coop_id == coop_id, entries.entry_id.in_(entry_ids))
        .group_by(entries.entry_id)
    )
    return {entry_id: int(cents) for entry_id, cents in connection.execute(query)}


def journal(
    connection: Connection, coop_id: UUID, *, since: date | None = None, until: date | None = None
) -> list[EntryRow]:
    """Return all entries with their lines, in the order of their days, from `since` to `until`, both included."""
    query = between(entry_query(coop_id), entries.effective_on, since, until)
    return with_lines(connection, coop_id, _rows(connection, query))


def months(connection: Connection, coop_id: UUID) -> list[MonthRow]:
    """Return the months of a co-op's books, newest first. A closed month closes all before it."""
    month = ledger_months.c
    query = select(month.month, month.entries, month.closed).where(month.coop_id == coop_id)
    rows = [MonthRow(*row) for row in connection.execute(query.order_by(month.month.desc()))]
    last_closed = next((row.month for row in rows if row.closed), None)
    return [msgspec.structs.replace(row, closed=last_closed is not None and row.month <= last_closed) for row in rows]


def entries_in_month(connection: Connection, coop_id: UUID, month: date) -> int:
    """Return how many entries count in the month whose first day is `month`."""
    day = entries.effective_on
    query = select(func.count()).where(entries.coop_id == coop_id, day >= month_of(month), day < month_after(month))
    return connection.execute(query.select_from(ledger_entries)).scalar_one()


def between(query: Select[Any], day: Column[Any], since: date | None, until: date | None) -> Select[Any]:
    """Return a question about the days from `since` to `until` alone, both included."""
    if since is not None:
        query = query.where(day >= since)
    return query if until is None else query.where(day <= until)


def line_query(coop_id: UUID, account: UUID) -> Select[Any]:
    """Return the question for an account's lines."""
    columns = [getattr(postings if name in _OF_LINE else entries, name) for name in LineRow.__struct_fields__]
    return (
        select(*columns, entries.position, _BACKWARDS)
        .select_from(ledger_postings)
        .join(ledger_entries, and_(postings.coop_id == entries.coop_id, postings.entry_id == entries.entry_id))
        .where(postings.coop_id == coop_id, postings.account == account)
    )


def line_row(row: RowMapping) -> LineRow:
    """Return a line, its explanation read."""
    shown = {name: row[name] for name in LineRow.__struct_fields__}
    return LineRow(**shown | {"because": _because.decode(row["because"])})


def entry_query(coop_id: UUID, entry_ids: Collection[UUID] | None = None) -> Select[Any]:
    """Return the question for the co-op's entries, or for some of them."""
    query = select(ledger_entries).where(entries.coop_id == coop_id)
    return query if entry_ids is None else query.where(entries.entry_id.in_(entry_ids))


def _rows(connection: Connection, query: Select[Any]) -> Sequence[RowMapping]:
    return connection.execute(query.order_by(*BY_DAY)).mappings().all()


def with_lines(connection: Connection, coop_id: UUID, rows: Sequence[RowMapping]) -> list[EntryRow]:
    """Return entries with their lines, which are asked for at once."""
    lines: dict[UUID, list[PostingRow]] = {}
    columns = (postings.entry_id, postings.account, postings.cents, postings.currency)
    query = select(*columns).where(postings.coop_id == coop_id).order_by(postings.entry_id, postings.line)
    for begin in range(0, len(rows), _AT_ONCE):
        some = [row["entry_id"] for row in rows[begin : begin + _AT_ONCE]]
        for line in connection.execute(query.where(postings.entry_id.in_(some))):
            lines.setdefault(line.entry_id, []).append(PostingRow(line.account, line.cents, line.currency))
    return [_entry(row, tuple(lines[row["entry_id"]])) for row in rows]


def _entry(row: RowMapping, lines: tuple[PostingRow, ...]) -> EntryRow:
    shown = {name: row[name] for name in EntryRow.__struct_fields__ if name != "postings"}
    return EntryRow(**shown | {"because": _because.decode(row["because"]), "postings": lines})
