"""Which parts of entries are contested, by whom, and how much of each stands.

A part is what somebody bears of an entry. Once that was undone it is what she bears of it again: of what was given
back, as a contest of the undoing ended.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, func, or_, select

from kernel.money import Money
from ledger.contesting.read_models import ledger_contests, ledger_lifted_parts
from ledger.entries.causes.expense import part_id
from ledger.entries.causes.lifting import Lifted
from ledger.entries.causes.trip import TripCharge
from ledger.entries.counting import charged_anew
from ledger.entries.entry import borne_again, borne_by, moved
from ledger.entries.posting import Posting
from ledger.entries.queries import EntryRow, entries_of
from ledger.entries.read_models import ledger_entries
from ledger.spending.read_models import ledger_expenses

contests, lifted = ledger_contests.c, ledger_lifted_parts.c
entries, expenses = ledger_entries.c, ledger_expenses.c


class PartContested(NamedTuple):
    """What an account bears of an entry, and contests since a place in the log.

    `cents` are hers, and across from her theirs it is owed to: they sum to zero.
    """

    account: UUID
    since: int
    entry: EntryRow
    cents: Counter[UUID]

    @property
    def asks(self) -> bool:
        """Whether the entry asks for it; else the account is owed less by it than before."""
        if isinstance(self.entry.because, TripCharge):
            return self.account == self.entry.because.driver_id
        return self.entry.kind != "reversal" or self.undoes_payment

    @property
    def undoes_payment(self) -> bool:
        """Whether it is that something which was paid is undone."""
        return self.entry.kind == "reversal" and self.entry.legal_nature == "settlement"


class _Contest(NamedTuple):
    """A contest of which something may stand apart, and the entries it was taken off already."""

    contest_id: UUID
    account: UUID
    since: int
    taken_off: frozenset[UUID]


def parts_contested(connection: Connection, coop_id: UUID) -> list[PartContested]:
    """Return the parts that stand and are contested, or dropped but not yet taken off: what is contested first, first.

    Of one contest, by the days of its entries.
    """
    contested = _contested(connection, coop_id)
    known = entries_of(connection, coop_id, contested)
    again = _given_back(connection, coop_id, known)
    found = [
        PartContested(contest.account, contest.since, stands, moved(borne))
        for entry in known
        for contest in contested[entry.entry_id]
        for stands, borne in _borne(contest.account, entry, again[entry.entry_id])
        if borne and stands.entry_id not in contest.taken_off
    ]
    return sorted(found, key=lambda part: part.since)


def lines_of(entry: EntryRow) -> tuple[Posting, ...]:
    """Return the lines of an entry."""
    return tuple(Posting(line.account, Money(line.cents, line.currency)) for line in entry.postings)


def entries_of_burden(burden_id: UUID, posted: int | None) -> Iterator[UUID]:
    """Give the entries a burden stands in: those of an expense's parts, of which so many are `posted`, or itself."""
    if posted is None:
        yield burden_id
    else:
        yield from (part_id(burden_id, part) for part in range(1, posted + 1))


def dropped_in(connection: Connection, coop_id: UUID, entry_id: UUID) -> dict[UUID, UUID]:
    """Return who bears an entry no more, as contests of it, or of its expense, ended: by account, the contest."""
    query = (
        select(contests.account, contests.contest_id)
        .join(ledger_entries, entries.coop_id == contests.coop_id)
        .where(contests.coop_id == coop_id, contests.dropped, entries.entry_id == entry_id)
        .where(or_(contests.burden_id == entries.entry_id, contests.burden_id == entries.expense_id))
    )
    return {row.account: row.contest_id for row in connection.execute(query)}


def _contested(connection: Connection, coop_id: UUID) -> dict[UUID, list[_Contest]]:
    """Return the entries of which something may stand apart, with the contests that say so."""
    rows = {row.contest_id: row for row in connection.execute(_standing(coop_id))}
    if not rows:
        return {}
    off = select(lifted.contest_id, lifted.entry_id).where(lifted.coop_id == coop_id, lifted.contest_id.in_(rows))
    taken_off = defaultdict[UUID, set[UUID]](set)
    for contest_id, entry_id in connection.execute(off):
        taken_off[contest_id].add(entry_id)
    found = defaultdict[UUID, list[_Contest]](list)
    for row in rows.values():
        contest = _Contest(row.contest_id, row.account, row.since, frozenset(taken_off[row.contest_id]))
        for entry_id in entries_of_burden(row.burden_id, row.posted):
            found[entry_id].append(contest)
    return found


def _borne(
    account: UUID, entry: EntryRow, given_back: Collection[EntryRow]
) -> Iterator[tuple[EntryRow, tuple[Posting, ...]]]:
    """Give what an account bears of an entry, with what it stands in."""
    if entry.reversed_by is None:
        yield entry, borne_by(account, lines_of(entry), entry.because)
    for back in given_back:
        yield back, borne_again(account, lines_of(back), lines_of(entry), entry.because)


def _given_back(connection: Connection, coop_id: UUID, known: Collection[EntryRow]) -> Mapping[UUID, list[EntryRow]]:
    """Return, by those entries that were undone, what was given back of each and not taken again."""
    found = defaultdict[UUID, list[EntryRow]](list)
    undone = {entry.entry_id: entry.reversed_by for entry in known if entry.reversed_by}
    if undone:
        since = select(entries.entry_id).where(entries.coop_id == coop_id, entries.reverses.in_(undone))
        rows = entries_of(
            connection, coop_id, connection.execute(since.where(entries.kind == "lifting")).scalars().all()
        )
        off = {(row.because.entry_id, row.because.account): row for row in rows if isinstance(row.because, Lifted)}
        for (entry_id, account), row in off.items():
            if row.reverses and entry_id == undone[row.reverses] and (row.entry_id, account) not in off:
                found[row.reverses].append(row)
    return found


def _standing(coop_id: UUID) -> Select[Any]:
    """Ask for the contests of which something stands apart: the open ones, and those not yet taken off everywhere."""
    its_own = and_(lifted.coop_id == contests.coop_id, lifted.contest_id == contests.contest_id)
    taken_off = select(func.count()).select_from(ledger_lifted_parts).where(its_own).scalar_subquery()
    still = or_(contests.state == "open", and_(contests.dropped, taken_off < func.coalesce(expenses.posted, 1)))
    its_expense = and_(expenses.coop_id == contests.coop_id, expenses.expense_id == contests.burden_id)
    its_entry = and_(entries.coop_id == contests.coop_id, entries.entry_id == contests.burden_id)
    return (
        select(contests.contest_id, contests.burden_id, contests.account, contests.since, expenses.posted)
        .outerjoin(ledger_expenses, its_expense)
        .outerjoin(ledger_entries, its_entry)
        .where(contests.coop_id == coop_id, still, ~charged_anew())
    )
