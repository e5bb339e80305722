"""A co-op's money lives through hundreds of acts; after each, the books must hold."""

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from kernel.database import create_tables, open_database, writing
from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.log.verify import verify
from kernel.money import Money
from kernel.privacy import Keyring
from kernel.tables import derived
from ledger.entries import queries
from ledger.entries.books import MonthAlreadyClosed
from ledger.entries.causes.gift import TooLittleOwed
from ledger.entries.commands import ClosePeriod, Contribute, ReverseEntry
from ledger.read_models import project
from ledger.settlement import queries as settlement
from ledger.settlement.commands import (
    ConfirmCoopPaid,
    ConfirmPaid,
    DeclareCoopPaid,
    DeclarePaid,
    DenyPaid,
    IssuePlan,
    WithdrawPlan,
)
from ledger.settlement.plan import AllCarriedOver, NothingToSettle, PlanStillOpen
from ledger.spending.commands import PostSpreadPart, RecordExpense
from ledger.spending.queries import spread_parts_due
from tests.kit.scale import BOOKS
from tests.ledger.given import (
    ANNA,
    BEN,
    CHLOE,
    CLIO,
    COOP,
    DAVID,
    DAY,
    KANGOO,
    NOON,
    TODAY,
    ZOE,
    asked,
    open_tariffs,
    trip,
)

members = st.sampled_from([ANNA, BEN, CHLOE, DAVID])
cents = st.integers(1, 20_000)
parts = st.integers(0, 4)  # quarters of what is still open of a transfer


def rows(history: History) -> dict[str, list[Any]]:
    """Return every row of the ledger's tables."""
    tables = [table for table in derived.sorted_tables if table.name.startswith("ledger_")]
    with history.engine.connect() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


