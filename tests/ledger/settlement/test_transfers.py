"""The fewest transfers that settle balances."""

import random
from collections import Counter
from time import process_time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.settlement.small import Transfer, greedy
from ledger.settlement.transfers import EXACT_LIMIT, settle, settle_from, settle_through
from tests.kit.scale import scaled

Balances = dict[UUID, int]


def people(*cents: int) -> Balances:
    return {UUID(int=number): amount for number, amount in enumerate(cents, start=1)}


def zero_sum(most: int, largest: int = 5000) -> st.SearchStrategy[Balances]:
    def closed(cents: list[int]) -> Balances:
        return people(*cents, -sum(cents))

    return st.lists(st.integers(-largest, largest), min_size=1, max_size=most - 1).map(closed)


def zero_groups(cents: list[int]) -> int:
    """Count, by trying every way to part them, the most groups that each sum to zero."""
    if not cents:
        return 0
    first, rest = cents[0], cents[1:]
    best = -1
    for chosen in range(1 << len(rest)):
        inside = [balance for at, balance in enumerate(rest) if chosen >> at & 1]
        outside = [balance for at, balance in enumerate(rest) if not chosen >> at & 1]
        if first + sum(inside) == 0:
            best = max(best, 1 + zero_groups(outside))
    return best


def looked_for_each_time(balances: Balances) -> list[Transfer]:
    """Let the largest debtor pay the largest creditor, looking for both among all each time."""
    left = dict(balances)
    lines = []
    while any(left.values()):
        debtor = min(left, key=lambda account: (left[account], account.bytes))
        receiver = min(left, key=lambda account: (-left[account], account.bytes))
        cents = min(-left[debtor], left[receiver])
        left[debtor] += cents
        left[receiver] -= cents
        lines.append(Transfer(debtor, receiver, cents))
    return lines


@given(zero_sum(40) | zero_sum(40, largest=3))
@settings(max_examples=scaled(200))
def test_greed_takes_the_largest_of_all_each_time(balances: Balances) -> None:
    assert greedy(balances) == looked_for_each_time(balances)


def test_ten_thousand_accounts_are_settled_without_looking_at_all_of_them_each_time() -> None:
    chance = random.Random(26)
    cents = [chance.randint(-50_000, 50_000) for _ in range(9_999)]
    assert len(greedy(people(*cents, -sum(cents)))) < 10_000


@given(zero_sum(12))
@settings(max_examples=scaled(60))
def test_a_plan_settles_everyone_exactly(balances: Balances) -> None:  # properties T1, T2, T3 and T9
    left = Counter(balances)
    plan = settle(balances).transfers
    for line in plan:
        left[line.debtor] += line.cents
        left[line.receiver] -= line.cents
        assert line.cents > 0
    assert not any(left.values())
    assert all(balances[line.debtor] < 0 < balances[line.receiver] for line in plan)
    assert sum(line.cents for line in plan) == sum(cents for cents in balances.values() if cents > 0)


@given(zero_sum(12))
@settings(max_examples=scaled(60))
def test_the_fewest_is_never_more_than_greedy(balances: Balances) -> None:  # property T4
    open_ = [cents for cents in balances.values() if cents]
    assert len(settle(balances).transfers) <= len(greedy(balances)) <= max(len(open_) - 1, 0)


@given(zero_sum(7, largest=6))
@settings(max_examples=scaled(60))
def test_the_fewest_is_what_brute_force_finds(balances: Balances) -> None:  # property T5
    open_ = [cents for cents in balances.values() if cents]
    assert len(settle(balances).transfers) == len(open_) - zero_groups(open_)


@given(zero_sum(10), st.integers(1, 9))
@settings(max_examples=scaled(40))
def test_scale_does_not_change_the_plan(balances: Balances, times: int) -> None:  # property T7
    scaled = settle({account: cents * times for account, cents in balances.items()}).transfers
    assert scaled == tuple(line._replace(cents=line.cents * times) for line in settle(balances).transfers)


@given(zero_sum(10), st.randoms(use_true_random=False))
@settings(max_examples=scaled(40))
def test_neither_order_nor_names_change_the_count(balances: Balances, order) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - property T7
    renamed = list(range(100, 100 + len(balances)))
    order.shuffle(renamed)
    others = {UUID(int=name): cents for name, cents in zip(renamed, balances.values(), strict=True)}
    assert len(settle(others).transfers) == len(settle(balances).transfers)
    assert settle(dict(reversed(balances.items()))) == settle(balances)


@given(zero_sum(12), st.integers(0, 12))
@settings(max_examples=scaled(60))
def test_through_the_purse_every_line_touches_it(balances: Balances, which: int) -> None:  # properties T1, T8 and T9
    purse, left = UUID(int=which), Counter(balances)
    plan, method = settle_through(purse, balances)
    for line in plan:
        left[line.debtor] += line.cents
        left[line.receiver] -= line.cents
        assert line.cents > 0
        assert purse in (line.debtor, line.receiver)
    assert not any(left.values())
    assert len(plan) == sum(1 for account, cents in balances.items() if cents and account != purse)
    assert method == "purse"


@pytest.mark.parametrize(
    ("balances", "by_greed", "fewest"),
    [
        pytest.param(people(-4, -3, 2, 2, 3), 4, 3, id="the smallest case where greed fails"),
        pytest.param(people(3000, 4000, -7000), 2, 2, id="published plan: split-pro small"),
        pytest.param(people(0, 0, -5000, 1000, -6000, 6000, 4000), 3, 3, id="published plan: split-pro large"),
        pytest.param(
            people(972_833, -1_022_409, -946_034, 878_410, 124_532, -7_332), 5, 5, id="published plan: split-pro dense"
        ),
    ],
)
def test_known_plans(balances: Balances, by_greed: int, fewest: int) -> None:
    settlement = settle(balances)
    assert (len(greedy(balances)), len(settlement.transfers), settlement.method) == (by_greed, fewest, "exact")


