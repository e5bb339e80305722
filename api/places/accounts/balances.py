"""Balances: mine, everyone's, month by month; everyone's by name on a page of their own."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from api.drawing.charts import Point
from api.places import COOP
from api.places.tables import Order, order_of
from api.speech.words import Words
from api.web.answers import Page, View
from api.web.fields import read_query
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.money import Money
from kernel.period import Aware
from kernel.slice import Slice, Wanted
from ledger.days import month_after, month_of
from ledger.entries import queries
from ledger.settlement.apart import standing_apart
from usecases.actor import Actor
from usecases.money.accounts import MOST_BALANCES, Balance, balances_slice, balances_sorted, reads_accounts

MONTHS_DRAWN = 12
BALANCES = f"{COOP}/balances"
EndOf = Annotated[date | None, msgspec.Meta(description="a day; now when not said")]


class OnDay(msgspec.Struct, frozen=True):
    """The day whose end is asked about."""

    on: EndOf = None


class AsKnown(Wanted, frozen=True, kw_only=True):
    """The day whose end is asked about, by what the books held at which instant, and which slice of the list."""

    on: EndOf = None
    known_at: Annotated[Aware | None, msgspec.Meta(description="recorded until then; all if not said")] = None


class MyBalance(Balance, frozen=True, kw_only=True):
    """My whole cents; `apart_cents` of them stand apart, being contested: no settlement asks for them or gives them."""

    apart_cents: int


class Balances(Slice[Balance], frozen=True, kw_only=True):
    """Some balances, at the end of the day `on` or now; `total_cents` is the sum of all lines ever: zero, always.

    Who left and is even is left out: there may be fewer than were asked for, or none, while `after` asks for more.
    """

    on: date | None
    total_cents: int


class BalancesAsked(Wanted, frozen=True, kw_only=True):
    """By what balances are sorted, and which slice of the list."""

    sort: Literal["name", "amount", "-amount"] = "name"


class AllBalances(View, frozen=True, kw_only=True):
    """Some balances by name, or of those called `q`; `after` is where the next ones begin, `total` is everyone's.

    By amount, even ones are left out. `opens`: whether the reader may look at anyone's account.
    """

    template: ClassVar[str] = "accounts/balances.html"

    me: UUID
    q: str
    balances: Sequence[Balance]
    total: Money
    after: str | None
    order: Order
    opens: bool


@page(BALANCES, who="member")
def all_balances(visit: Visit) -> Page:
    """Show everyone's balance, by name or by amount, or of those whose name holds what is looked for."""
    actor, q = visit.actor, visit.name_asked()
    asked = read_query(visit.sent.query, BalancesAsked)
    found = _by_name(actor, q, asked.after) if q or asked.sort == "name" else _by_amount(actor, asked)
    total = actor.money(queries.books_total(actor.connection, actor.coop_id))
    view = AllBalances(
        me=actor.me,
        q=q,
        balances=found.items,
        total=total,
        after=found.after,
        order=order_of(visit, "name" if q else asked.sort),
        opens=reads_accounts(actor),
    )
    return Page(view)


@question(f"{COOP}/balance", who="member")
def balance(actor: Actor, query: OnDay) -> MyBalance:
    """What I am owed or owe, now or at the end of a day, and what of it stands apart."""
    cents = queries.balance(actor.connection, actor.coop_id, actor.me, query.on)
    apart = standing_apart(actor.connection, actor.coop_id, query.on).get(actor.me, 0)
    return MyBalance(
        account=actor.me,
        name=actor.my_person.name,
        is_purse=False,
        cents=cents,
        currency=actor.currency,
        apart_cents=apart,
    )


@question(BALANCES, who="member")
def balances(actor: Actor, query: AsKnown) -> Balances:
    """Everyone's balance, the common purse's first, then by name; and the books' total, which is zero."""
    total = queries.books_total(actor.connection, actor.coop_id)
    found = balances_slice(actor, on=query.on, known_at=query.known_at, after=query.after, most=query.limit)
    return Balances(on=query.on, total_cents=total, items=found.items, after=found.after)


def _by_name(actor: Actor, q: str, after: str | None) -> Slice[Balance]:
    most = MOST_BALANCES if q or after else 1 + MOST_BALANCES  # the common purse stands before the first
    return balances_slice(actor, called=q, after=after, most=most)


def _by_amount(actor: Actor, asked: BalancesAsked) -> Slice[Balance]:
    return balances_sorted(actor, falling=asked.sort.startswith("-"), after=asked.after, most=MOST_BALANCES)


def month_by_month(actor: Actor, words: Words, account: UUID) -> list[Point]:
    """Return a balance at the end of each month, months without a line included, this month's as it stands now."""
    ends = queries.month_ends(actor.connection, actor.coop_id, account)
    if not ends:
        return []
    points, cents, month = [], 0, min(ends)
    while month <= month_of(actor.today):
        cents = ends.get(month, cents)
        points.append(Point(words.begin(words.month(month)), actor.money(cents)))
        month = month_after(month)
    return points[-MONTHS_DRAWN:]
