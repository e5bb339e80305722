"""When a reading looks odd, those who may say that it is right are asked; when one was set right, who loses is told."""

from collections import Counter
from uuid import UUID

from booking.events import ReadingsCorrected, TripEnded
from governance.queries import current_members, roles_of
from governance.roles import Role, holders
from kernel.event import Recorded
from kernel.log.history import History
from ledger.contesting.queries import bearers
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import entries_of
from processes.write_letters import name_of, tell
from usecases.driving.accepting import acceptors


def ask_of_readings(recorded: Recorded[TripEnded | ReadingsCorrected], history: History) -> None:
    """Ask the owners of a vehicle whether readings that look odd are right, none of whom ever typed some.

    Where there are none, who may answer for them is asked.
    """
    event = recorded.event
    trip = event if isinstance(event, TripEnded) else event.trip
    if not trip.odd:
        return
    connection, coop_id = history.connection, recorded.coop_id
    members = current_members(connection, coop_id)
    owners, others = acceptors(connection, coop_id, [trip], recorded.recorded_at, among=members)[trip.booking_id]
    facts = {
        "about": str(trip.booking_id),
        "driver_id": str(trip.driver_id),
        "vehicle": name_of(recorded, history, trip.vehicle_id),
    }
    tell(recorded, history, "readings_doubted", owners or others, facts)


def tell_who_loses(recorded: Recorded[ReadingsCorrected], history: History) -> None:
    """Tell those to whom a trip costs more, or brings less, since its readings were set right by somebody else.

    Those who may contest it are told so by a letter of its own, with the time they have.
    """
    corrected, coop_id = recorded.event, recorded.coop_id
    lost = _lost(recorded, history)
    held = roles_of(history.connection, coop_id, recorded.recorded_at) if coop_id in lost else {}
    treasurers = holders(held, Role.TREASURER)
    may_contest = bearers(history.connection, coop_id, charge_id(recorded.stream_id, corrected.revision))
    members = lost.difference(may_contest, {coop_id})
    facts = {
        "about": str(corrected.trip.booking_id),
        "by_id": str(corrected.corrected_by),
        "vehicle": name_of(recorded, history, corrected.trip.vehicle_id),
    }
    tell(recorded, history, "readings_corrected", (members | treasurers) - {corrected.corrected_by}, facts)


def _lost(recorded: Recorded[ReadingsCorrected], history: History) -> frozenset[UUID]:
    """Return the accounts that are lower by the new charge than by the one it replaces; none where nothing was charged.

    While the new charge waits there is none, and those who receive the price lose it for so long.
    """
    revision = recorded.event.revision
    before, now = (charge_id(recorded.stream_id, number) for number in (revision - 1, revision))
    more = Counter[UUID]()
    for entry in entries_of(history.connection, recorded.coop_id, [before, now]):
        sign = -1 if entry.entry_id == before else 1
        for line in entry.postings:
            more[line.account] += sign * line.cents
    return frozenset(account for account, cents in more.items() if cents < 0) if revision > 1 else frozenset()
