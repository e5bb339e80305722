"""Proposing a change: which rule, for the co-op or one vehicle; then what it should become, from when, and why."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places.votes.proposals import PROPOSALS
from api.speech.rules import Stated, unit
from api.web.acts import Fields, Undo, act
from api.web.answers import Page, View
from api.web.forms import read_parts
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import names_in_service
from governance.application import Governance
from governance.commands import ProposeRule
from governance.local_time import first_day_from, vote_closes_at
from governance.rules.catalogue.prices import PRICES
from governance.rules.queries import RuleRow, rules_in_force
from governance.rules.rule import NotAValue, OutOfBounds, Rule
from governance.votes.proposal import NothingToChange, TooFarAway, TooSoon
from kernel.command import Asked, Done
from kernel.refused import Unknown
from kernel.text import N_
from people import limits
from usecases.actor import Actor

EXAMPLE = {
    "parameter": "price_per_km",
    "value": "0.34",
    "effective_from": "2027-01-01",
    "rationale": "Le carburant coûte plus cher.",
}


class Scope(msgspec.Struct, frozen=True):
    """For whom a rule may be proposed: a vehicle with rules of its own."""

    vehicle_id: UUID
    name: str


class Choosing(View, frozen=True, kw_only=True):
    """The rules that may be changed, for the whole co-op or for one vehicle (`scope`)."""

    template: ClassVar[str] = "votes/choosing.html"

    rules: Sequence[Stated]
    scopes: Sequence[Scope]
    scope: UUID | None


class Proposing(View, frozen=True, kw_only=True):
    """A rule as it stands, to be changed; `own`: it is the vehicle's. `options` are those of a rule without numbers.

    `of_price` tells whether it is what trips cost.
    """

    template: ClassVar[str] = "votes/proposing.html"

    in_force: Stated
    vehicle_id: UUID | None
    own: bool
    options: Sequence[Stated]
    earliest: date
    of_price: bool

    @property
    def unit(self) -> str:
        """What stands behind the value as one types it."""
        return unit(self.in_force.rule)


@page(f"{PROPOSALS}/new", who="member")
def new_proposal(visit: Visit) -> Page:
    """Choose a rule, then say what it should become."""
    actor, vehicle_id = visit.actor, visit.given_id("vehicle_id")
    names = names_in_service(actor.connection, actor.coop_id)
    if vehicle_id and vehicle_id not in names:
        raise Unknown
    rows = _proposable(actor, vehicle_id)
    wanted = visit.given("parameter")
    if not wanted:
        scopes = [Scope(scope_id, name) for scope_id, name in names.items()]
        rules = [_stated(row, names, vehicle_id) for row in rows.values()]
        return Page(Choosing(rules=rules, scopes=scopes, scope=vehicle_id))
    if wanted not in rows:
        raise Unknown
    return Page(_proposing(actor, rows[wanted], names, vehicle_id))


def typed_proposal(visit: Visit) -> Fields:
    """Return a proposal as typed; no value lets the co-op's apply to the vehicle again."""
    as_coop, value = visit.form.ticked("as_coop"), visit.form.text("value")
    return read_parts({"value": lambda: None if as_coop else value or visit.form.needed("value")})


@act(
    PROPOSALS,
    who="member",
    page=new_proposal,
    read=typed_proposal,
    about={"value": (NotAValue, OutOfBounds, NothingToChange), "effective_from": (TooSoon, TooFarAway)},
    said=N_("The vote is open. Everyone is told by mail."),
    then="/coops/{coop_id}/proposals/{id}",
    undo=Undo("/coops/{coop_id}/proposals/{id}/withdrawal", soon=True),
    example=EXAMPLE,
)
def propose_rule(actor: Actor, command: ProposeRule, asked: Asked) -> Done:
    """Open a vote on a rule: everyone is written to."""

    def work(within: Actor) -> Done:
        return Governance(within.history).propose_rule(command, asked)

    return actor.counted(limits.PROPOSALS, command, asked, work)


def _proposable(actor: Actor, vehicle_id: UUID | None) -> dict[str, RuleRow]:
    """Return, by parameter, every rule one may propose to change for the co-op, or for one vehicle, as it stands."""
    in_force = rules_in_force(actor.connection, actor.coop_id, actor.now, vehicle_id)
    return {key: row for key, row in in_force.items() if vehicle_id is None or row.rule.per_vehicle}


def _proposing(actor: Actor, row: RuleRow, names: Mapping[UUID, str], vehicle_id: UUID | None) -> Proposing:
    return Proposing(
        in_force=_stated(row, names, vehicle_id),
        vehicle_id=vehicle_id,
        own=row.vehicle_id is not None,
        options=[Stated(rule=row.rule, exact=code) for code in row.rule.choices],
        earliest=earliest_day(actor, row.rule),
        of_price=row.rule.key in PRICES,
    )


def earliest_day(actor: Actor, rule: Rule) -> date:
    """Return the first day from which a rule proposed now may apply: its vote over, and its notice."""
    lasts = rules_in_force(actor.connection, actor.coop_id, actor.now)["vote_duration_days"].number
    closes_at = vote_closes_at(actor.now, int(lasts), actor.my_coop.time_zone)
    return first_day_from(closes_at + timedelta(days=rule.notice_days), actor.my_coop.time_zone)


def _stated(row: RuleRow, names: Mapping[UUID, str], vehicle_id: UUID | None) -> Stated:
    return Stated(rule=row.rule, exact=row.exact, vehicle_name=names[vehicle_id] if vehicle_id else None)
