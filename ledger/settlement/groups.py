"""The most disjoint groups of balances that each sum to zero, exactly: what a plan with the fewest transfers rests on.

Finding them is NP-hard, so it is asked of all subsets, and of all of them at once: a set of subsets is one whole
number, whose bit m is the subset of the members that are the bits of m. Twenty take some hundredths of a second.
"""

from collections.abc import Sequence
from itertools import count


def most_zero_groups(balances: Sequence[int]) -> list[list[int]]:
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
