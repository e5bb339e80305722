"""The rules of the house: those in force, what applied on another day, how each came to be what it is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from msgspec import Meta

from api.places import COOP
from api.speech.rules import Stated
from api.web.answers import Page, View
from api.web.forms import Form
from api.web.routes import page, question
from api.web.visit import Visit
from fleet.queries import names_in_service
from governance.local_time import end_of_day
from governance.rules.catalogue import CATALOGUE, rule_of
from governance.rules.queries import DatedRules, RuleRow, dated_rules, rule_history, rules_on
from governance.rules.rule import Rule
from kernel.money import EURO, Currency
from kernel.refused import Unknown
from usecases.actor import Actor

Names = Mapping[UUID, str]
"""The vehicles in service by name: the rules of one that left interest nobody."""


class Dated(Stated, frozen=True, kw_only=True):
    """A rule's value from an instant on; `proposal_id` is the decision behind it, `None` for what was so at first."""

    since: datetime
    proposal_id: UUID | None


class RulesOnDay(View, frozen=True, kw_only=True):
    """What applied at the end of a day, and each rule that ever changed with its dated values, newest first."""

    template: ClassVar[str] = "votes/rules.html"

    day: date
    today: date
    rules: Sequence[Dated]
    changes: Sequence[Sequence[Dated]]


class RulesOn(msgspec.Struct, frozen=True):
    """The day a program asks about, and for which vehicle."""

    on: Annotated[date | None, Meta(description="a local day, today when not said")] = None
    vehicle_id: Annotated[UUID | None, Meta(description="the vehicle's; the co-op's when not said")] = None


class CountedIn(msgspec.Struct, frozen=True):
    """In which currency a program asks for the bounds of amounts."""

    currency: Annotated[Currency, Meta(description="a co-op's; the euro when not said")] = EURO


class InScope(msgspec.Struct, frozen=True):
    """For which vehicle a program asks."""

    vehicle_id: Annotated[UUID | None, Meta(description="the vehicle's; the co-op's when not said")] = None


@page(f"{COOP}/rules", who="member")
def show_rules(visit: Visit) -> Page:
    """Show what applied on a day, today unless another is asked for, and how each rule changed."""
    actor = visit.actor
    asked = visit.given("on")
    day = Form({"on": [asked]}).day("on") if asked else actor.today
    known, names = dated_rules(actor.connection, actor.coop_id), names_in_service(actor.connection, actor.coop_id)
    applied = known.in_force(end_of_day(day, actor.my_coop.time_zone))
    view = RulesOnDay(
        day=day,
        today=actor.today,
        rules=[dated(row, names) for row in applied.values()],
        changes=_changes(known, names),
    )
    return Page(view)


@question("/rules", who="everyone")
def votable_rules(_: Actor, query: CountedIn) -> tuple[Rule, ...]:
    """Every rule that can be voted: its kind, unit, bounds and sentence."""
    return tuple(rule_of(key, query.currency) for key in CATALOGUE)


@question(f"{COOP}/rules", who="member")
def rules(actor: Actor, query: RulesOn) -> tuple[RuleRow, ...]:
    """What applied at the end of a day, for the co-op or for one vehicle."""
    day, zone = query.on or actor.today, actor.my_coop.time_zone
    return tuple(rules_on(actor.connection, actor.coop_id, day, zone, query.vehicle_id).values())


@question(f"{COOP}/rules/{{parameter:str}}/history", who="member")
def history(actor: Actor, parameter: str, query: InScope) -> tuple[RuleRow, ...]:
    """All dated values of a rule in one scope, newest first."""
    if parameter not in CATALOGUE:
        raise Unknown
    return rule_history(actor.connection, actor.coop_id, parameter, query.vehicle_id)


def in_force(actor: Actor, names: Names) -> list[Dated]:
    """Return the co-op's rules as they apply now, then what differs for each vehicle in service."""
    known = dated_rules(actor.connection, actor.coop_id)
    own = known.own_in_force(actor.now)
    differing = [row for vehicle_id in names for row in own.get(vehicle_id, {}).values()]
    return [dated(row, names) for row in (*known.in_force(actor.now).values(), *differing)]


def dated(row: RuleRow, names: Names) -> Dated:
    """Return a dated value as it is said."""
    name = names[row.vehicle_id] if row.vehicle_id else None
    since, decided = row.effective_at, row.proposal_id
    return Dated(rule=row.rule, exact=row.exact, vehicle_name=name, since=since, proposal_id=decided)


def _changes(known: DatedRules, names: Names) -> list[list[Dated]]:
    """Return the histories with more than one value, in the catalogue's order: the co-op's, then those of vehicles."""
    histories = known.histories()
    scopes = (None, *names)
    found = (histories.get((key, scope), ()) for key in CATALOGUE for scope in scopes)
    return [[dated(row, names) for row in rows] for rows in found if len(rows) > 1]
