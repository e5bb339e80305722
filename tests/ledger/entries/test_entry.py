"""An entry of the journal sums to zero, and is undone by its exact opposite."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from ledger.entries.because import Given
from ledger.entries.entry import AlreadyReversed, Entry, NotBalanced, balanced, transfer
from ledger.events import EntryPosted, EntryReversed, Posting
from tests.ledger.given import ANNA, BEN, CHLOE, TODAY

shares = st.dictionaries(st.sampled_from([ANNA, BEN, CHLOE]), st.integers(0, 9), min_size=1).filter(
    lambda weights: any(weights.values())
)


def entry(*cents: int, currencies: str = "") -> EntryPosted:
    names = (currencies.split() or ["EUR"]) * len(cents)
    return EntryPosted(
        kind="contribution",
        legal_nature="voluntary_contribution",
        effective_on=TODAY,
        postings=tuple(Posting(UUID(int=n), Money(c, names[n])) for n, c in enumerate(cents)),
        because=Given(true_day=TODAY, giver_id=ANNA, floor_cents=0),
    )


def undone(original: EntryPosted, on: date = TODAY) -> EntryReversed:
    (event,) = Entry(posted=original).reverse(uuid4(), on=on, true_day=on, reason=None)
    assert isinstance(event, EntryReversed)
    return event


def test_a_balanced_entry_is_posted() -> None:
    assert Entry().post(entry(5, -3, -2)) == (entry(5, -3, -2),)


@pytest.mark.parametrize("cents", [(), (0,), (5,), (5, -4), (0, 0), (5, 0, -5)])
def test_an_entry_that_does_not_sum_to_zero_is_refused(cents: tuple[int, ...]) -> None:
    with pytest.raises(NotBalanced):
        Entry().post(entry(*cents))


def test_each_currency_sums_to_zero_on_its_own() -> None:
    with pytest.raises(NotBalanced):
        Entry().post(entry(5, -5, currencies="EUR CHF"))


def test_posting_what_stands_changes_nothing() -> None:
    assert Entry().after(Entry().post(entry(1, -1))).post(entry(2, -2)) == ()


@given(st.lists(st.integers(-(10**6), 10**6).filter(bool), min_size=1, max_size=8))
def test_a_reversal_is_the_exact_opposite(cents: list[int]) -> None:  # property S8
    original = entry(*cents, *([-sum(cents)] if sum(cents) else []))
    opposite = undone(original).postings
    assert [(line.account, -line.amount) for line in opposite] == [
        (line.account, line.amount) for line in original.postings
    ]


def test_an_entry_is_undone_once() -> None:
    posted = Entry(posted=entry(1, -1))
    done = posted.after(posted.reverse(uuid4(), on=TODAY, true_day=TODAY, reason=None))
    with pytest.raises(AlreadyReversed):
        done.reverse(uuid4(), on=TODAY, true_day=TODAY, reason=None)


@given(st.integers(-(10**6), 10**6), shares, st.uuids())
def test_a_transfer_sums_to_zero_or_moves_nothing(cents: int, weights: dict[UUID, int], entry_id: UUID) -> None:
    postings, shared = transfer(entry_id, ANNA, cents, weights)
    assert balanced(postings) or postings == ()
    assert len(shared.spare_cents) < max(len(weights), 1)
