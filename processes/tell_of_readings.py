"""When a reading looks odd, those who may say that it is right are asked; when one was set right, who loses is told."""

from collections import Counter
from uuid import UUID

from booking.events import ReadingsCorrected, TripEnded
from governance.queries import current_members, roles_of
from kernel.event import Recorded
from kernel.log.history import History
from ledger.contesting.queries import bearers
from ledger.entries.causes.trip import charge_id
from processes.write_letters import name_of, tell
from usecases.driving.accepting import acceptors
from usecases.driving.losing import moved_by, purse_speakers


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

    Those who may contest it are told so by a letter of its own, with the time they have. For the common purse, whoever
    speaks for the co-op is told, who may set it right again.
    """
    corrected, coop_id, connection = recorded.event, recorded.coop_id, history.connection
    moved = _moved(recorded, history)
    lost = {account for account, cents in moved.items() if cents < 0}
    may_contest = bearers(connection, coop_id, charge_id(recorded.stream_id, corrected.revision))
    for_coop = frozenset[UUID]()
    if coop_id in lost:
        all_members = current_members(connection, coop_id)
        roles = roles_of(connection, coop_id, recorded.recorded_at)
        for_coop = purse_speakers(roles, all_members, moved, corrected.corrected_by)
    facts = {
        "about": str(corrected.trip.booking_id),
        "by_id": str(corrected.corrected_by),
        "vehicle": name_of(recorded, history, corrected.trip.vehicle_id),
    }
    members = lost.difference(may_contest, {coop_id, corrected.corrected_by})
    tell(recorded, history, "readings_corrected", members, facts)
    others = for_coop - members - {corrected.corrected_by}
    tell(recorded, history, "readings_corrected", others, facts | {"purse": "yes"})


def _moved(recorded: Recorded[ReadingsCorrected], history: History) -> Counter[UUID]:
    """Return by how many cents each account is higher by the new charge; nothing where nothing was charged before.

    While the new charge waits there is none, and those who receive the price lose it for so long.
    """
    revision = recorded.event.revision
    if revision == 1:
        return Counter()
    return moved_by(history.connection, recorded.coop_id, recorded.stream_id, revision - 1, revision)
