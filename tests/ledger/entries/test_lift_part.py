"""What somebody bears of an entry is taken off it: hers alone, once, and undone with the entry."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as some

from kernel.log.history import History
from kernel.money import Money
from ledger.application import Ledger
from ledger.entries.causes.expense import ExpensePart, part_entry, part_id
from ledger.entries.causes.gift import Given
from ledger.entries.commands import LiftPart, ReverseEntry
from ledger.entries.entry import borne_by
from ledger.entries.posting import Posting, balanced
from ledger.entries.spread import Spread
from tests.ledger.contesting.given import tyres
from tests.ledger.given import ANNA, BEN, CHLOE, COOP, DAVID, TODAY, asked, balances, books


def lift(ledger: Ledger, entry_id: UUID, account: UUID) -> None:
    ledger.lift_part(LiftPart(coop_id=COOP, entry_id=entry_id, account=account, contest_id=UUID(int=0xC7)), asked(None))


def test_it_is_taken_off_her_and_off_who_it_was_owed_to(history: History) -> None:
    ledger, expense_id = tyres(history)
    lift(ledger, part_id(expense_id, 1), CHLOE)
    assert books(history)[-1] == "2026-05-04 lifting: Chloé +30.00, Ben -30.00"
    assert balances(history) == {"Anna": -3000, "Ben": 3000}


def test_once_and_only_what_she_bears(history: History) -> None:
    ledger, expense_id = tyres(history)
    for account in (CHLOE, CHLOE, DAVID):
        lift(ledger, part_id(expense_id, 1), account)
    lift(ledger, part_id(uuid4(), 1), CHLOE)
    assert len(books(history)) == 2


def test_undone_with_the_entry_nothing_is_left_of_both(history: History) -> None:
    ledger, expense_id = tyres(history)
    lift(ledger, part_id(expense_id, 1), CHLOE)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(expense_id, 1)), asked())
    assert balances(history) == {}
    lift(ledger, part_id(expense_id, 1), ANNA)
    assert balances(history) == {}


PEOPLE = (ANNA, BEN, CHLOE, DAVID)
WEIGHTS = some.dictionaries(some.sampled_from(PEOPLE), some.integers(1, 9), min_size=1)
PAID = some.dictionaries(some.sampled_from(PEOPLE), some.integers(1, 5_000), min_size=1)


@given(paid=PAID, weights=WEIGHTS, months=some.integers(1, 12), expense_id=some.uuids(), part=some.integers(1, 12))
def test_however_many_parts_are_taken_off_nobody_is_left_with_more_or_less_than_what_is_her_own(
    paid: dict[UUID, int], weights: dict[UUID, int], months: int, expense_id: UUID, part: int
) -> None:
    spread = Spread(expense_id=expense_id, paid=paid, weights=weights, months=months, by="pairs")
    draft = part_entry(
        spread,
        min(part, months),
        kind="other",
        legal_nature="expense",
        paid_on=TODAY,
        split="shares",
        vehicle_id=None,
        receipt=None,
        note=None,
        currency="EUR",
    )
    if draft is None:
        return
    left = {account: sum(line.amount.cents for line in draft.postings if line.account == account) for account in PEOPLE}
    for bearer in weights:
        off = borne_by(bearer, draft.postings, draft.because)
        assert not off or balanced(off)
        for line in off:
            left[line.account] -= line.amount.cents
    assert set(left.values()) == {0}
    assert isinstance(draft.because, ExpensePart)


def test_what_is_no_expense_is_laid_side_by_side() -> None:
    lines = (Posting(ANNA, Money(500)), Posting(BEN, Money(-200)), Posting(CHLOE, Money(-300)))
    because = Given(true_day=TODAY, giver_id=ANNA, floor_cents=0)
    assert borne_by(BEN, lines, because) == (Posting(BEN, Money(-200)), Posting(ANNA, Money(200)))
    assert borne_by(ANNA, lines, because) == ()
