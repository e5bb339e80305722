"""What is true of any installation whatever people do, in the words of the tables that must show it."""

import json
from collections import Counter
from datetime import datetime
from typing import Never
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, func, select

from booking.hours.queries import owing
from booking.read_models import bookings
from booking.rules import Rules
from booking.terms.read_models import calendars, drivers, house_rules
from booking.trip import trip_id
from fleet.queries import vehicles_in_service
from fleet.read_models import owners
from governance.queries import coop_row, current_members
from governance.read_models import coops
from governance.rules.queries import rules_in_force
from kernel.log.follower import Follower, followers, parked
from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.log.recorder import events
from kernel.log.verify import verify
from ledger.entries.causes import Explanation
from ledger.entries.causes.trip import charge_id
from ledger.entries.queries import balances
from ledger.entries.read_models import ledger_balances, ledger_entries, ledger_postings
from ledger.pricing.queries import tariffs
from ledger.settlement.apart import contested_by
from processes import PROJECTIONS
from sending.outbox import outbox
from tests.coop import kilometres
from tests.kit.hours import overlaps, together
from tests.kit.rows import dump
from usecases.actor import Actor


def after_each_act(engine: Engine) -> None:
    """Books sum to zero in each currency, neither promises nor trips overlap, and nothing that had to follow failed."""
    with engine.connect() as connection:
        for table in (ledger_postings, ledger_balances):
            totals = select(table.c.coop_id, table.c.currency, func.sum(table.c.cents))
            for coop_id, currency, cents in connection.execute(totals.group_by(table.c.coop_id, table.c.currency)):
                assert cents == 0, f"the books of {coop_id} are {cents} {currency} cents off"
        assert connection.execute(select(parked)).all() == []
    assert overlaps(engine) == []
    assert together(engine) == []


def now_and_then(history: History, follower: Follower, now: datetime) -> None:
    """A rebuild changes nothing, nor does following again; chains verify; all that must follow has, once."""
    engine = history.engine
    live = dump(engine)
    rebuild(engine, PROJECTIONS)
    rebuilt = dump(engine)
    for table, rows in live.items():
        assert rebuilt[table] == rows, table
    assert verify(engine).faults == ()
    _following_again_changes_nothing(engine, follower)
    with engine.connect() as connection:
        _no_event_holds_a_float(connection)
        _each_trip_is_charged_or_waits(connection)
        for coop_id in connection.execute(select(coops.c.coop_id)).scalars().all():
            coop = coop_row(connection, coop_id)
            kilometres.each_is_told_of(Actor(history=history, connection=connection, now=now, coop=coop), connection)
            _members_drive_and_nobody_else(connection, coop_id)
            _who_is_warned_owes_too_much(connection, coop_id, now)
            _vehicles_obey_the_rules_in_force(connection, coop_id, now)


def _following_again_changes_nothing(engine: Engine, follower: Follower) -> None:
    before = _moved(engine)
    assert follower.step() == 0
    assert _moved(engine) == before


def _moved(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        counted = [connection.execute(select(func.count()).select_from(table)).scalar() for table in (events, outbox)]
        return [*counted, *connection.execute(select(followers)).all()]


def _no_event_holds_a_float(connection: Connection) -> None:
    for row in connection.execute(select(events.c.position, events.c.name, events.c.state)):

        def is_float(text: str, name: str = row.name) -> Never:
            raise AssertionError(f"{name} holds the float {text}")

        json.loads(row.state, parse_float=is_float, parse_constant=is_float)


def _each_trip_is_charged_or_waits(connection: Connection) -> None:
    """Each is charged by its readings as they are now, once, or waits for a yes to them.

    But where nothing moves: nothing was driven, or who drives is the only owner. What it was charged before is undone.
    """
    ended = connection.execute(select(bookings).where(bookings.c.ended_at.is_not(None))).all()
    owning = {(row.vehicle_id, row.member_id) for row in connection.execute(select(owners))}
    several = Counter(vehicle_id for vehicle_id, _ in owning)
    charges = connection.execute(select(ledger_entries).where(ledger_entries.c.kind == "trip")).all()
    stands = {row.entry_id: row.reversed_by is None for row in charges}
    km = {row.entry_id: msgspec.json.decode(row.because, type=Explanation).km for row in charges}
    all_known = set[UUID]()
    for row in ended:
        *former, now = (charge_id(trip_id(row.booking_id), revision) for revision in range(row.revision + 1))
        all_known |= {*former, now}
        alone = several[row.vehicle_id] == 1 and (row.vehicle_id, row.driver_id) in owning
        if row.odometer_in_km > row.odometer_out_km and not alone and not row.odd:
            assert km[now] == row.odometer_in_km - row.odometer_out_km
        assert not any(stands.get(charge) for charge in former)
        assert not (row.odd and stands.get(now))
    assert stands.keys() <= all_known


def _members_drive_and_nobody_else(connection: Connection, coop_id: UUID) -> None:
    admitted = select(drivers.c.driver_id).where(drivers.c.coop_id == coop_id, drivers.c.admitted)
    assert set(connection.execute(admitted).scalars()) == set(current_members(connection, coop_id))


def _who_is_warned_owes_too_much(connection: Connection, coop_id: UUID, now: datetime) -> None:
    """Nobody is kept from booking whose balance is not under the limit, nor where it was voted that nobody is.

    What she contests does not count against her.
    """
    in_force, held = rules_in_force(connection, coop_id, now), Counter(balances(connection, coop_id))
    warned = owing(connection, coop_id)
    held.update(contested_by(connection, coop_id))
    assert not warned or in_force["suspend_after_days"].number
    assert all(held[driver_id] < in_force["balance_limit"].number * 100 for driver_id in warned)


def _vehicles_obey_the_rules_in_force(connection: Connection, coop_id: UUID, now: datetime) -> None:
    in_service = {card.vehicle_id for card in vehicles_in_service(connection, coop_id, on=now.date())}
    opened = select(calendars.c.vehicle_id).where(calendars.c.coop_id == coop_id, calendars.c.open)
    assert set(connection.execute(opened).scalars()) == in_service
    priced = tariffs(connection, coop_id, now)
    for vehicle_id in in_service:
        in_force = rules_in_force(connection, coop_id, now, vehicle_id)
        rate = priced[vehicle_id].rate
        assert (rate.per_km, rate.per_hour) == (in_force["price_per_km"].number, in_force["price_per_hour"].number)
        its_rules = (house_rules.c.coop_id == coop_id) & (house_rules.c.vehicle_id == vehicle_id)
        obeyed = connection.execute(select(house_rules.c.rules).where(its_rules)).scalar_one()
        voted = {name: int(in_force[name].number) for name in Rules.__struct_fields__}
        assert msgspec.structs.asdict(msgspec.convert(obeyed, Rules)) == voted
