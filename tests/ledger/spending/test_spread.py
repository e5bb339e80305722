"""An expense over its months: nobody ever gets a negative part, and each is known to the cent."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import split
from ledger.entries.posting import spare_cents
from ledger.entries.spread import Spread

FIVE = [UUID(int=number) for number in range(1, 6)]
PAYER = UUID(int=9)
YEAR = Spread(
    expense_id=UUID(int=60871),
    paid={PAYER: 608_71},
    weights=dict(zip(FIVE, (2, 5, 2, 5, 1), strict=True)),
    months=12,
    by="pairs",
)
people = st.integers(1, 12).map(lambda number: UUID(int=number))
spreads = st.builds(
    Spread,
    expense_id=st.uuids(),
    paid=st.dictionaries(people, st.integers(1, 10**6), min_size=1, max_size=5),
    weights=st.dictionaries(people, st.integers(0, 9) | st.integers(0, 32_769), min_size=1).filter(
        lambda weights: any(weights.values())
    ),
    months=st.integers(1, 60),
    by=st.just("pairs"),
)


def pairs_of(spread: Spread) -> Counter[UUID]:
    return Counter(pair.bearer for pair in spread.pairs())


def test_a_year_by_unequal_shares_has_one_odd_cent_and_equal_shares_their_equal_month() -> None:
    whole, second = YEAR.until(12), YEAR.of(2)
    (odd,) = spare_cents(whole.cents, YEAR.weights, whole.borne)
    assert odd in (FIVE[1], FIVE[3])
    assert sorted(whole.borne.values()) == [40_58, 81_16, 81_16, 202_90, 202_91]
    assert [second.borne[bearer] for bearer in FIVE] == [6_76, 16_91, 6_76, 16_91, 3_38]
    assert second.paid == {PAYER: 50_72}


def test_what_was_recorded_before_pairs_keeps_its_rule() -> None:
    second = msgspec.structs.replace(YEAR, by="totals").of(2)
    assert sorted(second.borne.values()) == [3_38, 6_77, 6_77, 16_90, 16_91]
    assert second.paid == {PAYER: 50_73}


@given(spreads)
def test_the_months_together_are_the_split_of_the_whole(spread: Spread) -> None:  # properties S1, S2, S7
    borne: Counter[UUID] = Counter()
    paid: Counter[UUID] = Counter()
    for part in range(1, spread.months + 1):
        sides = spread.of(part)
        assert sum(sides.paid.values()) == sum(sides.borne.values()) == sides.cents
        assert min((*sides.paid.values(), *sides.borne.values())) >= 0
        borne.update(sides.borne)
        paid.update(sides.paid)
    assert borne == split(sum(spread.paid.values()), spread.weights, spread.expense_id)
    assert paid == spread.paid


@given(spreads)
def test_pairs_keep_every_row_and_column_and_accrue_within_a_cent(spread: Spread) -> None:  # property S11 per pair
    rows: Counter[UUID] = Counter()
    columns: Counter[UUID] = Counter()
    for bearer, payer, cents in spread.pairs():
        assert cents > 0
        rows[bearer] += cents
        columns[payer] += cents
        alone = msgspec.structs.replace(spread, paid={payer: cents}, weights={bearer: 1})
        for part in range(1, spread.months + 1):
            assert abs(alone.of(part).cents - Fraction(cents, spread.months)) < 1
            assert abs(alone.until(part).cents - Fraction(cents * part, spread.months)) < 1
    assert rows == {bearer: cents for bearer, cents in spread.until(spread.months).borne.items() if cents}
    assert columns == spread.paid


@given(spreads)
def test_a_month_is_the_floor_of_each_pairs_part_and_a_cent_at_most(spread: Spread) -> None:
    pairs = pairs_of(spread)
    for part in range(1, spread.months + 1):
        for bearer, cents in spread.of(part).borne.items():
            exact = Fraction(spread.until(spread.months).borne[bearer], spread.months)
            assert floor(exact) - pairs[bearer] < cents < ceil(exact) + pairs[bearer] or cents == exact


@given(spreads)
def test_equal_shares_differ_by_the_odd_cent_and_in_a_month_by_a_cent_a_pair(spread: Spread) -> None:  # property S4
    pairs, whole = pairs_of(spread), spread.until(spread.months).borne
    for one, other in combinations(spread.weights, 2):
        if spread.weights[one] == spread.weights[other]:
            assert abs(whole[one] - whole[other]) <= 1
            for part in range(1, spread.months + 1):
                month = spread.of(part).borne
                assert abs(month[one] - month[other]) <= max(1, pairs[one] + pairs[other] - 1)


@given(spreads, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(spread: Spread, chance: object) -> None:  # property S6
    paid, weights = list(spread.paid.items()), list(spread.weights.items())
    chance.shuffle(paid)  # type: ignore[attr-defined]
    chance.shuffle(weights)  # type: ignore[attr-defined]
    shuffled = msgspec.structs.replace(spread, paid=dict(paid), weights=dict(weights))
    assert all(shuffled.until(part) == spread.until(part) for part in range(spread.months + 1))
