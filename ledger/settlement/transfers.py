"""Transfers that settle balances: the fewest between members, or each with the common purse.

A group of balances that sums to zero settles itself with one transfer fewer than its members, so the fewest transfers
are the non-zero balances less the most such groups they fall into. They are found exactly up to `EXACT_LIMIT` balances;
beyond, the largest debtor pays the largest creditor, again and again, and nobody claims that these are the fewest.

Finding them is NP-hard, so it is asked of all subsets, and of all of them at once: a set of subsets is one whole
number, whose bit m is the subset of the members that are the bits of m. Twenty take some hundredths of a second.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple
from uuid import UUID

from ledger.settlement.events import Method
from ledger.settlement.small import Transfer, few_small, greedy

EXACT_LIMIT = 20


class Settlement(NamedTuple):
    """The transfers, and whether they are surely the fewest (`exact`), few (`greedy`), or all with the `purse`."""

    transfers: tuple[Transfer, ...]
    method: Method


class Settled(NamedTuple):
    """The transfers, none under a floor, and what is carried over for that: cents by account, positive owed to it."""

    settlement: Settlement
    carried: dict[UUID, int]


def settle_from(floor_cents: int, balances: Mapping[UUID, int], purse: UUID | None = None) -> Settled:
    """Return the transfers by which balances are settled, but for those under a floor, which are carried over.

    They all go to or from the `purse`, where there is one, which need not have a balance itself. Where they are proven
    the fewest, so are those that stay: what is left to settle is settled anew.
    """
    left = Counter(balances)
    while True:
        settlement = settle_through(purse, left) if purse else settle(left, floor_cents)
        under = [line for line in settlement.transfers if line.cents < floor_cents]
        for line in under:
            left[line.debtor] += line.cents
            left[line.receiver] -= line.cents
        if not under or settlement.method != "exact":
            break
    stay = tuple(line for line in settlement.transfers if line.cents >= floor_cents)
    carried = {account: over for account, cents in left.items() if (over := balances.get(account, 0) - cents)}
    return Settled(Settlement(stay, settlement.method), carried)


def settle(balances: Mapping[UUID, int], floor_cents: int = 0) -> Settlement:
    """Return transfers that bring every balance (cents; positive is owed, negative owes) to zero.

    `ValueError` when the balances do not sum to zero. Equal balances are taken in the order of their ids. Among the
    fewest, those are looked for of which none is under a floor.
    """
    if sum(balances.values()):
        raise ValueError("balances of one co-op sum to zero")
    open_ = sorted((account for account, cents in balances.items() if cents), key=_by_id)
    if len(open_) > EXACT_LIMIT:
        return Settlement(tuple(greedy({account: balances[account] for account in open_})), "greedy")
    groups = _most_zero_groups([balances[account] for account in open_])
    lines = [line for group in groups for line in few_small({open_[i]: balances[open_[i]] for i in group}, floor_cents)]
    return Settlement(tuple(lines), "exact")


def settle_through(purse: UUID, balances: Mapping[UUID, int]) -> Settlement:
    """Return transfers that bring every balance (cents) to zero, all to or from `purse`: at most one a member.

    Who owes pays the purse, which pays who is owed, in the order of their ids: nobody learns whose debt she pays.
    """
    open_ = sorted((account for account, cents in balances.items() if cents and account != purse), key=_by_id)
    owed = [(account, balances[account]) for account in open_]
    paid = [Transfer(account, purse, -cents) for account, cents in owed if cents < 0]
    return Settlement((*paid, *(Transfer(purse, account, cents) for account, cents in owed if cents > 0)), "purse")


def _by_id(account: UUID) -> bytes:
    return account.bytes


def _most_zero_groups(balances: Sequence[int]) -> list[list[int]]:
    """Return the most disjoint groups (of indices) that each sum to zero, together taking all balances.

    `most[m]`, how many such groups a subset m holds, is the best of `most[m without i]` over i in m, plus one when m
    itself sums to zero. Along the best path, of equal ones that of the lowest i, each passing through a zero-sum subset
    closes a group.
    """
    zero, subset = _zero_sums(balances), (1 << len(balances)) - 1
    holding = [_by_bits(level, subset) for level in _holding(zero, len(balances))]
    zeroes, groups = _by_bits(zero, subset), list[list[int]]()
    while subset:
        if _has(zeroes, subset):
            groups.append([])
        left = holding[len(holding) - 1 - len(groups)]
        member = next(i for i in count() if subset >> i & 1 and _has(left, subset ^ 1 << i))
        groups[-1].append(member)
        subset ^= 1 << member
    return groups


def _holding(zero: int, members: int) -> list[int]:
    """Return the subsets that hold k disjoint groups, for each k from 0 as long as there are any."""
    lacking = [_lacking(member, members) for member in range(members)]
    levels = [(1 << (1 << members)) - 1]
    while levels[-1]:
        with_one_more = 0
        for member, without in enumerate(lacking):
            with_one_more |= (levels[-1] & without) << (1 << member)
        holding = with_one_more & zero
        for member, without in enumerate(lacking):  # who holds so many does so with any others besides
            holding |= (holding & without) << (1 << member)
        levels.append(holding)
    return levels[:-1]


def _lacking(member: int, members: int) -> int:
    """Return the subsets that a member is not in."""
    width = 1 << member
    found, known = (1 << width) - 1, 2 * width
    while known < 1 << members:
        found |= found << known
        known *= 2
    return found


def _zero_sums(balances: Sequence[int]) -> int:
    """Return the subsets that sum to zero, the empty one included."""
    half = len(balances) // 2
    by_sum = dict[int, int]()
    for subset, cents in enumerate(_sums(balances[:half])):
        by_sum[cents] = by_sum.get(cents, 0) | 1 << subset
    found = 0
    for subset, cents in enumerate(_sums(balances[half:])):
        found |= by_sum.get(-cents, 0) << (subset << half)
    return found


def _sums(balances: Sequence[int]) -> list[int]:
    sums = [0]
    for cents in balances:
        sums += [known + cents for known in sums]
    return sums


def _by_bits(subsets: int, largest: int) -> bytes:
    return subsets.to_bytes(largest // 8 + 1, "little")


def _has(subsets: bytes, subset: int) -> bool:
    return bool(subsets[subset >> 3] >> (subset & 7) & 1)
