"""Who sets right for the co-op a trip by which the common purse has less, since its readings were set right.

The purse contests nothing: whoever speaks for it is told, finds it at home for as long as a member may contest what is
hers, and sets the readings right again. It is never who set them right herself, nor who gains by it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from booking.queries import BookingRow, lately_set_right
from booking.trip import trip_id
from governance.queries import current_members, roles_of
from governance.roles import Role
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import EntryRow, entries_of
from usecases.actor import Actor
from usecases.money.contesting import each_to_contest_until
from usecases.money.undoing import speakers

MOST_LOOKED_AT = 10  # of the trips set right lately


def sets_right_for_coop(actor: Actor, booking: BookingRow) -> bool:
    """Tell whether the reader speaks for the co-op, whose purse had more by an earlier charge than it has now."""
    return bool(booking.corrected_by and _of_purse(actor, [booking]))


def purse_lost_lately(actor: Actor) -> list[BookingRow]:
    """Return the trips set right by which the purse has less, while they are to be set right by the reader."""
    rows = lately_set_right(actor.connection, actor.keyring, actor.coop_id, MOST_LOOKED_AT)
    found = _of_purse(actor, rows)
    if not found:
        return []
    ends = each_to_contest_until(actor.connection, actor.coop_id, [since for _, since in found])
    return [row for (row, _), until in zip(found, ends, strict=True) if actor.now < until]


def purse_speakers(
    roles: Mapping[UUID, Collection[Role]], members: Collection[UUID], moved: Counter[UUID], corrected_by: UUID
) -> frozenset[UUID]:
    """Return who of all the `members` speaks for the purse: not who set right what `moved` money, nor who gains."""
    gaining = {corrected_by, *(account for account, cents in moved.items() if cents > 0)}
    return speakers(roles, gaining, members)


def moved_by(connection: Connection, coop_id: UUID, trip: UUID, earlier: int, now: int) -> Counter[UUID]:
    """Return by how many cents each account is higher by one charge of a trip than by an earlier one."""
    found = entries_of(connection, coop_id, [charge_id(trip, earlier), charge_id(trip, now)])
    return _moved({entry.entry_id: entry for entry in found}, trip, earlier, now)


def _of_purse(actor: Actor, rows: list[BookingRow]) -> list[tuple[BookingRow, datetime]]:
    """Return those of some trips by which the purse has less, and since when, where the reader speaks for it."""
    asked = [entry_id for row in rows for entry_id in _entries_of_charges(row)]
    charges = {entry.entry_id: entry for entry in entries_of(actor.connection, actor.coop_id, asked)}
    lost = [(row, row.corrected_by, most) for row in rows if (most := _most_lost(actor.coop_id, charges, row))]
    if not lost:
        return []
    roles = roles_of(actor.connection, actor.coop_id, actor.now)
    members = current_members(actor.connection, actor.coop_id)
    return [
        (row, max(charges[known].recorded_at for known in _entries_of_charges(row) if known in charges))
        for row, by, most in lost
        if by and actor.me in purse_speakers(roles, members, most, by)
    ]


def _most_lost(coop_id: UUID, charges: Mapping[UUID, EntryRow], row: BookingRow) -> Counter[UUID] | None:
    """Return what a trip moved since the charge by which the purse had most, where it has less now."""
    trip, now = trip_id(row.booking_id), _now(row)
    moved = [_moved(charges, trip, earlier, now) for earlier in range(row.first_revision, now)]
    most = min(moved, key=lambda more: more[coop_id], default=Counter[UUID]())
    return most if most[coop_id] < 0 else None


def _now(row: BookingRow) -> int:
    """Return which charge of a trip counts now: while its readings wait for a yes there is none."""
    return row.revision + row.odd


def _entries_of_charges(row: BookingRow) -> Iterator[UUID]:
    """Give the entries of all the charges of a trip, and of their being undone."""
    for number in range(row.first_revision, _now(row) + 1):
        charge = charge_id(trip_id(row.booking_id), number)
        yield from (charge, reversal_id(charge))


def _moved(charges: Mapping[UUID, EntryRow], trip: UUID, earlier: int, now: int) -> Counter[UUID]:
    more = Counter[UUID]()
    for number, sign in ((earlier, -1), (now, 1)):
        charge = charges.get(charge_id(trip, number))
        for line in charge.postings if charge else ():
            more[line.account] += sign * line.cents
    return more
