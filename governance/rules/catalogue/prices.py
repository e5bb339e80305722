"""What a trip costs."""

from governance.rules.parameters import Kind, Parameter

RULES = (
    Parameter(
        key="price_per_km",
        kind=Kind.MONEY_PER_KM,
        unit="EUR/km",
        label="Price per km",
        template="Each km costs {value}.",
        default="0.00",
        low="0.10",
        high="0.70",
        or_zero=True,
        per_vehicle=True,
    ),
    Parameter(
        key="price_per_hour",
        kind=Kind.MONEY_PER_HOUR,
        unit="EUR/h",
        label="Price per hour",
        template="Each hour costs {value}.",
        default="0.00",
        high="4",
        per_vehicle=True,
    ),
    Parameter(
        key="day_cap_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Hours charged per day, at most",
        template="In a day, at most {value} are charged.",
        default="24",
        low="1",
        high="24",
        per_vehicle=True,
    ),
)
