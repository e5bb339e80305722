"""Transfers that settle balances: the fewest between members, or each with the common purse.

A group of balances that sums to zero settles itself with one transfer fewer than its members, so the fewest transfers
are the non-zero balances less the most such groups they fall into. They are found exactly up to `EXACT_LIMIT` balances;
beyond, the largest debtor pays the largest creditor, again and again, and nobody claims that these are the fewest.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple
from uuid import UUID

from ledger.settlement.events import Method
from ledger.settlement.groups import most_zero_groups

EXACT_LIMIT = 20


class Transfer(NamedTuple):
    """`debtor` pays `receiver` so many cents (> 0)."""

    debtor: UUID
    receiver: UUID
    cents: int


class Settlement(NamedTuple):
    """The transfers, and whether they are surely the fewest (`exact`), few (`greedy`), or all with the `purse`."""

    transfers: tuple[Transfer, ...]
    method: Method


def settle(balances: Mapping[UUID, int]) -> Settlement:
    """Return transfers that bring every balance (cents; positive is owed, negative owes) to zero.

    `ValueError` when the balances do not sum to zero. Equal balances are taken in the order of their ids.
    """
    if sum(balances.values()):
        raise ValueError("balances of one co-op sum to zero")
    open_ = sorted((account for account, cents in balances.items() if cents), key=_by_id)
    if len(open_) > EXACT_LIMIT:
        return Settlement(tuple(greedy({account: balances[account] for account in open_})), "greedy")
    groups = most_zero_groups([balances[account] for account in open_])
    lines = [line for group in groups for line in greedy({open_[i]: balances[open_[i]] for i in group})]
    return Settlement(tuple(lines), "exact")


def settle_through(purse: UUID, balances: Mapping[UUID, int]) -> Settlement:
    """Return transfers that bring every balance (cents) to zero, all to or from `purse`: at most one a member.

    Who owes pays the purse, which pays who is owed, in the order of their ids: nobody learns whose debt she pays.
    """
    open_ = sorted((account for account, cents in balances.items() if cents and account != purse), key=_by_id)
    owed = [(account, balances[account]) for account in open_]
    paid = [Transfer(account, purse, -cents) for account, cents in owed if cents < 0]
    return Settlement((*paid, *(Transfer(purse, account, cents) for account, cents in owed if cents > 0)), "purse")


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


def _by_id(account: UUID) -> bytes:
    return account.bytes