class BooksMachine(RuleBasedStateMachine):
    """Trips, expenses, reversals, closings, contributions and settlement plans, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        engine = open_database(f"sqlite:///{Path(self.folder.name) / 'books.db'}")
        with writing(engine) as connection:
            create_tables(connection)
        self.history = History(engine, {"ledger": project}, Keyring(bytes(32)))
        self.ledger = open_tariffs(self.history)
        self.now, self.waited = NOON, True
        self.acts = 0

    def teardown(self) -> None:
        if hasattr(self, "history"):
            self.history.engine.dispose()
            self.folder.cleanup()

    @rule(
        vehicle=st.sampled_from([CLIO, KANGOO, ZOE]), driver=members, km=st.integers(0, 900), fuel=st.integers(0, 9000)
    )
    def drive(self, vehicle: UUID, driver: UUID, km: int, fuel: int) -> None:
        command = trip(vehicle, km, by=driver, end=self.now, fuel_paid=Money(fuel))
        self.ledger.charge_trip(command, asked(None, self.now))

    @rule(payer=members, amount=cents, weights=st.dictionaries(members, st.integers(1, 5)), months=st.integers(1, 4))
    def pay(self, payer: UUID, amount: int, weights: dict[UUID, int], months: int) -> None:
        command = RecordExpense(
            coop_id=COOP,
            kind="other",
            paid_on=self.today,
            paid={payer: amount},
            split="shares",
            among=weights | {COOP: 1},
            months=months,
            note="Some words",
        )
        self.ledger.record_expense(command, asked(payer, self.now))

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.now += days * DAY
        self.waited = True
        with self.history.engine.connect() as connection:
            due = spread_parts_due(connection, [COOP], self.today)
        for part in due:
            command = PostSpreadPart(coop_id=COOP, expense_id=part.expense_id, part=part.part)
            self.ledger.post_spread_part(command, asked(None, self.now))

    @rule(pick=st.randoms(use_true_random=False))
    def undo(self, pick: Any) -> None:
        with self.history.engine.connect() as connection:
            open_ = [entry for entry in queries.journal(connection, COOP) if entry.can_be_reversed]
        if open_:
            command = ReverseEntry(coop_id=COOP, entry_id=pick.choice(open_).entry_id)
            self.ledger.reverse_entry(command, asked(ANNA, self.now))

    @precondition(lambda self: self.waited)
    @rule()
    def close(self) -> None:
        self.waited = False
        last_month = ClosePeriod(coop_id=COOP, month=self.today.replace(day=1) - DAY)
        self.refusable(self.ledger.close_period, last_month, asked(ANNA, self.now))

    @rule(giver=members, amount=cents)
    def give(self, giver: UUID, amount: int) -> None:
        with self.history.engine.connect() as connection:
            balance = queries.balance(connection, COOP, giver)
        command = Contribute(coop_id=COOP, cents=amount)
        if amount <= balance:
            self.ledger.contribute(command, asked(giver, self.now))
        else:
            with pytest.raises(TooLittleOwed):
                self.ledger.contribute(command, asked(giver, self.now))

    @rule(floor=st.sampled_from([0, 100, 2000]))
    def plan(self, floor: int) -> None:
        command = IssuePlan(coop_id=COOP, as_of=self.today)
        with self.history.engine.connect() as connection:
            known = settlement.open_plan(connection, COOP)
        self.refusable(partial(self.ledger.issue_plan, floor_cents=floor), command, asked(ANNA, self.now))
        with self.history.engine.connect() as connection:
            issued = settlement.open_plan(connection, COOP)
            if issued and issued != known:  # property T1
                left = Counter(queries.balances(connection, COOP))
                paid = settlement.said_paid(connection, COOP)
                for line in (*settlement.plan_lines(connection, COOP, issued.plan_id), *paid):
                    cents = line.said_cents if line.plan_state == "withdrawn" else line.cents
                    left.update({line.debtor: cents, line.receiver: -cents})
                carried = settlement.carried_over(connection, COOP, issued.plan_id)
                assert {account: cents for account, cents in left.items() if cents} == carried

    @rule(pick=st.randoms(use_true_random=False), part=parts)
    def settle(self, pick: Any, part: int) -> None:
        waiting = [line for line in self.lines_of_open_plan() if line.state != "confirmed"]
        with self.history.engine.connect() as connection:
            waiting += settlement.said_paid(connection, COOP)
        if waiting:
            line = pick.choice(waiting)
            confirm = ConfirmPaid if line.receiver != COOP else ConfirmCoopPaid
            most = line.said_cents or line.left_cents
            cents = line.received_cents + max(1, most * part // 4)
            command = confirm(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id, cents=cents)
            door = self.ledger.confirm_paid if line.receiver != COOP else self.ledger.confirm_coop_paid
            door(command, asked(line.receiver, self.now))  # type: ignore[arg-type]

    @rule(pick=st.randoms(use_true_random=False), part=parts)
    def say_paid(self, pick: Any, part: int) -> None:
        unpaid = [line for line in self.lines_of_open_plan() if line.state != "confirmed"]
        if unpaid:
            line = pick.choice(unpaid)
            declare = DeclarePaid if line.debtor != COOP else DeclareCoopPaid
            cents = line.received_cents + (line.cents - line.received_cents) * part // 4
            command = declare(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id, cents=cents)
            door = self.ledger.declare_paid if line.debtor != COOP else self.ledger.declare_coop_paid
            door(command, asked(line.debtor, self.now))  # type: ignore[arg-type]

    @rule(pick=st.randoms(use_true_random=False))
    def deny(self, pick: Any) -> None:
        with self.history.engine.connect() as connection:
            said = settlement.said_paid(connection, COOP)
        said += [line for line in self.lines_of_open_plan() if line.state == "declared"]
        if said:
            line = pick.choice(said)
            command = DenyPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
            self.ledger.deny_paid(command, asked(line.receiver, self.now), line.receiver)

    @rule()
    def give_up(self) -> None:
        for line in self.lines_of_open_plan()[:1]:
            self.ledger.withdraw_plan(WithdrawPlan(coop_id=COOP, plan_id=line.plan_id), asked(ANNA, self.now))

    def lines_of_open_plan(self) -> list[settlement.PlanLineRow]:
        with self.history.engine.connect() as connection:
            plan = settlement.open_plan(connection, COOP)
            return settlement.plan_lines(connection, COOP, plan.plan_id) if plan else []

    @precondition(lambda self: self.acts % 10 == 9)
    @rule()
    def replay(self) -> None:  # properties E1 and E2
        live = rows(self.history)
        for _ in range(2):
            rebuild(self.history.engine, {"ledger": project})
            assert rows(self.history) == live

    @invariant()
    def everything_sums_to_zero(self) -> None:  # properties M1 and M2
        self.acts = getattr(self, "acts", 0) + 1
        if not hasattr(self, "history"):
            return
        with self.history.engine.connect() as connection:
            assert queries.books_total(connection, COOP) == 0
            assert sum(queries.balances(connection, COOP).values()) == 0
            for entry in queries.journal(connection, COOP):
                assert sum(line.cents for line in entry.postings) == 0

    @invariant()
    def balances_are_what_the_lines_add_up_to(self) -> None:
        if not hasattr(self, "history"):
            return
        with self.history.engine.connect() as connection:
            by_lines = queries.balances(connection, COOP, date(9999, 12, 31))
            assert queries.balances(connection, COOP) == by_lines

    @invariant()
    def the_log_verifies(self) -> None:
        if hasattr(self, "history"):
            assert verify(self.history.engine).faults == ()

    @property
    def today(self) -> date:
        return TODAY + (self.now - NOON)

    @staticmethod
    def refusable(door: Any, command: Any, asking: Any) -> None:
        with suppress(AllCarriedOver, MonthAlreadyClosed, NothingToSettle, PlanStillOpen):
            door(command, asking)


TestBooks = BooksMachine.TestCase
TestBooks.settings = settings(max_examples=BOOKS, stateful_step_count=60, deadline=None)
