"""Questions about the rules: what applies now, what applied on a day, how a rule came to be what it is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Select, or_, select

from governance.local_time import end_of_day
from governance.read_models import coops, proposals, rules
from governance.rules.catalogue import CATALOGUE, latest_version, rule_of
from governance.rules.packs import values_of
from governance.rules.rule import Rule, Value
from kernel.money import Money

_RULES = select(rules, coops.c.currency).join(coops, coops.c.coop_id == rules.c.coop_id)
NEVER_ADOPTED, FIRST = 0, 1  # versions of a rulebook: before its first, its first


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's value from an instant on. `value` is canonical text; `None` (a vehicle's only): the co-op's applies.

    `version` is the rulebook's. It is 0, without a proposal, for a rule younger than the co-op, which never adopted it:
    the catalogue's default applies, from the co-op's start.
    """

    parameter: str
    vehicle_id: UUID | None
    value: str | None
    effective_at: datetime
    version: int
    proposal_id: UUID | None
    currency: str

    @property
    def rule(self) -> Rule:
        """The rule itself: label, template, kind, unit, bounds."""
        return rule_of(self.parameter, self.currency)

    @property
    def exact(self) -> Value | None:
        """The value as a number (or a choice's key), exact."""
        return None if self.value is None else self.rule.read(self.value)

    @property
    def was_adopted(self) -> bool:
        """Whether it was ever adopted or voted here; else the catalogue's default applies."""
        return self.version != NEVER_ADOPTED

    @property
    def number(self) -> Decimal:
        """The value in the rule's unit, for what computes with it; `InvalidOperation` when it is no number."""
        return Decimal(str(self.exact))

    @property
    def cents(self) -> int:
        """The value of an amount, in whole minor units of the co-op's currency."""
        return Money.of(self.number, self.currency).cents


class DatedRules(msgspec.Struct, frozen=True):
    """The dated values of a co-op's rules and of its vehicles', in the order they take effect: asked for once."""

    rows: tuple[RuleRow, ...]

    def in_force(self, at: datetime, vehicle_id: UUID | None = None) -> dict[str, RuleRow]:
        """Return, by parameter, what applies at an instant: the vehicle's own value where it has one, else the co-op's.

        Every rule of the catalogue is there, in its order, from the co-op's start on; none before.
        """
        latest = self._latest(at)
        adopted = {key: row for (scope, key), row in latest.items() if scope is None}
        never = {key: _by_default(key, self.rows[0]) for key in CATALOGUE if latest and key not in adopted}
        own = {key: row for (scope, key), row in latest.items() if vehicle_id and scope == vehicle_id and row.value}
        found = adopted | never | own
        return {key: found[key] for key in CATALOGUE if key in found}

    def own_in_force(self, at: datetime) -> dict[UUID, dict[str, RuleRow]]:
        """Return, by vehicle and parameter, its own values that apply at an instant, in the catalogue's order."""
        places = {key: place for place, key in enumerate(CATALOGUE)}
        latest = [row for row in self._latest(at).values() if row.vehicle_id and row.value and row.parameter in places]
        own: defaultdict[UUID, dict[str, RuleRow]] = defaultdict(dict)
        for row in sorted(latest, key=lambda rule: places[rule.parameter]):
            own[row.vehicle_id][row.parameter] = row  # type: ignore[index]  # of a vehicle, as asked above
        return own

    def histories(self) -> dict[tuple[str, UUID | None], tuple[RuleRow, ...]]:
        """Return all dated values of each rule, newest first, by its parameter and its vehicle (`None`: the co-op).

        Last of a co-op's rule is the default, when it never adopted the rule.
        """
        dated: defaultdict[tuple[str, UUID | None], list[RuleRow]] = defaultdict(list)
        for row in self.rows:
            dated[row.parameter, row.vehicle_id].append(row)
        for key in CATALOGUE if self.rows else ():
            if not any(row.version == FIRST for row in dated[key, None]):
                dated[key, None].insert(0, _by_default(key, self.rows[0]))
        return {scope: tuple(reversed(rows)) for scope, rows in dated.items()}

    def _latest(self, at: datetime) -> dict[tuple[UUID | None, str], RuleRow]:
        return {(row.vehicle_id, row.parameter): row for row in self.rows if row.effective_at <= at}


