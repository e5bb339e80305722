"""Transfers that settle balances: the fewest between members, or each with the common purse.

A group of balances that sums to zero settles itself with one transfer fewer than its members, so the fewest transfers
are the non-zero balances less the most such groups they fall into. They are found exactly up to `EXACT_LIMIT` balances;
beyond, the largest debtor pays the largest creditor, again and again, and nobody claims that these are the fewest.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from ledger.settlement.events import Method
from ledger.settlement.groups import most_zero_groups
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
    groups = most_zero_groups([balances[account] for account in open_])
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
