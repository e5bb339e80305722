"""Questions about the rules: what applies now, what applied on a day, how a rule came to be what it is."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, select

from governance.local_time import start_of_day
from governance.read_models import rules
from governance.rules.catalogue import CATALOGUE, parameter
from governance.rules.parameters import Parameter, Value

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

    @property
    def rule(self) -> Parameter:
        """The rule itself: label, template, kind, unit, bounds."""
        return parameter(self.parameter)

    @property
    def exact(self) -> Value | None:
        """The value as a number (or a choice's key), exact."""
        return None if self.value is None else self.rule.read(self.value)

    @property
    def number(self) -> Decimal:
        """The value in the rule's unit, for what computes with it; `InvalidOperation` when it is no number."""
        return Decimal(str(self.exact))

    @property
    def sentence(self) -> str:
        """The rule in plain English."""
        return "The co-op's rule applies." if self.value is None else self.rule.in_english(self.value)


def rules_in_force(
    connection: Connection, coop_id: UUID, at: datetime, vehicle_id: UUID | None = None
) -> dict[str, RuleRow]:
    """Return, by parameter, what applies at an instant: the vehicle's own value where it has one, else the co-op's.

    Every rule of the catalogue is there from the co-op's start on, and none before.
    """
    dated = _rules(connection, _dated(coop_id).where(rules.c.effective_at <= at))
    latest = {(row.parameter, row.vehicle_id): row for row in dated}
    adopted = {key: row for (key, scope), row in latest.items() if scope is None}
    started = dated[0].effective_at if dated else None  # a co-op starts by adopting its first rules
    never = {key: _by_default(key, started) for key in CATALOGUE if started and key not in adopted}
    own = {key: row for (key, scope), row in latest.items() if vehicle_id and scope == vehicle_id and row.value}
    return adopted | never | own


def rules_on(
    connection: Connection, coop_id: UUID, day: date, time_zone: str, vehicle_id: UUID | None = None
) -> dict[str, RuleRow]:
    """Return what applied on a local day, at its end ("what applied on 3 May?")."""
    last = start_of_day(day + timedelta(days=1), time_zone) - timedelta(microseconds=1)
    return rules_in_force(connection, coop_id, last, vehicle_id)


def rule_history(
    connection: Connection, coop_id: UUID, key: str, vehicle_id: UUID | None = None
) -> tuple[RuleRow, ...]:
    """Return all dated values of a rule in exactly one scope, newest first.

    Last is the default, when the co-op never adopted the rule.
    """
    query = _dated(coop_id).where(rules.c.parameter == key, rules.c.vehicle_id.is_not_distinct_from(vehicle_id))
    dated = _rules(connection, query)
    if vehicle_id is None and not any(row.version == FIRST for row in dated):
        started = connection.execute(_dated(coop_id).where(rules.c.version == FIRST)).first()
        dated[:0] = [_by_default(key, started.effective_at)] if started else []
    return tuple(reversed(dated))


def _by_default(key: str, started: datetime) -> RuleRow:
    default = parameter(key).default
    return RuleRow(
        parameter=key, vehicle_id=None, value=default, effective_at=started, version=NEVER_ADOPTED, proposal_id=None
    )


def _dated(coop_id: UUID) -> Select[Any]:
    query = select(rules).where(rules.c.coop_id == coop_id)
    return query.order_by(rules.c.effective_at, rules.c.version)


def _rules(connection: Connection, query: Select[Any]) -> list[RuleRow]:
    columns = RuleRow.__struct_fields__
    return [RuleRow(**{name: row[name] for name in columns}) for row in connection.execute(query).mappings()]