def dated_rules(connection: Connection, coop_id: UUID) -> DatedRules:
    """Return every dated value of a co-op's rules and of all its vehicles', in one question."""
    return _dated(connection, _RULES.where(rules.c.coop_id == coop_id))


def rules_of_coop(connection: Connection, coop_id: UUID) -> DatedRules:
    """Return every dated value of a co-op's own rules, and none of its vehicles', in one question."""
    return _of_scope(connection, coop_id, None)


def rules_in_force(
    connection: Connection, coop_id: UUID, at: datetime, vehicle_id: UUID | None = None
) -> dict[str, RuleRow]:
    """Return, by parameter, what applies at an instant: the vehicle's own value where it has one, else the co-op's.

    Every rule of the catalogue is there, in its order, from the co-op's start on; none before.
    """
    return _of_scope(connection, coop_id, vehicle_id).in_force(at, vehicle_id)


def rules_on(
    connection: Connection, coop_id: UUID, day: date, time_zone: str, vehicle_id: UUID | None = None
) -> dict[str, RuleRow]:
    """Return what applied on a local day, at its end ("what applied on 3 May?")."""
    return rules_in_force(connection, coop_id, end_of_day(day, time_zone), vehicle_id)


def rule_history(
    connection: Connection, coop_id: UUID, key: str, vehicle_id: UUID | None = None
) -> tuple[RuleRow, ...]:
    """Return all dated values of a rule in exactly one scope, newest first.

    Last is the default, when the co-op never adopted the rule.
    """
    return _of_scope(connection, coop_id, vehicle_id).histories().get((key, vehicle_id), ())


class Unvoted(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that came after the co-op, which never voted on it: its value there, and what a co-op begins with now."""

    parameter: str
    value: str
    begun_with: str
    currency: str

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return rule_of(self.parameter, self.currency)


def unvoted(connection: Connection, coop_id: UUID, pack: str, at: datetime) -> tuple[Unvoted, ...]:
    """Return the rules that came after a co-op, were never put to its vote, and would change something there.

    `begun_with` is the value of its own pack today.
    """
    later = {key: row for key, row in rules_in_force(connection, coop_id, at).items() if not row.was_adopted}
    begun = values_of(pack, next(iter(later.values())).currency) if later else {}
    found = [
        Unvoted(parameter=key, value=row.value, begun_with=begun[key], currency=row.currency)
        for key, row in later.items()
        if row.value is not None and begun.get(key, row.value) != row.value
    ]
    if not found:
        return ()
    query = select(proposals.c.parameter).where(proposals.c.coop_id == coop_id, proposals.c.parameter.in_([*later]))
    proposed = {*connection.execute(query).scalars()}
    return tuple(one for one in found if one.parameter not in proposed)


def coops_to_tell(connection: Connection) -> Sequence[UUID]:
    """Return the co-ops that rules came after, of which their référents were not told."""
    query = select(coops.c.coop_id).where(coops.c.catalogue < latest_version())
    return connection.execute(query).scalars().all()


def _by_default(key: str, first: RuleRow) -> RuleRow:
    """Return the default of a rule, from a co-op's `first` on."""
    default = rule_of(key, first.currency).default
    return replace(first, parameter=key, vehicle_id=None, value=default, version=NEVER_ADOPTED, proposal_id=None)


def _of_scope(connection: Connection, coop_id: UUID, vehicle_id: UUID | None) -> DatedRules:
    """Return the dated values of a co-op's own rules, and of one vehicle's."""
    scope = or_(rules.c.vehicle_id.is_(None), rules.c.vehicle_id == vehicle_id)
    return _dated(connection, _RULES.where(rules.c.coop_id == coop_id, scope))


def _dated(connection: Connection, query: Select[Any]) -> DatedRules:
    columns = RuleRow.__struct_fields__
    rows = connection.execute(query.order_by(rules.c.effective_at, rules.c.version)).mappings()
    return DatedRules(tuple(RuleRow(**{name: row[name] for name in columns}) for row in rows))
