"""The transfers of one group: the largest debtor pays the largest creditor, or so that few transfers are small.

A transfer always settles one of its two sides. However they are taken, a group none of whose parts sums to zero takes
one transfer fewer than its members; so those can be looked for of which none is under a floor, or as few as can be.
"""

from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple
from uuid import UUID

MOST_TRIED = 2_000  # of what may be left on the way: then the largest pays the largest


class Transfer(NamedTuple):
    """`debtor` pays `receiver` so many cents (> 0)."""

    debtor: UUID
    receiver: UUID
    cents: int


def greedy(balances: Mapping[UUID, int]) -> list[Transfer]:
    """Return transfers where the largest debtor pays the largest creditor until all is settled: at most n - 1.

    Of equal balances that of the smallest id is taken. Takes n log n steps.
    """
    owing = [(cents, account) for account, cents in balances.items() if cents < 0]
    owed = [(-cents, account) for account, cents in balances.items() if cents > 0]
    heapify(owing)
    heapify(owed)
    lines = []
    while owing:
        (debt, debtor), (credit, receiver) = owing[0], owed[0]
        cents = -max(debt, credit)
        lines.append(Transfer(debtor, receiver, cents))
        _take_off(owing, cents)
        _take_off(owed, cents)
    return lines


def _take_off(open_: list[tuple[int, UUID]], cents: int) -> None:
    """Take cents off the largest balance of a heap, where all stand below zero; a settled one leaves it."""
    left, account = open_[0]
    if left + cents:
        heapreplace(open_, (left + cents, account))
    else:
        heappop(open_)


def few_small(balances: Mapping[UUID, int], floor_cents: int) -> list[Transfer]:
    """Return as many transfers as `greedy`, of which fewer are under a floor where such are found."""
    by_greed = greedy(balances)
    small = sum(line.cents < floor_cents for line in by_greed)
    for allowed in range(small):
        if found := _Trying(floor_cents).lines(dict(balances), allowed):
            return found
    return by_greed


class _Trying:
    """Transfers tried one after the other, the largest first; what led nowhere is not tried again."""

    def __init__(self, floor_cents: int) -> None:
        self._floor = floor_cents
        self._in_vain = set[tuple[frozenset[tuple[UUID, int]], int]]()

    def lines(self, left: dict[UUID, int], allowed: int) -> list[Transfer] | None:
        """Return transfers that settle what is left, as many under the floor as allowed; `None` when none are found."""
        if not left:
            return []
        tried = frozenset(left.items()), allowed
        if tried in self._in_vain or len(self._in_vain) > MOST_TRIED or self._must_be_small(left) > allowed:
            return None
        for line in _next(left):
            more = self.lines(_after(left, line), allowed - (line.cents < self._floor))
            if more is not None:
                return [line, *more]
        self._in_vain.add(tried)
        return None

    def _must_be_small(self, left: Mapping[UUID, int]) -> int:
        """Return how many transfers are under the floor whatever one does: a small balance takes a small one."""
        owing = sum(-self._floor < cents < 0 for cents in left.values())
        return max(owing, sum(0 < cents < self._floor for cents in left.values()))


def _next(left: Mapping[UUID, int]) -> Iterator[Transfer]:
    ordered = sorted(left, key=lambda account: (-abs(left[account]), account.bytes))
    for debtor in ordered:
        for receiver in ordered:
            if left[debtor] < 0 < left[receiver]:
                yield Transfer(debtor, receiver, min(-left[debtor], left[receiver]))


def _after(left: Mapping[UUID, int], line: Transfer) -> dict[UUID, int]:
    moved = {line.debtor: left[line.debtor] + line.cents, line.receiver: left[line.receiver] - line.cents}
    return {account: cents for account, cents in {**left, **moved}.items() if cents}
