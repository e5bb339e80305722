"""Rule packs: the values a new co-op starts with, all of them open to vote afterwards."""

from governance.rules.catalogue import rule_of
from kernel.money import EURO, PACIFIC_FRANC
from kernel.refused import Refused


class UnknownPack(Refused):
    """There is no rule pack called {pack}."""


# Values seen in practice among neighbours who share; each lies inside its rule's bounds.
_LIGHT = {
    "price_per_km": "0.30",
    "price_per_hour": "0.00",
    "day_cap_hours": "10",
    "max_duration_hours": "72",
    "min_duration_minutes": "30",
    "advance_horizon_days": "60",
    "min_notice_hours": "0",
    "max_active_bookings": "3",
    "buffer_minutes": "0",
    "approval_timeout_hours": "12",
    "cancel_free_hours": "24",
    "early_take_minutes": "30",
    "balance_limit": "-150.00",
    "suspend_after_days": "45",
    "settlement_period": "quarter",
    "settlement_overdue_days": "14",
    "confirm_days": "14",
    "settlement_floor": "1.00",
    "plan_draft_hours": "48",
    "contest_days": "14",
    "steward_spend_limit": "150.00",
    "quorum": "1/3",
    "majority": "more_than_half",
    "vote_duration_days": "7",
}

_LIGHT_IN_FRANCS = {
    **_LIGHT,
    "price_per_km": "35",
    "price_per_hour": "0",
    "balance_limit": "-18000",
    "settlement_floor": "100",
    "steward_spend_limit": "18000",
}

PACKS = {"light": {EURO: _LIGHT, PACIFIC_FRANC: _LIGHT_IN_FRANCS}}


def values_of(pack: str, currency: str) -> dict[str, str]:
    """Return the pack's canonical values by rule, one for each of the catalogue, where one counts in a currency.

    Refuses an unknown pack.
    """
    if pack not in PACKS:
        raise UnknownPack(pack=pack)
    return {key: rule_of(key, currency).canonical(text) for key, text in PACKS[pack][currency].items()}