def test_beyond_the_limit_the_plan_says_that_it_is_greedy() -> None:
    many = people(*([100] * EXACT_LIMIT), -100 * EXACT_LIMIT)
    assert settle(many).method == "greedy"
    assert len(settle(many).transfers) == EXACT_LIMIT


# Eighteen neighbours in groups that even out among themselves: 12 transfers, where greed takes 14.
EIGHTEEN = people(900, 800, -500, -400, -600, -200, 910, 790, -510, -390, -590, -210, 700, -700, 650, -650, 30, -30)


def test_eighteen_balances_in_groups_take_twelve_transfers() -> None:
    assert (len(settle(EIGHTEEN).transfers), settle(EIGHTEEN).method) == (12, "exact")
    assert len(greedy(EIGHTEEN)) == 14


@pytest.mark.parametrize(
    ("floor", "transfers", "carried"),
    [(0, 12, 0), (30, 12, 0), (31, 11, 30), (100, 11, 30)],
)
def test_of_eighteen_what_is_under_the_floor_is_carried_over(floor: int, transfers: int, carried: int) -> None:
    settlement, over = settle_from(floor, EIGHTEEN)
    assert (len(settlement.transfers), settlement.method) == (transfers, "exact")
    assert sorted(over.values()) == ([-carried, carried] if carried else [])


@given(zero_sum(24, largest=400), st.integers(0, 300), st.none() | st.just(1) | st.just(99))
@settings(max_examples=scaled(60))
def test_a_plan_settles_everyone_up_to_what_is_carried_over(  # properties T1 and T2
    balances: Balances,
    floor: int,
    purse: int | None,
) -> None:
    settlement, carried = settle_from(floor, balances, UUID(int=purse) if purse else None)
    left = Counter(balances)
    for line in settlement.transfers:
        left[line.debtor] += line.cents
        left[line.receiver] -= line.cents
        assert line.cents >= max(floor, 1)
    assert {account: cents for account, cents in left.items() if cents} == carried
    assert sum(carried.values()) == 0


def test_a_purse_that_stands_in_no_balance_is_carried_over_with_what_is_under_the_floor() -> None:
    purse, (anna, ben, chloe) = UUID(int=9), people(-150, 50, 100)
    settlement, carried = settle_from(100, people(-150, 50, 100), purse)
    assert settlement.transfers == (Transfer(anna, purse, 150), Transfer(purse, chloe, 100))
    assert carried == {ben: 50, purse: -50}
    assert settle_from(100, people(-90, 90), purse).settlement.transfers == ()


def test_a_transfer_under_the_floor_is_avoided_where_it_can_be() -> None:
    six = people(910, 790, -510, -390, -590, -210)  # greed leaves one of 70 cents for the last
    settlement, carried = settle_from(100, six)
    assert (len(settlement.transfers), carried) == (5, {})
    assert min(line.cents for line in greedy(six)) == 70


@given(zero_sum(9, largest=900), st.integers(0, 300))
@settings(max_examples=scaled(60))
def test_a_floor_changes_neither_how_many_transfers_there_are_nor_what_they_settle(
    balances: Balances, floor: int
) -> None:
    plain, chosen = settle(balances), settle(balances, floor)
    left = Counter(balances)
    for line in chosen.transfers:
        left[line.debtor] += line.cents
        left[line.receiver] -= line.cents
    assert not any(left.values())
    assert len(chosen.transfers) == len(plain.transfers)
    small = [sum(line.cents < floor for line in found.transfers) for found in (plain, chosen)]
    assert small[1] <= small[0]


@given(zero_sum(7, largest=60), st.integers(1, 40))
@settings(max_examples=scaled(60))
def test_those_that_stay_are_the_fewest_for_what_is_settled(balances: Balances, floor: int) -> None:  # property T5
    settlement, carried = settle_from(floor, balances)
    settled = [cents - carried.get(account, 0) for account, cents in balances.items()]
    open_ = [cents for cents in settled if cents]
    assert settlement.method == "exact"
    assert len(settlement.transfers) == len(open_) - zero_groups(open_)


@pytest.mark.parametrize(
    "cents",
    [
        pytest.param([*range(1, 16), -18, -24, -25, -26, -27], id="many groups sum to zero"),
        pytest.param([*([1] * 10), *([-1] * 10)], id="any two of them do"),
        pytest.param([3**power for power in range(19)], id="none but all"),
    ],
)
def test_twenty_balances_are_settled_exactly_within_three_seconds(cents: list[int]) -> None:
    balances = people(*cents, *([-sum(cents)] if sum(cents) else []))
    assert len(balances) == 20
    began = process_time()
    settlement = settle(balances)
    assert process_time() - began < 3
    assert settlement.method == "exact"
    assert len(settlement.transfers) <= len(greedy(balances))


def test_sixteen_balances_are_settled_exactly() -> None:
    pairs = [cents for number in range(1, 9) for cents in (number * 1000 + number, -number * 1000 - number)]
    assert settle(people(*pairs)).method == "exact"
    assert len(settle(people(*pairs)).transfers) == 8


def test_balances_that_do_not_sum_to_zero_are_no_balances() -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        settle(people(1))
