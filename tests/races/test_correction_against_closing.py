"""A trip of May is set right by one process while another closes May: it is charged once, in a month that was open."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import NamedTuple
from uuid import UUID, uuid4

from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from kernel.database import open_database
from kernel.log.history import History
from kernel.log.story import latest
from kernel.log.verify import verify
from kernel.privacy import Keyring
from kernel.refused import Refused
from ledger.application import Ledger
from ledger.entries.commands import ChargeTrip, ChargeTripAnew, ClosePeriod
from ledger.entries.events import EntryReversed, MonthClosed
from ledger.entries.queries import balances, books_total, journal
from processes import PROJECTIONS
from tests.kit.databases import on_postgresql
from tests.kit.processes import PATIENCE_SECONDS, forking
from tests.kit.scale import CORRECTIONS_RACED
from tests.ledger.given import ANNA, CLIO_TARIFF, DAVID, DIE, NOON, TODAY, asked, trip

JUNE = NOON + timedelta(days=35)
FIRST_OF_JUNE = date(2026, 6, 1)


class Round(NamedTuple):
    """A co-op of its own, and a trip of May charged by a digit too many."""

    coop_id: UUID
    wrong: ChargeTrip


def begin_round(history: History) -> Round:
    ledger, coop_id, vehicle_id = Ledger(history, DIE, "EUR"), uuid4(), uuid4()
    ledger.open_tariff(replace(CLIO_TARIFF, coop_id=coop_id, vehicle_id=vehicle_id), asked(None))
    wrong = replace(trip(vehicle_id, 111_115), coop_id=coop_id)
    ledger.charge_trip(wrong, asked(None))
    return Round(coop_id, wrong)


def set_right(ledger: Ledger, turn: Round) -> object:
    right = replace(turn.wrong, odometer_in_km=84_015)  # 15 km at 0.30
    command = ChargeTripAnew(**asdict(right), revision=2, since=1, corrected_by=DAVID, due=True)
    return ledger.charge_trip_anew(command, asked(DAVID, at=JUNE))


def close(ledger: Ledger, turn: Round) -> object:
    return ledger.close_period(ClosePeriod(coop_id=turn.coop_id, month=TODAY), asked(at=JUNE))


def race(url: str, act: Callable[[Ledger, Round], object], rounds: Sequence[Round], begin: Barrier) -> list[str]:
    """Act in each round at the instant the other process does; return what was refused."""
    engine = open_database(url)
    ledger, refused = Ledger(History(engine, PROJECTIONS, Keyring(bytes(32))), DIE, "EUR"), []
    for turn in rounds:
        begin.wait(PATIENCE_SECONDS)
        try:
            act(ledger, turn)
        except Refused as refusal:
            refused.append(refusal.code())
    engine.dispose()
    return refused


def is_closed_first(connection: Connection, coop_id: UUID) -> bool:
    """Tell whether the month was closed before the charge was undone."""
    closed, undone = (latest(connection, coop_id, [event.name()], 2) for event in (MonthClosed, EntryReversed))
    return closed[0].position < undone[0].position


@on_postgresql
def test_it_is_charged_once_and_in_the_open_month_where_the_other_was_closed_first(
    history: History, database_url: str
) -> None:
    rounds = [begin_round(history) for _ in range(CORRECTIONS_RACED)]
    with forking().Manager() as manager, forking().Pool(2) as pool:
        side, begin = partial(race, database_url), manager.Barrier(2)
        refused = pool.starmap(side, [(set_right, rounds, begin), (close, rounds, begin)], chunksize=1)
    assert refused == [[], []]
    with history.engine.connect() as connection:
        for turn in rounds:
            on = FIRST_OF_JUNE if is_closed_first(connection, turn.coop_id) else TODAY
            entries = journal(connection, turn.coop_id)
            assert [(row.kind, row.effective_on) for row in entries] == [
                ("trip", TODAY),
                ("reversal", on),
                ("trip", on),
            ]
            assert balances(connection, turn.coop_id) == {DAVID: -450, ANNA: 450}
            assert books_total(connection, turn.coop_id) == 0
    assert verify(history.engine).faults == ()
