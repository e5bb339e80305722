"""When a period is over the treasurer is told; where nobody settles it, a plan is drawn up by itself."""

from datetime import UTC, date, datetime

from sqlalchemy import delete

from kernel.database import writing
from ledger.rhythm.queries import rhythm
from ledger.rhythm.read_models import ledger_rhythms
from ledger.settlement.queries import plans
from tests.kit.village import COOP, Village
from tests.processes.acts import count, failed, propose, wait_until_december

NEW_YEAR = datetime(2027, 1, 1, 7, tzinfo=UTC)  # 8 in the morning in Die
OVERDUE = datetime(2027, 1, 15, 7, tzinfo=UTC)


def until(village: Village, instant: datetime) -> None:
    village.clock.now = instant
    village.pass_time()


def reminders(village: Village, name: str = "Claire") -> int:
    return len([letter for letter in village.letters_to(name) if "time to settle" in letter.subject])


def test_the_treasurer_is_told_at_the_end_of_the_voted_period(village: Village) -> None:
    village.drove("Nadia", "Zoé", 40)
    until(village, datetime(2027, 1, 1, 6, 59, tzinfo=UTC))
    assert reminders(village) == 0
    until(village, NEW_YEAR)
    assert (reminders(village), reminders(village, "Nadia")) == (1, 0)
    until(village, OVERDUE)
    assert reminders(village) == 1
    assert failed(village) == []


def test_even_accounts_remind_nobody(village: Village) -> None:
    until(village, OVERDUE)
    assert reminders(village) == 0
    assert village.ask(plans, COOP) == []


def test_an_overdue_plan_is_drawn_up_by_itself_once(village: Village) -> None:
    village.drove("Nadia", "Zoé", 40)
    until(village, NEW_YEAR)
    village.drove("Nadia", "Zoé", 400, hours=12)  # of the next period
    village.clock.now = OVERDUE
    for _ in range(2):
        village.pass_time()
    (plan,) = village.ask(plans, COOP)
    assert (plan.as_of, plan.state) == (date(2026, 12, 31), "draft")
    village.pass_time(days=2)
    assert village.ask(plans, COOP)[0].state == "open"
    assert village.letters_to("Nadia")[0].subject.endswith("who owes what to whom")
    until(village, datetime(2027, 3, 1, tzinfo=UTC))
    assert count(village, "ledger.PlanIssued") == 1
    assert failed(village) == []


def test_settled_by_the_treasurer_nothing_is_drawn_up(village: Village) -> None:
    village.drove("Nadia", "Zoé", 40)
    until(village, NEW_YEAR)
    village.as_("Claire").post(f"/coops/{COOP}/plans", as_of="2026-12-31")
    until(village, OVERDUE)
    assert count(village, "ledger.PlanIssued") == 1


def test_voted_otherwise_it_is_obeyed(village: Village) -> None:
    propose(village, "settlement_period", "month")
    propose(village, "settlement_overdue_days", "0")
    wait_until_december(village)
    found = village.ask(rhythm, COOP)
    assert (found.period, found.due_at) == ("month", NEW_YEAR)
    village.drove("Nadia", "Zoé", 40)
    until(village, NEW_YEAR)
    until(village, datetime(2027, 2, 20, tzinfo=UTC))
    assert reminders(village) == 2
    assert village.ask(plans, COOP) == []
    assert failed(village) == []


def test_a_co_op_that_was_never_told_is_by_its_next_entry(village: Village) -> None:
    with writing(village.site.engine) as connection:
        connection.execute(delete(ledger_rhythms))
    village.drove("Nadia", "Zoé", 40)
    assert count(village, "ledger.RhythmSet") == 2
    assert failed(village) == []
