"""Whatever people do in whatever order: no two bookings overlap, the chain verifies, a rebuild changes nothing."""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from booking.hours.queries import search
from kernel.command import Asked
from kernel.database import open_database
from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.log.verify import verify
from kernel.period import Period
from kernel.privacy import Keyring
from kernel.refused import Refused
from processes import PROJECTIONS
from tests.booking.village import ANNA, BEN, CLIO, COOP, KANGOO, NOON, OLGA, RULES, Village, asked
from tests.kit.hours import held, overlaps, promised, together
from tests.kit.rows import dump
from tests.kit.scale import CALENDARS
from tests.kit.servers import MEMORY

MEMBERS = st.sampled_from([ANNA, BEN, OLGA])
VEHICLES = st.sampled_from([KANGOO, CLIO])
HALF_HOUR = timedelta(minutes=30)
SEVERAL = replace(RULES, max_active_bookings=5, buffer_minutes=30)


class AnyHistory(RuleBasedStateMachine):
    """Anna, Ben and Olga at the doors, each refused now and then."""

    empty: bytes

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        path = Path(self.folder.name) / "any.db"
        path.write_bytes(self.empty)
        self.engine = open_database(f"sqlite:///{path}")
        self.village = Village(History(self.engine, PROJECTIONS, Keyring(bytes(32))))
        self.now = NOON
        self.known: list[tuple[UUID, UUID]] = []

    @initialize(several=st.booleans())
    def settle(self, *, several: bool) -> None:
        self.village.settle(rules=SEVERAL if several else RULES)

    @rule(vehicle=VEHICLES, who=MEMBERS, start=st.integers(-1, 12), length=st.integers(1, 6))
    def book(self, vehicle: UUID, who: UUID, start: int, length: int) -> None:
        period = Period(self.now + start * HALF_HOUR, self.now + (start + length) * HALF_HOUR)
        with self.village.connect() as connection:
            found = search(connection, COOP, who, period, at=self.now, zone="Europe/Paris")
        [foretold] = [answer.refusal for answer in found if answer.vehicle_id == vehicle]
        if foretold:
            with pytest.raises(type(foretold)):
                self.village.book(period, vehicle=vehicle, by=who, at=self.now)
        else:
            self.known.append((self.village.book(period, vehicle=vehicle, by=who, at=self.now).stream_id, who))

    @rule(pick=st.integers(0, 30), who=st.none() | MEMBERS)
    def approve(self, pick: int, who: UUID | None) -> None:
        self.try_on(pick, who or OLGA, self.village.approve)

    @rule(pick=st.integers(0, 30))
    def refuse(self, pick: int) -> None:
        self.try_on(pick, OLGA, self.village.refuse)

    @rule(pick=st.integers(0, 30))
    def expire(self, pick: int) -> None:
        self.try_on(pick, None, self.village.expire)

    @rule(pick=st.integers(0, 30))
    def close_undriven(self, pick: int) -> None:
        self.try_on(pick, None, self.village.close_undriven)

    @rule(pick=st.integers(0, 30), who=st.none() | MEMBERS)
    def cancel(self, pick: int, who: UUID | None) -> None:
        self.try_on(pick, who, self.village.cancel)

    @rule(pick=st.integers(0, 30))
    def take(self, pick: int) -> None:
        self.try_on(pick, None, self.village.take)

    @rule(pick=st.integers(0, 30))
    def give_back(self, pick: int) -> None:
        self.try_on(pick, None, self.village.give_back)

    @rule(half_hours=st.integers(1, 8))
    def wait(self, half_hours: int) -> None:
        self.now += half_hours * HALF_HOUR

    @rule()
    def wait_a_week(self) -> None:
        self.now += timedelta(days=7)

    @rule()
    def rebuild_everything(self) -> None:
        live = dump(self.engine)
        rebuild(self.engine, PROJECTIONS)
        assert dump(self.engine) == live

    def try_on(self, pick: int, who: UUID | None, act: object) -> None:
        """Do something to one of the bookings, as its driver unless asked for otherwise; being refused is fine."""
        if not self.known:
            return
        booking_id, driver = self.known[pick % len(self.known)]
        asking = asked(who or driver, at=self.now)
        try:
            done = act(booking_id, asking)  # type: ignore[operator]
        except Refused:
            return
        assert act(booking_id, Asked(command_id=asking.command_id, by=asking.by, at=self.now)) == done  # type: ignore[operator]

    @invariant()
    def no_two_bookings_overlap(self) -> None:
        assert overlaps(self.engine) == []

    @invariant()
    def no_two_trips_overlap(self) -> None:
        assert together(self.engine) == []

    @invariant()
    def every_booking_held_keeps_its_hours_and_no_other(self) -> None:
        with self.village.connect() as connection:
            assert promised(connection) == held(connection)

    def teardown(self) -> None:
        live, faults = dump(self.engine), verify(self.engine).faults
        rebuild(self.engine, PROJECTIONS)
        rebuilt = dump(self.engine)
        self.engine.dispose()
        self.folder.cleanup()
        assert faults == ()
        assert rebuilt == live


def test_any_history_keeps_its_promises(empty_sqlite: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnyHistory, "empty", empty_sqlite, raising=False)
    run_state_machine_as_test(AnyHistory, settings=settings(max_examples=CALENDARS, stateful_step_count=40))
