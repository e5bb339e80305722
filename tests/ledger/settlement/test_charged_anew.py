"""A trip of a draft is set right: the draft is drawn anew with what it costs now, which no later plan asks again.

Out 12,345, in 12,360 km at 0.34 is 5.10; typed 1,234 and 123,460 it was 41,556.84.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import asdict, replace

from kernel.log.history import History
from ledger.application import Ledger
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ChargeTrip, ChargeTripAnew, ClosePeriod
from ledger.settlement import drawing, queries
from ledger.settlement.across import across
from ledger.settlement.commands import IssueDraft, IssuePlan
from tests.ledger.given import ANNA, CLIO, CLIO_TARIFF, COOP, DAVID, DAY, DIE, NOON, TODAY, asked, balances, trip
from tests.ledger.settlement.given import ISSUE, confirm, lines

WRONG = trip(CLIO, 122_226, odometer_out_km=1_234)
RIGHT = replace(WRONG, odometer_out_km=12_345, odometer_in_km=12_360)
JUNE = NOON + timedelta(days=35)


@pytest.fixture
def ledger(history: History) -> Ledger:
    ledger = Ledger(history, DIE, "EUR")
    ledger.open_tariff(replace(CLIO_TARIFF, per_km=Decimal("0.34")), asked(None))
    ledger.charge_trip(WRONG, asked(None))
    return ledger


def set_right(
    ledger: Ledger, to: ChargeTrip = RIGHT, *, revision: int = 2, due: bool = True, late: bool = False
) -> None:
    command = ChargeTripAnew(**asdict(to), revision=revision, due=due)
    ledger.charge_trip_anew(command, asked(DAVID, at=JUNE if late else NOON))


def drafted(ledger: Ledger) -> UUID:
    return ledger.issue_plan(ISSUE, asked(), draft_hours=48).stream_id


def shown(history: History, plan_id: UUID) -> dict[UUID, int]:
    with history.engine.connect() as connection:
        drawn = drawing.as_drafted(connection, COOP, plan_id)
    assert drawn is not None
    return {line.debtor: line.cents for line in drawn.lines}


def issue(ledger: Ledger, plan_id: UUID) -> None:
    ledger.issue_draft(IssueDraft(coop_id=COOP, plan_id=plan_id), asked())


def test_the_draft_asks_for_what_is_right_and_paid_it_settles_it(history: History, ledger: Ledger) -> None:
    plan_id = drafted(ledger)
    assert shown(history, plan_id) == {DAVID: 4_155_684}
    set_right(ledger)
    assert shown(history, plan_id) == {DAVID: 510}
    issue(ledger, plan_id)
    confirm(history, ledger, plan_id, DAVID)
    assert balances(history) == {}
    with history.engine.connect() as connection:
        (settled,) = queries.plans(connection, COOP)
        assert across(connection, COOP, DAVID, settled) == {}


def test_set_right_twice_the_last_one_counts(history: History, ledger: Ledger) -> None:
    plan_id = drafted(ledger)
    set_right(ledger, replace(RIGHT, odometer_in_km=12_350))
    set_right(ledger, revision=3)
    assert shown(history, plan_id) == {DAVID: 510}


def test_of_a_month_closed_meanwhile_it_is_in_the_draft_too(history: History, ledger: Ledger) -> None:
    plan_id = drafted(ledger)
    ledger.close_period(ClosePeriod(coop_id=COOP, month=TODAY), asked(at=JUNE))
    set_right(ledger, late=True)
    assert shown(history, plan_id) == {DAVID: 510}


def test_a_plan_drawn_up_after_a_month_was_closed_asks_for_what_is_right(history: History, ledger: Ledger) -> None:
    ledger.close_period(ClosePeriod(coop_id=COOP, month=TODAY), asked(at=JUNE))
    set_right(ledger, late=True)
    plan_id = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=TODAY), asked(at=JUNE)).stream_id
    assert {debtor: line.cents for debtor, line in lines(history, plan_id).items()} == {DAVID: 510}


def test_what_waits_for_a_yes_is_in_it_once_it_was_said(history: History, ledger: Ledger) -> None:
    plan_id = drafted(ledger)
    set_right(ledger, due=False)
    assert shown(history, plan_id) == {}
    set_right(ledger)
    assert shown(history, plan_id) == {DAVID: 510}


def test_a_trip_charged_later_waits_for_the_next_plan_set_right_too(history: History, ledger: Ledger) -> None:
    plan_id = drafted(ledger)
    later = trip(CLIO, 100)
    ledger.charge_trip(later, asked(None))
    set_right(ledger, replace(later, odometer_in_km=later.odometer_in_km + 100))
    assert shown(history, plan_id) == {DAVID: 4_155_684}


def test_set_right_after_the_plan_was_issued_the_next_one_asks_for_the_difference(
    history: History, ledger: Ledger
) -> None:
    plan_id = drafted(ledger)
    issue(ledger, plan_id)
    set_right(ledger)
    with history.engine.connect() as connection:
        assert queries.undone_since(connection, COOP, plan_id)[DAVID] == (charge_id(WRONG.trip_id),)
    confirm(history, ledger, plan_id, DAVID)
    following = ledger.issue_plan(ISSUE, asked(at=NOON + DAY)).stream_id
    with history.engine.connect() as connection:
        first, last = queries.plans(connection, COOP)[::-1]
        assert first.plan_id == plan_id
        assert across(connection, COOP, DAVID, first) == {ANNA: 4_155_174}
    assert {debtor: line.cents for debtor, line in lines(history, following).items()} == {ANNA: 4_155_174}
    assert last.plan_id == following
