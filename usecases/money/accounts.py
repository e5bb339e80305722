"""Whose account it is, who acts for which, and how everyone stands: the members' accounts and the co-op's own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from governance.queries import MemberRow, member, members_slice
from governance.roles import Role
from kernel.money import Money
from kernel.read_models.spelling import plain
from kernel.refused import Unknown
from kernel.slice import Slice
from ledger.entries.listing.queries import balances_by_amount
from ledger.entries.queries import balances, largest_balances
from usecases.actor import Actor, asked_of_formers
from usecases.neighbours import Neighbours


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose account it is, for any member: `account` is a member's id, or the co-op's when it is the common purse.

    `name` is `None` for a member who was erased, and for the common purse, which has no name of its own.
    """

    account: UUID
    name: str | None
    is_purse: bool


MOST_BALANCES = 40
_AFTER_PURSE = "purse"  # the cursor before all members, after the common purse


class Balance(Holder, frozen=True, kw_only=True):
    """An account's whole cents, positive owed to it, negative owed by it; any member may read everyone's."""

    cents: int
    currency: str

    @property
    def amount(self) -> Money:
        """What is owed to it or by it."""
        return Money(self.cents, self.currency)


class MostBalances(msgspec.Struct, frozen=True):
    """Everyone's balance where few have one (`all_shown`); else the balances furthest from zero, then even ones."""

    balances: tuple[Balance, ...]
    all_shown: bool


class Holders:
    """Whose accounts they are, by their ids, and what they count in; the names are asked for once."""

    def __init__(self, actor: Actor, neighbours: Neighbours | None = None) -> None:
        self.currency = actor.currency
        self._coop_id = actor.coop_id
        self._neighbours = neighbours or Neighbours(actor)

    def meet(self, accounts: Iterable[UUID]) -> "Holders":
        """Ask for the names of all these in one question, before they are used one by one."""
        self._neighbours.meet(members=(account for account in accounts if account != self._coop_id))
        return self

    def of(self, account: UUID) -> Holder:
        """Return who holds an account."""
        is_purse = account == self._coop_id
        name = None if is_purse else self._neighbours.member(account)
        return Holder(account=account, name=name, is_purse=is_purse)


def acts_for(actor: Actor) -> frozenset[UUID]:
    """Return the accounts the reader acts for: her own, after she left too, and the co-op's as its treasurer."""
    return frozenset({actor.account, actor.coop_id} if actor.holds(Role.TREASURER) else {actor.account})


@asked_of_formers
def has_left(actor: Actor) -> bool:
    """Has left the co-op."""
    return actor.former is not None


@asked_of_formers
def has_account(actor: Actor) -> bool:
    """Is a member, or was one: her account stays hers."""
    return bool(actor.account)


def reads_accounts(actor: Actor) -> bool:
    """Tell whether she reads anyone's account line by line: a treasurer, or a référent, to whom one turns with it."""
    return actor.holds(Role.TREASURER, Role.REFERENT)


def reads_account(actor: Actor, member_id: UUID) -> bool:
    """Is the member herself, a treasurer or a référent."""
    if member(actor.connection, actor.coop_id, member_id, actor.now) is None:
        raise Unknown
    return member_id == actor.me or reads_accounts(actor)


def balances_sorted(actor: Actor, *, falling: bool, after: str | None, most: int) -> Slice[Balance]:
    """Return some balances by their amount, even ones left out; refuses a text that is not a cursor."""
    found = balances_by_amount(actor.connection, actor.coop_id, falling=falling, after=after, most=most)
    holders = Holders(actor).meet(account for account, _ in found.items)
    return found.mapped(lambda row: _balance(holders.of(row[0]), row[1], holders.currency))


def most_balances(actor: Actor) -> MostBalances:
    """Return the balances that one looks for, without asking for more than are shown."""
    connection, coop_id = actor.connection, actor.coop_id
    known = largest_balances(connection, coop_id, MOST_BALANCES + 1)
    first = members_slice(connection, coop_id, actor.now, most=MOST_BALANCES)
    holders = Holders(actor).meet((*known, *(row.member_id for row in first.items)))
    by_name = [row.member_id for row in first.items]
    if first.after is None and len(known) <= MOST_BALANCES:
        others = _balances((account for account in known if account not in by_name), known, holders)
        rest = sorted(others, key=lambda row: (row.is_purse, plain(row.name or ""), row.account.bytes))
        return MostBalances((*_balances(by_name, known, holders), *rest), all_shown=True)
    even = (account for account in by_name if account not in known)
    return MostBalances(_balances([*known, *even][:MOST_BALANCES], known, holders), all_shown=False)


def balances_slice(
    actor: Actor,
    *,
    called: str = "",
    on: date | None = None,
    known_at: datetime | None = None,
    after: str | None = None,
    most: int,
) -> Slice[Balance]:
    """Return some balances by name: members', whose name holds `called`, then those that former ones left behind.

    The common purse comes first of all, where no name is looked for. They are those of now, or at the end of the day
    `on`, by what was recorded up to `known_at`. Former members who are even are left out: `most` may not be reached
    while more follow. Refuses a text that is not a cursor.
    """
    connection, coop_id = actor.connection, actor.coop_id
    purse = [] if called or after else [coop_id]
    found = _members(actor, called, after, most - len(purse))
    accounts = [row.member_id for row in found.items]
    known = balances(connection, coop_id, on, known_at=known_at, accounts=(coop_id, *accounts))
    shown = [row.member_id for row in found.items if row.is_member or known.get(row.member_id)]
    return Slice(items=_balances((*purse, *shown), known, Holders(actor).meet(accounts)), after=found.after)


def _members(actor: Actor, called: str, after: str | None, most: int) -> Slice[MemberRow]:
    if not most:  # for the purse alone
        return Slice(items=(), after=_AFTER_PURSE)
    begin = None if after == _AFTER_PURSE else after
    return members_slice(
        actor.connection,
        actor.coop_id,
        actor.now,
        called=called,
        formers=True,
        after=begin,
        most=most,
        of="balances",
    )


def _balances(accounts: Iterable[UUID], known: Mapping[UUID, int], holders: Holders) -> tuple[Balance, ...]:
    return tuple(_balance(holders.of(account), known.get(account, 0), holders.currency) for account in accounts)


def _balance(holder: Holder, cents: int, currency: str) -> Balance:
    return Balance(account=holder.account, name=holder.name, is_purse=holder.is_purse, cents=cents, currency=currency)
