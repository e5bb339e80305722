"""Lives in which much is paid, undone and contested, as chance has it; after each act, what must always hold."""

import random
from contextlib import suppress
from uuid import UUID

import pytest

from kernel.log.history import History
from kernel.refused import Refused
from ledger.settlement.commands import DeclareCoopPaid, DeclarePaid, DenyPaid
from ledger.settlement.queries import PlanLineRow
from tests.kit.databases import once
from tests.kit.scale import QUARRELS
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, NAMES, asked, total
from tests.ledger.settlement.quarrel import Quarrel

pytestmark = once

ACTS_IN_A_LIFE = 30
MEMBERS = (ANNA, BEN, CHLOE, DAVID)
ACTS = ("spend", "contest", "pay") * 4 + ("plan", "pay", "withdraw", "undo_payment", "end", "lift") * 2
MORE = ("undo_spending", "undo_spending", "declare", "deny")


class Life:
    """Acts by chance. Where `one_pays`, Ben pays all that is spent, and nothing but payments is undone."""

    def __init__(self, history: History, seed: int, *, one_pays: bool = False) -> None:
        self.history, self.quarrel = history, Quarrel(history)
        self.chance, self.one_pays = random.Random(seed), one_pays
        self.spendings, self.payments, self.plans = list[UUID](), list[UUID](), list[UUID]()
        self.burdens, self.counted = list[UUID](), set[UUID]()

    def act(self) -> None:
        """Let one thing happen, or be refused."""
        with suppress(Refused):
            getattr(self, self.chance.choice(ACTS if self.one_pays else ACTS + MORE))()

    def spend(self) -> None:
        among = self.chance.sample([one for one in MEMBERS if one != BEN], self.chance.randint(1, 3))
        payers = [BEN] if self.one_pays else self.chance.sample((*MEMBERS, COOP), self.chance.choice((1, 1, 2)))
        paid = {payer: self.chance.choice((700, 1000, 1500, 2000)) for payer in payers}
        by = BEN if self.one_pays else self.chance.choice(MEMBERS)
        self.spendings.append(self.quarrel.noted(paid, among, by, months=self.chance.choice((1, 1, 1, 3))))
        self.burdens.append(self.spendings[-1])

    def plan(self) -> None:
        self.quarrel.plan(through_purse=self.chance.random() < 0.25, floor_cents=self.chance.choice((0, 0, 0, 600)))
        self.plans.append(self.quarrel.plan_id)
        self.counted = {*self.burdens}

    def withdraw(self) -> None:
        if self.plans:
            self.quarrel.withdraw(self.plans[-1])

    def pay(self) -> None:
        line = self.line()
        if line and line.state != "confirmed":
            some = self.chance.choice((None, None, (line.received_cents + line.cents) // 2))
            self.payments.append(self.quarrel.come(line, some))

    def declare(self) -> None:
        if line := self.line():
            named = {"coop_id": COOP, "plan_id": line.plan_id, "line_id": line.line_id}
            if line.debtor == COOP:
                self.quarrel.ledger.declare_coop_paid(DeclareCoopPaid(**named, cents=line.cents // 2), asked(ANNA))
            else:
                self.quarrel.ledger.declare_paid(DeclarePaid(**named, cents=None), asked(line.debtor))

    def deny(self) -> None:
        if line := self.line():
            self.not_come(line)

    def not_come(self, line: PlanLineRow) -> None:
        command = DenyPaid(coop_id=COOP, plan_id=line.plan_id, line_id=line.line_id)
        self.quarrel.ledger.deny_paid(command, asked(line.receiver), line.receiver)

    def line(self) -> PlanLineRow | None:
        """Return a transfer of one of the two newest plans."""
        found = [line for plan_id in self.plans[-2:] for line in self.quarrel.lines(plan_id)]
        return self.chance.choice(found) if found else None

    def undo_payment(self) -> None:
        if self.payments:
            self.burdens.append(self.quarrel.undo(self.chance.choice(self.payments)))

    def undo_spending(self) -> None:
        if self.spendings:
            self.burdens.append(self.quarrel.undo_expense(self.chance.choice(self.spendings)))

    def lift(self) -> None:
        self.quarrel.lift()

    def end(self) -> None:
        """Let a contest end, one way or another."""
        open_ = [contest for contest in self.quarrel.contests() if contest.state == "open"]
        if open_:
            contest = self.chance.choice(open_)
            match self.chance.choice(("agreed", "taken back", "borne", "dropped")):
                case "agreed":
                    self.quarrel.agree(contest.contest_id)
                case "taken back":
                    self.quarrel.take_back(contest.contest_id, contest.account)
                case outcome:
                    self.quarrel.decide(contest.contest_id, "borne" if outcome == "borne" else "dropped")

    def contest(self) -> None:
        """Let one contest something: she is not asked more by that, nor is who has no part in it, nor who was paid."""
        if not self.burdens:
            return
        by, burden_id = self.chance.choice(MEMBERS), self.chance.choice(self.burdens[-8:])
        before, settled = self.quarrel.wanted(), self.is_settled(burden_id)
        across = self.quarrel.known(self.quarrel.contest(burden_id, by)).across
        after = self.quarrel.wanted()
        assert after.get(NAMES[by], 0) >= before.get(NAMES[by], 0)
        for account in (*MEMBERS, COOP):
            if account != by and (settled or account not in across):
                assert after.get(NAMES[account], 0) >= min(0, before.get(NAMES[account], 0)), NAMES[account]

    def is_settled(self, burden_id: UUID) -> bool:
        """Tell whether the newest plan counted something, and all of every transfer of it has come."""
        lines = self.quarrel.lines(self.plans[-1]) if burden_id in self.counted else []
        return bool(lines) and all(line.state == "confirmed" and not line.undone_payment for line in lines)

    def holds(self) -> None:
        """Say what holds after each act: drawing never fails, and what stands apart is between its sides."""
        quarrel = self.quarrel
        quarrel.next()
        quarrel.next(through_purse=True)
        assert sum(quarrel.apart().values()) == total(self.history) == 0
        assert all(cents > 0 for cents in quarrel.spared().values())
        if self.one_pays and not any(contest.dropped for contest in quarrel.contests()):
            wanted, held = quarrel.wanted(), quarrel.held()
            assert wanted.get("Ben", 0) >= 0, "who paid for all is asked to pay"
            assert all(cents <= 0 or name in ("Ben", "coop") for name, cents in wanted.items()), "who owes is paid"
            assert all(cents <= max(0, -held.get(name, 0)) for name, cents in quarrel.spared().items())

    def ends(self) -> None:
        """Let all contests end and all be paid: nothing is left."""
        quarrel = self.quarrel
        while any(contest.state == "open" for contest in quarrel.contests()):
            self.end()
        quarrel.lift()
        for plan_id in self.plans:
            with suppress(Refused):
                quarrel.withdraw(plan_id)
            for line in quarrel.lines(plan_id):
                if line.said_cents:
                    self.not_come(line)
        assert (quarrel.apart(), quarrel.wanted()) == ({}, quarrel.held())
        if quarrel.held():
            quarrel.plan()
            for line in quarrel.lines():
                quarrel.come(line)
        assert (quarrel.held(), quarrel.apart(), quarrel.wanted(), total(self.history)) == ({}, {}, {}, 0)


@pytest.mark.parametrize("one_pays", [False, True], ids=["all pay", "one pays"])
@pytest.mark.parametrize("seed", range(QUARRELS))
def test_whatever_is_contested_it_holds_and_comes_to_an_end(history: History, seed: int, *, one_pays: bool) -> None:
    life = Life(history, seed, one_pays=one_pays)
    for _ in range(ACTS_IN_A_LIFE):
        life.act()
        life.holds()
    life.ends()
