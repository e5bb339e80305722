"""A co-op's rulebook: every rule's values with their dates, so that what applied on any day can always be said.

Nothing here ever changes the past: a value takes effect at its date or when it is enacted, whichever is later. A
rollback is a new decision that gives a rule its former value again.
"""

from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

import msgspec
from msgspec import field
from msgspec.structs import replace

from governance.commands import AdoptVehicleRules, StartCoop
from governance.events import RuleConflicted, RuleEnacted, RulesAdopted, RuleValue, VehicleRulesAdopted
from governance.rules.catalogue import rule_of
from governance.rules.packs import values_of
from governance.rules.rule import Rule
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.money import EURO
from kernel.refused import Refused

Scope = UUID | None  # one vehicle, or the whole co-op


class NotPerVehicle(Refused):
    """This rule is the same for all vehicles; it cannot be set for one."""


class VehicleRulesStand(Refused):
    """This vehicle already has its rules. Propose a change to the members."""


class NotPassed(Refused):
    """Only a proposal that passed can take effect."""


class NotYetDue(Refused):
    """This decision takes effect later."""


class DatedValue(msgspec.Struct, frozen=True):
    """A value from an instant on; `None` ends it. `version` is the rulebook's when it was decided."""

    effective_at: datetime
    version: int
    value: str | None


Values = dict[tuple[str, Scope], tuple[DatedValue, ...]]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a closed proposal says of a rule; `rulebook_version` is the one it was voted against."""

    proposal_id: UUID
    parameter: str
    vehicle_id: UUID | None
    value: str | None
    effective_at: datetime
    rulebook_version: int
    passed: bool


def rulebook_id(coop_id: UUID) -> UUID:
    """Return the id of the co-op's rulebook stream."""
    return uuid5(coop_id, "rulebook")


class Rulebook(Aggregate, frozen=True, kw_only=True):
    """All dated values by rule and scope, oldest first, and the proposals already decided upon."""

    version: int = 0
    started_at: datetime | None = None
    currency: str = EURO
    values: Values = field(default_factory=dict)
    vehicles: frozenset[UUID] = frozenset()
    settled: frozenset[UUID] = frozenset()

    def adopt(self, command: StartCoop, *, at: datetime) -> tuple[Event, ...]:
        """Return the beginning, with the pack's values; nothing when it has begun; refuses an unknown pack."""
        values = tuple(RuleValue(key, value) for key, value in values_of(command.pack, command.currency).items())
        adopted = RulesAdopted(
            pack=command.pack,
            values=values,
            effective_at=at,
            currency=command.currency,
        )
        return () if self.version else (adopted,)

    def adopt_for_vehicle(self, command: AdoptVehicleRules, *, at: datetime) -> tuple[Event, ...]:
        """Return a vehicle's first rules; nothing when they are in force already.

        Refuses other values for a vehicle that has its rules, values out of bounds, and rules that are the same for
        all vehicles.
        """
        values = {stated.parameter: self.vehicle_value(stated.parameter, stated.value) for stated in command.values}
        if command.vehicle_id in self.vehicles:
            if any(self.own_value(key, command.vehicle_id, at) != value for key, value in values.items()):
                raise VehicleRulesStand
            return ()
        stated = tuple(RuleValue(key, value) for key, value in values.items())
        adopted = VehicleRulesAdopted(
            vehicle_id=command.vehicle_id, values=stated, effective_at=at, version=self.version + 1
        )
        return (adopted,)

    def enact(self, decision: Decision, *, at: datetime) -> tuple[Event, ...]:
        """Return the decision's effect, or its conflict when the same rule changed since it was proposed.

        Exactly once: nothing when the decision is settled. Refuses before its date and when it did not pass.
        """
        if decision.proposal_id in self.settled:
            return ()
        if not decision.passed:
            raise NotPassed
        if at < decision.effective_at:
            raise NotYetDue
        changed_in = self.last_change(decision.parameter, decision.vehicle_id)
        if changed_in > decision.rulebook_version:
            return (_conflicted(decision, changed_in),)
        if decision.value is not None:
            self.rule_of(decision.parameter).read(decision.value)
        return (
            RuleEnacted(
                proposal_id=decision.proposal_id,
                parameter=decision.parameter,
                vehicle_id=decision.vehicle_id,
                value=decision.value,
                effective_at=max(decision.effective_at, at),
                version=self.version + 1,
            ),
        )

    def rule_of(self, key: str) -> Rule:
        """Return the votable rule called `key`, as one counts here; refuses an unknown one."""
        return rule_of(key, self.currency)

    def vehicle_value(self, key: str, text: str) -> str:
        """Return the canonical value of a rule for one vehicle; refuses rules that are the same for all vehicles."""
        rule = self.rule_of(key)
        if not rule.per_vehicle:
            raise NotPerVehicle
        return rule.canonical(text)

    def own_value(self, key: str, scope: Scope, at: datetime) -> str | None:
        """Return the value of exactly this scope with the latest date not after `at`; `None` when undefined."""
        dated = [value for value in self.values.get((key, scope), ()) if value.effective_at <= at]
        return dated[-1].value if dated else None

    def value_at(self, key: str, scope: Scope, at: datetime) -> str | None:
        """Return the value that applies: the vehicle's own, else the co-op's, else the rule's default.

        `None` before the co-op's start.
        """
        applying = (self.own_value(key, scope, at), self.own_value(key, None, at), self._default(key, at))
        return next((value for value in applying if value is not None), None)

    def last_change(self, key: str, scope: Scope) -> int:
        """Return the rulebook version in which this rule last changed in this scope; 0 when never set."""
        return max((dated.version for dated in self.values.get((key, scope), ())), default=0)

    def evolve(self, event: Event) -> Self:
        """Return the rulebook after `event`."""
        match event:
            case RulesAdopted(values=values, effective_at=at, currency=currency):
                dated = _with(self.values, None, values, at, 1)
                return replace(self, version=1, started_at=at, values=dated, currency=currency)
            case VehicleRulesAdopted(vehicle_id=vehicle_id, values=values, effective_at=at, version=version):
                dated = _with(self.values, vehicle_id, values, at, version)
                return replace(self, version=version, values=dated, vehicles=self.vehicles | {vehicle_id})
            case RuleEnacted(proposal_id=proposal_id, parameter=key, vehicle_id=scope, version=version):
                dated = _dated(self.values, (key, scope), DatedValue(event.effective_at, version, event.value))
                return replace(self, version=version, values=dated, settled=self.settled | {proposal_id})
            case RuleConflicted(proposal_id=proposal_id):
                return replace(self, settled=self.settled | {proposal_id})
            case _:
                return self

    def _default(self, key: str, at: datetime) -> str | None:
        """Return the value of a rule younger than the co-op, which never adopted it."""
        return self.rule_of(key).default if self.started_at and self.started_at <= at else None


def _with(known: Values, scope: Scope, values: tuple[RuleValue, ...], at: datetime, version: int) -> Values:
    for stated in values:
        known = _dated(known, (stated.parameter, scope), DatedValue(at, version, stated.value))
    return known


def _dated(known: Values, key: tuple[str, Scope], dated: DatedValue) -> Values:
    in_order = sorted((*known.get(key, ()), dated), key=lambda value: (value.effective_at, value.version))
    return {**known, key: tuple(in_order)}


def _conflicted(decision: Decision, changed_in: int) -> RuleConflicted:
    return RuleConflicted(
        proposal_id=decision.proposal_id,
        parameter=decision.parameter,
        vehicle_id=decision.vehicle_id,
        changed_in_version=changed_in,
    )
