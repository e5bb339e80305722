"""Two co-ops on one database, a clock, and what must be true of them after each act: what every kind of act shares."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from booking.read_models import bookings
from fleet.catalogue import PaperKind
from fleet.papers.queries import vehicles_lacking_papers
from governance.queries import coop_row, current_members, members_of
from governance.read_models import members, proposals
from kernel.command import Asked, Done
from kernel.database import open_database, writing
from kernel.log.follower import Follower
from kernel.log.history import History
from kernel.log.turn import register_turn
from kernel.privacy import Keyring
from kernel.refused import Refused
from ledger.contesting.read_models import ledger_contests
from ledger.entries.read_models import ledger_entries
from ledger.settlement.read_models import ledger_plans
from ledger.spending.read_models import ledger_expenses
from people.person import Person, add_person
from processes import PROCESSES, PROJECTIONS
from processes.keep_time import is_due, tick
from tests.coop.promises import after_each_act, now_and_then
from tests.kit.scale import BETWEEN_REBUILDS
from tests.kit.servers import MEMORY

NOON = datetime(2026, 10, 20, 10, tzinfo=UTC)  # noon in Die, five days before the clocks go back
PARIS = ZoneInfo("Europe/Paris")
HERE, THERE = UUID(int=0xD1E), UUID(int=0xC4E57)

picks = st.integers(0, 60)  # an index into whatever there is
coops = st.sampled_from([HERE, HERE, HERE, THERE])

KINDS = {
    "expense": select(ledger_expenses.c.expense_id),
    "entry": select(ledger_entries.c.entry_id),
    "contest": select(ledger_contests.c.contest_id),
    "plan": select(ledger_plans.c.plan_id),
    "odd": select(bookings.c.booking_id).where(bookings.c.odd, bookings.c.status == "over"),
    "vote": select(proposals.c.proposal_id).where(proposals.c.state == "open"),
    "former member": select(members.c.member_id).where(members.c.left_at.is_not(None)),
}

T = TypeVar("T")
Door = Callable[..., Done]


class Life(RuleBasedStateMachine):
    """An installation that a test brings from act to act; `start` fills an empty database once for all lives."""

    empty: ClassVar[bytes] = b""  # of an SQLite database, its tables made
    acts: ClassVar[int] = 0  # by all lives together
    refused: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.now, self.ids, self.steps, self.lags = NOON, 0, 0, False
        self.there: set[str] = set()  # what kinds of things there are to act upon
        self.history = History(open_database(self.database()), PROJECTIONS, Keyring(bytes(32)))
        register_turn(self.history.engine, "clock")
        self.follower = Follower("processes", self.history, PROCESSES, lambda: self.now)

    def database(self) -> str:
        """Return the address of an empty database."""
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        path = Path(self.folder.name) / "life.db"
        path.write_bytes(self.empty)
        return f"sqlite:///{path}"

    def drop(self) -> None:
        """Leave the database as it was found."""
        self.folder.cleanup()

    @initialize(lags=st.booleans())
    def begin(self, *, lags: bool) -> None:
        """Found both co-ops; in half of the lives what follows from an act comes late, in the others at once."""
        self.found()
        self.lags = lags

    def found(self) -> None:
        """Bring the first members and vehicles in: the kinds of acts know how."""
        raise NotImplementedError  # abstract: `Belonging` founds, and every life is made of it

    @rule(hours=st.integers(1, 12))
    def wait_hours(self, hours: int) -> None:
        self.pass_time(timedelta(hours=hours))

    @rule(days=st.integers(1, 20))
    def wait_days(self, days: int) -> None:
        self.pass_time(timedelta(days=days))

    @precondition(lambda self: self.lags)
    @rule()
    def follow(self) -> None:
        self.follower.catch_up()

    @invariant()
    def promises_are_kept(self) -> None:
        self.steps += 1
        after_each_act(self.history.engine)
        with self.history.engine.connect() as connection:
            held = connection.execute(select(bookings.c.status).distinct()).scalars()
            self.there = {*held, *(kind for kind, some in KINDS.items() if connection.execute(some.limit(1)).first())}
        if any(self.lapsed(coop_id, self.today) for coop_id in (HERE, THERE)):
            self.there.add("lapsed")
        if self.steps % BETWEEN_REBUILDS == 0:
            self.look_back()

    def look_back(self) -> None:
        """Check what takes a moment to check, everything having followed."""
        self.follower.catch_up()
        now_and_then(self.history, self.follower, self.now)

    def teardown(self) -> None:
        try:
            if self.steps > 1:
                self.look_back()
        finally:
            self.history.engine.dispose()
            self.drop()

    def pass_time(self, length: timedelta) -> None:
        """Let the hour come, and everything be done that was due by then."""
        self.now += length
        self.follower.catch_up()
        for _ in range(10):
            tick(self.history, self.now)
            if not is_due(self.history, self.now):
                break
        assert not is_due(self.history, self.now), "something due is never done"
        if not self.lags:
            self.follower.catch_up()

    def attempt(self, door: Door, command: object, by: UUID | None, *more: object) -> UUID | None:
        """Ask for something, in every third case twice; return what it changed, `None` when it was refused."""
        asked = self.asked(by)
        Life.acts += 1
        try:
            done = door(command, asked, *more)
        except Refused as refusal:
            Life.refused += 1
            event(f"{door.__name__}: {type(refusal).__name__}")
            return None
        if self.ids % 3 == 0:
            assert door(command, asked, *more) == done, "asked twice, answered differently"
        if not self.lags:
            self.follower.catch_up()
        event(f"{door.__name__}: done")
        return done.stream_id

    def asked(self, by: UUID | None) -> Asked:
        """Return an asking of now."""
        return Asked(command_id=self.new_id(), by=by, at=self.now)

    def new_id(self) -> UUID:
        """Return an id, the same in every replay of this life."""
        self.ids += 1
        return uuid5(HERE, str(self.ids))

    def person(self) -> UUID:
        """Make a person this installation knows."""
        person_id = self.new_id()
        with writing(self.history.engine) as connection:
            add_person(connection, Person(person_id=person_id, email=f"{person_id}@example.org", name="Someone"))
        return person_id

    def ask(self, query: Callable[..., T], *arguments: object, **named: object) -> T:
        """Ask a context a question."""
        with self.history.engine.connect() as connection:
            return query(connection, *arguments, **named)

    def members(self, coop_id: UUID) -> Sequence[UUID]:
        """Return the members of today."""
        return self.ask(current_members, coop_id)

    def member(self, coop_id: UUID, pick: int) -> UUID:
        """Return one of those who are members, or in one case of nine one of those who were."""
        known = self.members(coop_id)
        if pick % 9 == 8:
            known = [row.member_id for row in self.ask(members_of, coop_id, self.now)]
        return chosen(sorted(known), pick)

    def lapsed(self, coop_id: UUID, day: date) -> dict[UUID, tuple[PaperKind, ...]]:
        """Return the vehicles that nobody may have on a day, with the papers that they wait for."""
        return {row.vehicle_id: row.papers for row in self.ask(vehicles_lacking_papers, coop_id, on=day)}

    def place(self, coop_id: UUID) -> Any:
        """Return the co-op as pages know it."""
        return self.ask(coop_row, coop_id)

    @property
    def today(self) -> date:
        """The day in Die."""
        return self.now.astimezone(PARIS).date()


def there_is(kind: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Keep an act for when there is something to do it to."""
    return precondition(lambda life: kind in life.there)


def chosen(among: Sequence[T], pick: int) -> T:
    """Return one of several, whatever the pick."""
    return among[pick % len(among)]
