"""The books as a whole: months, plans, files to take away; and closing a month."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from api.places import COOP
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.text import N_
from ledger.days import month_of
from ledger.entries import queries
from ledger.entries.commands import ClosePeriod
from ledger.settlement.queries import PlanRow, plans
from usecases.actor import Actor
from usecases.money.books import books_of
from usecases.money.settling import RhythmNow, rhythm_now


class Books(View, frozen=True, kw_only=True):
    """The books as a whole, months and plans newest first."""

    template: ClassVar[str] = "accounts/books.html"

    total: Money
    months: Sequence[queries.MonthRow]
    plans: Sequence[PlanRow]
    rhythm: RhythmNow
    is_treasurer: bool
    today: date

    @property
    def this_month(self) -> date:
        """The first day of the month under way."""
        return month_of(self.today)

    @property
    def can_issue_plan(self) -> bool:
        """Whether the reader may draw up a plan now: the treasurer, while none is under way."""
        return self.is_treasurer and all(plan.state not in ("draft", "open") for plan in self.plans)


@page(f"{COOP}/books", who="member")
def books(visit: Visit) -> Page:
    """Show the books as a whole: months, plans, files to take away."""
    actor = visit.actor
    view = Books(
        total=actor.money(queries.books_total(actor.connection, actor.coop_id)),
        months=months(actor),
        plans=plans(actor.connection, actor.coop_id),
        rhythm=rhythm(actor),
        is_treasurer=actor.holds(Role.TREASURER),
        today=actor.today,
    )
    return Page(view)


@question(f"{COOP}/rhythm", who="member")
def rhythm(actor: Actor) -> RhythmNow:
    """How often accounts are settled, when the period under way is over, whether the last one waits for its plan."""
    return rhythm_now(actor)


@question(f"{COOP}/months", who="member")
def months(actor: Actor) -> tuple[queries.MonthRow, ...]:
    """The months of the books, newest first, and whether they are closed."""
    return tuple(queries.months(actor.connection, actor.coop_id))


@act(
    f"{COOP}/months",
    who="treasurer",
    page=books,
    said=N_("The month is closed: nothing can be added to it any more."),
    then="/coops/{coop_id}/books",
    lasting="Closed books are what others rely on: late facts count on the first open day.",
    example={"month": "2026-10-01"},
)
def close_month(actor: Actor, command: ClosePeriod, asked: Asked) -> Done:
    """Close a month that is over, and all before it."""
    return books_of(actor).close_period(command, asked)
