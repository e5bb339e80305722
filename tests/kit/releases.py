"""Other releases: what an earlier one stored, to the byte, and a rule that a later one might add."""

from uuid import UUID

from eventsourcing.persistence import StoredEvent

from governance.rules.rule import Kind, Rule
from kernel.event import Event
from kernel.log.mapper import EventMapper

GRACE = Rule(
    key="late_grace_minutes",
    kind=Kind.DURATION,
    unit="min",
    label="Grace for a late return",
    template="A return up to {value} late costs nothing.",
    default="0",
    since=3,
    high="60",
    per_vehicle=True,
)

_ENVELOPE = (
    b'{"coop_id":"00000000-0000-0000-0000-000000000001","by":null,'
    b'"command_id":"00000000-0000-0000-0000-000000000009",'
    b'"effective_at":"2026-03-02T11:00:00Z","recorded_at":"2026-03-02T11:00:00Z","event":%b}'
)

COOP_STARTED_BY_0_1_0 = (
    b'{"coop_name":"Les Voisins du Diois","commune_code":"26113","commune_name":"Die","departement":"Dr\xc3\xb4me",'
    b'"time_zone":"Europe/Paris","currency":"EUR","language":"fr","pack":"light","accent":"green",'
    b'"charter_version":"2026-09"}'
)

RULES_ADOPTED_BY_0_1_0 = (
    b'{"pack":"light","values":[{"parameter":"price_per_km","value":"0.30"},'
    b'{"parameter":"price_per_hour","value":"0.00"},{"parameter":"day_cap_hours","value":"10"},'
    b'{"parameter":"max_duration_hours","value":"72"},{"parameter":"min_duration_minutes","value":"30"},'
    b'{"parameter":"advance_horizon_days","value":"60"},{"parameter":"min_notice_hours","value":"0"},'
    b'{"parameter":"max_active_bookings","value":"3"},{"parameter":"buffer_minutes","value":"0"},'
    b'{"parameter":"approval_timeout_hours","value":"12"},{"parameter":"cancel_free_hours","value":"24"},'
    b'{"parameter":"early_take_minutes","value":"30"},{"parameter":"balance_limit","value":"-150.00"},'
    b'{"parameter":"settlement_period","value":"quarter"},{"parameter":"quorum","value":"1/3"},'
    b'{"parameter":"majority","value":"more_than_half"},{"parameter":"vote_duration_days","value":"7"}],'
    b'"effective_at":"2026-03-02T11:00:00Z"}'
)

HOUSE_RULES_SET_BY_0_1_0 = (
    b'{"vehicle_id":"00000000-0000-0000-0000-000000000002","rules":{"min_duration_minutes":30,'
    b'"max_duration_hours":72,"min_notice_hours":0,"advance_horizon_days":60,"max_active_bookings":3,'
    b'"buffer_minutes":0,"early_take_minutes":30,"approval_timeout_hours":12,"cancel_free_hours":24}}'
)


def as_read_today(name: str, event: bytes) -> Event:
    """Return an event that stands in the log of a co-op which started on 2 March 2026."""
    state = _ENVELOPE % event
    stored = StoredEvent(originator_id=UUID(int=7), originator_version=1, topic=name, state=state)
    return EventMapper().to_domain_event(stored).event
