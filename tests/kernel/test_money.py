"""Money: no cent lost or made, whoever shares it, in whatever order."""

import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money, UnclearAmount, accrued, split, to_cents

ANNA, BEN, CHLOE = UUID(int=1), UUID(int=2), UUID(int=3)
CAUSE = UUID(int=42)

amounts = st.integers(-(10**9), 10**9)
causes = st.uuids()


def someone_bears_it(shares: dict[UUID, int]) -> dict[UUID, int]:
    return shares if any(shares.values()) else dict.fromkeys(shares, 1)


weights = st.dictionaries(st.uuids(), st.integers(0, 1000), min_size=1, max_size=12).map(someone_bears_it)


@given(amounts, weights, causes)
def test_parts_sum_to_the_amount(amount: int, shares: dict[UUID, int], cause: UUID) -> None:  # property S1
    assert sum(split(amount, shares, cause).values()) == amount


@given(amounts, weights, causes)
def test_each_part_keeps_its_quota(amount: int, shares: dict[UUID, int], cause: UUID) -> None:  # property S2
    total = sum(shares.values())
    for member, part in split(amount, shares, cause).items():
        exact = Fraction(amount * shares[member], total)
        assert floor(exact) <= part <= ceil(exact)


@given(amounts, weights, causes)
def test_a_weight_of_zero_gets_nothing(amount: int, shares: dict[UUID, int], cause: UUID) -> None:  # property S3
    parts = split(amount, shares, cause)
    assert not any(parts[member] for member, weight in shares.items() if weight == 0)


@given(amounts, weights, causes)
def test_more_weight_never_gets_less(amount: int, shares: dict[UUID, int], cause: UUID) -> None:  # property S4
    parts = split(amount, shares, cause)
    for one, one_weight in shares.items():
        for other, other_weight in shares.items():
            if one_weight > other_weight and amount >= 0:
                assert parts[one] >= parts[other]
            if one_weight == other_weight:
                assert abs(parts[one] - parts[other]) <= 1


@given(amounts, weights, causes, st.integers(1, 50))
def test_only_the_ratio_of_weights_counts(
    amount: int, shares: dict[UUID, int], cause: UUID, times: int
) -> None:  # property S5
    assert split(amount, {member: weight * times for member, weight in shares.items()}, cause) == split(
        amount, shares, cause
    )


@given(amounts, weights, causes, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    amount: int, shares: dict[UUID, int], cause: UUID, order: random.Random
) -> None:  # properties S6 and S7
    shuffled = list(shares.items())
    order.shuffle(shuffled)
    assert split(amount, dict(shuffled), cause) == split(amount, shares, cause)


@given(amounts, weights, causes)
def test_giving_back_is_negating_what_was_split(
    amount: int, shares: dict[UUID, int], cause: UUID
) -> None:  # property S8: a refund split anew would differ
    parts = split(amount, shares, cause)
    assert sum(-part for part in parts.values()) == -amount


def test_a_negative_amount_splits_otherwise_than_its_opposite() -> None:  # why S8 negates instead of splitting anew
    three = dict.fromkeys((ANNA, BEN, CHLOE), 1)
    assert sorted(split(-100, three, CAUSE).values()) == [-34, -33, -33]
    assert sorted(-part for part in split(100, three, CAUSE).values()) == [-34, -33, -33]


def test_the_spare_cent_is_fair_in_the_long_run() -> None:  # property S9: 3,000 splits of 1.00 by three
    draw = random.Random(7)
    three = dict.fromkeys((ANNA, BEN, CHLOE), 1)
    lucky: Counter[UUID] = Counter()
    for _ in range(3000):
        parts = split(100, three, UUID(int=draw.getrandbits(128)))
        lucky.update(member for member, part in parts.items() if part == 34)
    assert all(850 <= lucky[member] <= 1150 for member in three)


def test_one_more_cent_may_cost_someone_one_less() -> None:  # S10, a documented non-property: the Alabama paradox
    shares = {ANNA: 6, BEN: 6, CHLOE: 2}
    assert split(10, shares, CAUSE) == {ANNA: 4, BEN: 4, CHLOE: 2}
    assert split(11, shares, CAUSE) == {ANNA: 5, BEN: 5, CHLOE: 1}


@given(amounts, st.integers(1, 60))
def test_a_spread_amount_never_drifts(amount: int, months: int) -> None:  # property S11
    running = [accrued(amount, month, months) for month in range(months + 1)]
    assert (running[0], running[-1]) == (0, amount)
    for month, (before, after) in enumerate(pairwise(running), start=1):
        assert abs(after - before - Fraction(amount, months)) < 1
        assert abs(after - Fraction(amount * month, months)) < 1


@pytest.mark.parametrize(
    ("amount", "shares", "expected"),
    [
        pytest.param(100, [1, 1, 1], [34, 33, 33], id="a hundred by three"),
        pytest.param(35316, [1] * 8, [4415] * 4 + [4414] * 4, id="published split of 35316/8 (Expensify #42870)"),
        pytest.param(2436, [1, 1, 1], [812] * 3, id="2436 by three comes out even"),
        pytest.param(15, [20, 2, 3], [12, 2, 1], id="15 by 4/5, 2/25, 3/25, where giving the first the rest errs"),
        pytest.param(48_000, [2, 2, 1], [19_200, 19_200, 9_600], id="a year's insurance by shares 2/2/1"),
        pytest.param(9_635, [1, 1, 1], [3_212, 3_212, 3_211], id="96.35 of repairs by three"),
    ],
)
def test_known_splits(amount: int, shares: list[int], expected: list[int]) -> None:
    parts = split(amount, {UUID(int=n): weight for n, weight in enumerate(shares)}, CAUSE)
    assert sorted(parts.values(), reverse=True) == expected


