"""An account as a treasurer looks at it: a member's or the common purse's, line by line, with its totals."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

import msgspec

from api.drawing.charts import Point
from api.places import COOP
from api.places.accounts.balances import month_by_month
from api.places.accounts.entry import OfVehicle, Since, Until
from api.places.accounts.lines import StatementLine, TableOfLines, statement_lines
from api.places.members.member import MEMBER
from api.places.tables import ROWS, Choices, Order, choices_of, order_of
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.money import Money
from ledger.entries.listing.queries import Narrowed, Summed, lines_by, lines_summed
from ledger.entries.queries import balance
from usecases.actor import Actor
from usecases.money.accounts import Holder, Holders, reads_account


class DaysAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which days of an account are asked about, and of which vehicle."""

    since: Since = None
    until: Until = None
    vehicle_id: OfVehicle = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What some days moved on an account: whole cents before and after them, how many lines, what they come to.

    Of one vehicle, the lines are those about it alone; what stood before and after is the whole account's.
    """

    account: UUID
    name: str | None
    is_purse: bool
    currency: str
    before_cents: int
    after_cents: int
    summed: Summed


class OneAccount(View, frozen=True, kw_only=True):
    """An account and some of its lines; `after` is where the next ones begin, `points` its balance month by month."""

    template: ClassVar[str] = "accounts/account.html"

    account: Account
    lines: Sequence[StatementLine]
    after: str | None
    order: Order
    choices: Choices
    points: Sequence[Point]

    @property
    def holder(self) -> Holder:
        """Whose it is."""
        return Holder(account=self.account.account, name=self.account.name, is_purse=self.account.is_purse)

    @property
    def stood(self) -> Money:
        """How it stood before these days."""
        return Money(self.account.before_cents, self.account.currency)

    @property
    def given(self) -> Money:
        """What the lines above zero come to."""
        return Money(self.account.summed.given_cents, self.account.currency)

    @property
    def owed(self) -> Money:
        """What the lines below zero come to."""
        return Money(self.account.summed.owed_cents, self.account.currency)

    @property
    def moved(self) -> Money:
        """What all of them come to."""
        return Money(self.account.summed.cents, self.account.currency)

    @property
    def stands(self) -> Money:
        """How it stood at their end, or stands now."""
        return Money(self.account.after_cents, self.account.currency)


@page(f"{MEMBER}/account", who=reads_account)
def member_account(visit: Visit, member_id: UUID) -> Page:
    """Show a member's account line by line, with its totals."""
    return _shown(visit, member_id)


@page(f"{COOP}/purse", who="member")
def purse_account(visit: Visit) -> Page:
    """Show the common purse line by line, with its totals."""
    return _shown(visit, visit.actor.coop_id)


@question(f"{MEMBER}/account", who=reads_account)
def account_of_member(actor: Actor, member_id: UUID, query: DaysAsked) -> Account:
    """What some days moved on a member's account, and how it stood before and after."""
    return _account(actor, member_id, _narrowed(query))


@question(f"{COOP}/purse", who="member")
def account_of_purse(actor: Actor, query: DaysAsked) -> Account:
    """What some days moved on the common purse, and how it stood before and after."""
    return _account(actor, actor.coop_id, _narrowed(query))


def _narrowed(asked: DaysAsked) -> Narrowed:
    return Narrowed(since=asked.since, until=asked.until, vehicle_id=asked.vehicle_id)


def _shown(visit: Visit, account: UUID) -> Page:
    actor, asked = visit.actor, read_query(visit.sent.query, TableOfLines)
    found = lines_by(
        actor.connection, actor.coop_id, account, asked.narrowed, by=asked.sort, after=asked.after, most=ROWS
    )
    view = OneAccount(
        account=_account(actor, account, asked.narrowed),
        lines=statement_lines(visit, found.items, own=False),
        after=found.after,
        order=order_of(visit, asked.sort),
        choices=choices_of(actor, month=asked.month, vehicle_id=asked.vehicle_id),
        points=month_by_month(actor, visit.words, account),
    )
    return Page(view)


def _account(actor: Actor, account: UUID, which: Narrowed) -> Account:
    connection, coop_id, holder = actor.connection, actor.coop_id, Holders(actor).of(account)
    begins = which.since if which.since and which.since > date.min else None
    before = balance(connection, coop_id, account, begins - timedelta(days=1)) if begins else 0
    return Account(
        account=account,
        name=holder.name,
        is_purse=holder.is_purse,
        currency=actor.currency,
        before_cents=before,
        after_cents=balance(connection, coop_id, account, which.until),
        summed=lines_summed(connection, coop_id, account, which),
    )
