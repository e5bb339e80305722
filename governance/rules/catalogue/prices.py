"""What a trip costs."""

from governance.rules.rule import Kind, Rule
from kernel.money import EURO, per
from kernel.text import N_

RULES = (
    Rule(
        key="price_per_km",
        kind=Kind.MONEY_PER_KM,
        unit=per(EURO, "km"),
        label=N_("Price per km"),
        template=N_("Each km costs {value}."),
        zero=N_("The kilometres are free."),
        nothing=N_("nothing to pay"),
        default="0.00",
        low="0.10",
        high="0.70",
        or_zero=True,
        per_vehicle=True,
    ),
    Rule(
        key="price_per_hour",
        kind=Kind.MONEY_PER_HOUR,
        unit=per(EURO, "h"),
        label=N_("Price per hour"),
        template=N_("Each hour costs {value}."),
        zero=N_("The hours are free."),
        nothing=N_("nothing to pay"),
        default="0.00",
        high="4",
        per_vehicle=True,
    ),
    Rule(
        key="day_cap_hours",
        kind=Kind.DURATION,
        unit="h",
        label=N_("Hours charged per day, at most"),
        template=N_("In a day, at most {value} are charged."),
        default="24",
        low="1",
        high="24",
        per_vehicle=True,
    ),
)

PRICES = tuple(rule.key for rule in RULES)
"""The keys of what a trip costs."""