def test_who_has_exactly_twelve_pays_twelve() -> None:  # 15 by 4/5, 2/25, 3/25: the exact parts are 12, 1.2 and 1.8
    assert split(15, {ANNA: 20, BEN: 2, CHLOE: 3}, CAUSE) == {ANNA: 12, BEN: 1, CHLOE: 2}


def test_a_hundred_euros_over_seven_months() -> None:
    running = [accrued(10_000, month, 7) for month in range(8)]
    assert [after - before for before, after in pairwise(running)] == [1428, 1429, 1428, 1429, 1428, 1429, 1429]


@pytest.mark.parametrize("shares", [{}, {ANNA: 0}, {ANNA: 2, BEN: -1}])
def test_weights_that_make_no_sense_are_refused(shares: dict[UUID, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(100, shares, CAUSE)


@given(st.integers(-(10**11), 10**11), st.sampled_from(["EUR", "XPF", "TND", "CLF"]))
def test_what_is_shown_reads_back_the_same(cents: int, currency: str) -> None:  # property M4
    amount = Money(cents, currency)
    assert Money.parse(str(amount.amount), currency) == amount
    assert Money.parse(str(amount), currency) == amount
    assert Money.parse(str(amount.amount).replace(".", ","), currency) == amount


TYPED = [
    *(("60", 6000), ("12,50", 1250), ("12.5", 1250), ("1 234.5", 123_450), ("-3,05", -305), ("1 500,00", 150_000)),
    *(("45,50 €", 4550), ("45 €", 4500), (",50", 50), ("1\u202f500\u00a0€", 150_000), ("0,340", 34), ("12.5000", 1250)),
]


@pytest.mark.parametrize(("typed", "cents"), TYPED)
def test_amounts_are_read_as_people_type_them(typed: str, cents: int) -> None:
    assert Money.parse(typed) == Money(cents)


@pytest.mark.parametrize(
    ("cents", "currency", "shown"),
    [(1000, "JPY", "1000 JPY"), (1500, "XPF", "1500 XPF"), (12_345, "TND", "12.345 TND"), (1250, "EUR", "12.50 EUR")],
)
def test_money_has_the_decimals_of_its_currency(cents: int, currency: str, shown: str) -> None:
    assert str(Money(cents, currency)) == shown


OF_OTHERS = [
    *(("1000", "XPF", 1000), ("1 500 F", "XPF", 1500), ("1 500 F CFP", "XPF", 1500), ("1500 XPF", "XPF", 1500)),
    *(("1.500", "XPF", 1500), ("1,500 F", "XPF", 1500), ("12,0", "XPF", 12), ("1.500", "TND", 1500)),
    *(("1 500", "TND", 1_500_000), ("0,125", "TND", 125), ("12.5", "TND", 12_500), ("12,50 CHF", "CHF", 1250)),
]


@pytest.mark.parametrize(("typed", "currency", "cents"), OF_OTHERS)
def test_amounts_of_other_currencies_are_read_in_their_own_decimals(typed: str, currency: str, cents: int) -> None:
    assert Money.parse(typed, currency) == Money(cents, currency)


@pytest.mark.parametrize(
    ("typed", "currency"),
    [("12,5", "XPF"), (",50", "XPF"), ("45 €", "XPF"), ("45 F", "EUR"), ("1,2345", "TND"), ("1 500.125", "XPF")],
)
def test_what_is_finer_than_a_currency_or_of_another_is_refused(typed: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        Money.parse(typed, currency)


NO_AMOUNTS = (
    *("", "-", "--5", ".", "€", "1e5", "٣", "1,234.50", "NaN", "9" * 40, "12 50", "1 5", "1_000", "0.345", "1 500.125"),
)


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"amount|decimals"):
        Money.parse(typed)


@pytest.mark.parametrize(
    ("typed", "thousands", "decimals"),
    [
        ("1.500", 150_000, 150),
        ("2,000", 200_000, 200),
        ("-1.005", -100_500, -100),
        ("12,345 €", 1_234_500, 1234),
        ("1234.500", 123_450_000, 123_450),
    ],
)
def test_one_mark_before_three_digits_is_asked_back(typed: str, thousands: int, decimals: int) -> None:
    with pytest.raises(UnclearAmount) as asked:
        Money.parse(typed)
    assert asked.value.details == {"thousands": Money(thousands), "decimals": Money(decimals)}


@pytest.mark.parametrize(("exact", "cents"), [("1/2", 1), ("-1/2", -1), ("149/100", 1), ("3/2", 2), ("-3/2", -2)])
def test_a_half_cent_rounds_away_from_zero(exact: str, cents: int) -> None:
    assert to_cents(Fraction(exact)) == cents


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="EUR and CHF"):
        Money(1) + Money(1, "CHF")


def test_amounts_in_major_units_are_exact() -> None:
    assert (Money(1250) - Money(50)).amount == Decimal("12.00")
    assert split(1, {uuid4(): 1}, CAUSE).popitem()[1] == 1
