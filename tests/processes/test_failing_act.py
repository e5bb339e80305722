"""Of what is due, one thing fails by a fault of ours: the others are done and kept, and the fault is told."""

from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from kernel.command import Asked, Done
from kernel.log.verify import verify
from kernel.loop import WAITS_SECONDS
from ledger.application import Ledger
from ledger.settlement.commands import IssueDraft, IssuePlan
from ledger.settlement.queries import plans
from ledger.spending.commands import RecordExpense
from processes import keep_time
from tests.kit.village import COOP, ELSEWHERE, Village
from usecases.money.books import ledger_of

SIDES = {COOP: ("Paul", "Nadia"), ELSEWHERE: ("Olga", "Sacha")}
issue_draft = Ledger.issue_draft


def broken_here(self: Ledger, command: IssueDraft, asked: Asked) -> Done:
    """Issue a draft; in one co-op a fault comes after that."""
    done = issue_draft(self, command, asked)
    if command.coop_id == COOP:
        raise KeyError("a fault of ours")
    return done


@pytest.fixture
def drafts(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """In both co-ops a draft is due, and in the one whose turn comes first it cannot be issued."""
    for coop_id, (payer, bearer) in SIDES.items():
        ledger = ledger_of(village.site.history, coop_id)
        paid = {village.member(payer, coop_id): 9_000}
        among = {village.member(bearer, coop_id): 1}
        spent = RecordExpense(
            coop_id=coop_id, kind="repair", paid_on=village.now.date(), paid=paid, split="equal", among=among
        )
        ledger.record_expense(spent, village.asked())
        ledger.issue_plan(IssuePlan(coop_id=coop_id, as_of=village.now.date()), village.asked(), draft_hours=48)
        village.clock.now += timedelta(minutes=1)
    village.settle()
    monkeypatch.setattr(Ledger, "issue_draft", broken_here)
    village.clock.now += timedelta(days=4)
    return village


def states(village: Village) -> dict[UUID, str]:
    return {coop_id: village.ask(plans, coop_id)[0].state for coop_id in SIDES}


def test_the_others_are_done_and_kept_and_then_it_is_raised(drafts: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_time, "MOST_AT_ONCE", 1)  # what fails takes no other's place
    with capture_logs() as logged, pytest.raises(KeyError, match="a fault of ours"):
        keep_time.tick(drafts.site.history, drafts.now)
    assert states(drafts) == {COOP: "draft", ELSEWHERE: "open"}
    (told,) = [line for line in logged if line["event"] == "due but failed"]
    assert (told["purpose"], told["log_level"]) == ("issue plan", "error")
    assert verify(drafts.site.engine).faults == ()


def test_it_is_tried_again_and_done_once_the_fault_is_mended(drafts: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        with pytest.raises(KeyError):
            drafts.site.keep_time()
    monkeypatch.setattr(Ledger, "issue_draft", issue_draft)
    drafts.site.keep_time()
    assert states(drafts) == {COOP: "open", ELSEWHERE: "open"}


def test_the_loop_and_the_health_tell_of_it(drafts: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    (clock,) = (loops[0] for part, loops in drafts.site.watch.loops.items() if part == "clock")
    monkeypatch.setattr(clock, "_well_at", monotonic() - 120)  # as if it had been started two minutes ago
    assert clock.do_step() == 0
    assert isinstance(clock.failure, KeyError)
    assert health(drafts) == (503, ["clock"])
    monkeypatch.setattr(Ledger, "issue_draft", issue_draft)
    assert clock.do_step() == 1
    assert health(drafts) == (200, [])
    assert max(WAITS_SECONDS) <= 30  # seconds, after which the clock goes on for all others


def health(village: Village) -> tuple[int, list[Any]]:
    seen = village.anyone().get("/health")
    return seen.status, list(seen.json().get("failing", []))
