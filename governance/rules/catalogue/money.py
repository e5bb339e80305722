"""How far a balance may fall, and when accounts are settled."""

from governance.rules.parameters import Kind, Parameter

RULES = (
    Parameter(
        key="balance_limit",
        kind=Kind.MONEY,
        unit="EUR",
        label="Lowest balance after a gift",
        template="A gift to the co-op leaves nobody with a balance under {value}.",
        default="-1000.00",
        low="-1000",
        high="0",
    ),
    Parameter(
        key="settlement_period",
        kind=Kind.ENUM,
        unit="",
        label="How often accounts are settled",
        template="Accounts are settled {value}.",
        default="on_demand",
        choices={"month": "every month", "quarter": "every quarter", "on_demand": "when someone asks"},
    ),
)
