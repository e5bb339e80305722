"""How long the log is held: while one transaction appends, nobody else can.

Asked of a co-op of three thousand, by what touches all of them: a vote called, a ballot and its count, a plan, and an
expense of five years among as many as may share one, taken back; and by all that follows from these.
"""

import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Connection, Engine, event

from api.site import Site
from governance.application import Governance
from governance.commands import CastBallot, CloseProposal, ProposeRule
from governance.counting import Choice
from governance.member import member_id_of
from kernel.command import Asked, Command, Done
from ledger.settlement.commands import IssuePlan
from ledger.spending.commands import PostSpreadPart, RecordExpense, WithdrawExpense
from tests.bench.figures import Figure
from tests.bench.world import COOP, make_world, settings
from usecases.money.books import ledger_of

MEMBERS = 3_000
SHARERS = 200  # as many as may share an expense
MONTHS = 60  # as long as one may be spread
BAR_SECONDS = 0.05

C = TypeVar("C", bound=Command)


class Holds:
    """The times in seconds for which the log was held through one engine, which one thread uses."""

    def __init__(self, engine: Engine) -> None:
        self._since: float | None = None
        self._seconds: list[float] = []
        event.listen(engine, "begin", self._begun)
        event.listen(engine, "before_cursor_execute", self._asked)
        event.listen(engine, "checkin", self._ended)

    def _begun(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite" and connection.get_execution_options().get("writes"):
            self._since = time.perf_counter()

    def _asked(self, _connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if self._since is None and "log_head" in statement and "UPDATE" in statement:
            self._since = time.perf_counter()

    def _ended(self, *_: object) -> None:
        if self._since is not None:
            self._seconds.append(time.perf_counter() - self._since)
            self._since = None

    def taken(self) -> list[float]:
        """Return the times since this was last asked."""
        seconds, self._seconds = self._seconds, []
        return seconds


class Crowd:
    """The co-op of three thousand, and how it acts: each act is one command, and then what follows from it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._holds = Holds(site.engine)
        self._members = [member_id_of(COOP, uuid5(COOP, f"Driver-{number}")) for number in range(MEMBERS)]
        self._now = datetime.now(UTC)
        self.commanded: list[float] = []
        self.following: list[float] = []

    def vote(self) -> None:
        """Call all to a vote, have a ballot cast, and count it once its hour has come."""
        governance = Governance(self._site.history)
        from_then = (self._now + timedelta(days=70)).date().replace(day=1)
        propose = ProposeRule(
            coop_id=COOP, parameter="price_per_km", value="0.34", effective_from=from_then, rationale="Fuel."
        )
        named = {"coop_id": COOP, "proposal_id": self._act(governance.propose_rule, propose)}
        self._act(governance.cast_ballot, CastBallot(**named, choice=Choice.YES))
        self._now += timedelta(days=30)
        self._act(governance.close_proposal, CloseProposal(**named))

    def share(self) -> None:
        """Have everyone share in an expense, and one of many months be taken back."""
        ledger = ledger_of(self._site.history, COOP)
        for number in range(0, MEMBERS, SHARERS):
            self._act(ledger.record_expense, self._expense(number, months=1))
        spread = {"coop_id": COOP, "expense_id": self._act(ledger.record_expense, self._expense(0, months=MONTHS))}
        for part in range(2, MONTHS + 1):
            self._act(ledger.post_spread_part, PostSpreadPart(**spread, part=part))
        self._act(ledger.withdraw_expense, WithdrawExpense(**spread, reason="Paid twice."))

    def settle(self) -> None:
        """Draw up a plan for all."""
        self._act(ledger_of(self._site.history, COOP).issue_plan, IssuePlan(coop_id=COOP, as_of=self._now.date()))

    def _act(self, door: Callable[[C, Asked], Done], command: C) -> UUID:
        done = door(command, Asked(command_id=uuid4(), by=self._members[0], at=self._now))
        self.commanded += self._holds.taken()
        self._site.follower.catch_up()
        self.following += self._holds.taken()
        return done.stream_id

    def _expense(self, first: int, months: int) -> RecordExpense:
        among = self._members[first : first + SHARERS]
        return RecordExpense(
            coop_id=COOP,
            kind="repair",
            paid_on=self._now.date(),
            paid={among[0]: 600_000 + first},
            split="equal",
            among=dict.fromkeys(among, 1),
            months=months,
        )


def measure_holds(database: str, url: str) -> list[Figure]:
    """Return the longest time a command held the log, and the longest that what followed did."""
    site = Site(settings(url))
    make_world(site, drivers=MEMBERS)
    gc.collect()
    gc.freeze()  # as a server does once it stands
    crowd = Crowd(site)
    for act in (crowd.vote, crowd.share, crowd.settle):
        act()
    site.engine.dispose()
    gc.unfreeze()  # what is measured after this starts as it would alone
    return [
        _figure(database, "a command", crowd.commanded, "its thousands of rows are written with it, or not at all"),
        _figure(database, "what follows", crowd.following, "an event's letters are written together, or not at all"),
    ]


def _figure(database: str, who: str, seconds: list[float], why: str) -> Figure:
    longest = max(seconds)
    return Figure(
        what=f"longest hold of the log by {who}, {MEMBERS} members",
        database=database,
        measured=f"{longest * 1000:.0f} ms",
        baseline=f"{BAR_SECONDS * 1000:.0f} ms",
        ratio=longest / BAR_SECONDS,
        reach=1,
        better="less",
        why=why,
    )
