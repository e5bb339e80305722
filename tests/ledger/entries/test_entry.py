"""An entry of the journal sums to zero, and is undone by its exact opposite."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money
from ledger.entries.causes.gift import Given
from ledger.entries.draft import Draft
from ledger.entries.entry import AlreadyReversed, Entry, NotBalanced
from ledger.entries.events import EntryPosted, EntryReversed
from ledger.entries.posting import Posting, balanced, owing
from tests.ledger.given import ANNA, BEN, CHLOE, TODAY

shares = st.dictionaries(st.sampled_from([ANNA, BEN, CHLOE]), st.integers(0, 9), min_size=1).filter(
    lambda weights: any(weights.values())
)


def draft(*cents: int, currencies: str = "") -> Draft[Given]:
    names = (currencies.split() or ["EUR"]) * len(cents)
    return Draft(
        kind="contribution",
        legal_nature="voluntary_contribution",
        postings=tuple(Posting(UUID(int=n), Money(c, names[n])) for n, c in enumerate(cents)),
        because=Given(true_day=TODAY, giver_id=ANNA, floor_cents=0),
    )


def posted(*cents: int) -> Entry:
    return Entry().after(Entry().post(draft(*cents), on=TODAY))


def test_a_balanced_draft_is_posted_on_its_day() -> None:
    wanted = draft(5, -3, -2)
    (event,) = Entry().post(wanted, on=date(2026, 6, 1))
    assert isinstance(event, EntryPosted)
    assert (event.effective_on, event.postings, event.because) == (date(2026, 6, 1), wanted.postings, wanted.because)
    assert (event.kind, event.legal_nature) == ("contribution", "voluntary_contribution")


@pytest.mark.parametrize("cents", [(), (0,), (5,), (5, -4), (0, 0), (5, 0, -5)])
def test_an_entry_that_does_not_sum_to_zero_is_refused(cents: tuple[int, ...]) -> None:
    with pytest.raises(NotBalanced):
        Entry().post(draft(*cents), on=TODAY)


def test_each_currency_sums_to_zero_on_its_own() -> None:
    with pytest.raises(NotBalanced):
        Entry().post(draft(5, -5, currencies="EUR CHF"), on=TODAY)


def test_posting_what_stands_changes_nothing() -> None:
    assert posted(1, -1).post(draft(2, -2), on=TODAY) == ()


@given(st.lists(st.integers(-(10**6), 10**6).filter(bool), min_size=1, max_size=8))
def test_a_reversal_is_the_exact_opposite(cents: list[int]) -> None:  # property S8
    lines = (*cents, -sum(cents)) if sum(cents) else (*cents,)
    (event,) = posted(*lines).reverse(uuid4(), on=TODAY, true_day=TODAY, reason=None)
    assert isinstance(event, EntryReversed)
    assert [(line.account, -line.amount) for line in event.postings] == [
        (line.account, line.amount) for line in draft(*lines).postings
    ]


def test_an_entry_is_undone_once() -> None:
    standing = posted(1, -1)
    done = standing.after(standing.reverse(uuid4(), on=TODAY, true_day=TODAY, reason=None))
    with pytest.raises(AlreadyReversed):
        done.reverse(uuid4(), on=TODAY, true_day=TODAY, reason=None)


@given(st.integers(-(10**6), 10**6), shares, st.uuids())
def test_what_is_owed_sums_to_zero_or_moves_nothing(cents: int, weights: dict[UUID, int], entry_id: UUID) -> None:
    postings, shared = owing(entry_id, ANNA, Money(cents), weights)
    assert balanced(postings) or postings == ()
    assert len(shared.spare_cents) < max(len(weights), 1)
