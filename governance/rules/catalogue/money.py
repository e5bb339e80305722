"""How far a balance may fall, and how accounts are settled."""

from governance.rules.rule import Kind, Rule
from kernel.text import N_

RULES = (
    Rule(
        key="balance_limit",
        kind=Kind.MONEY,
        unit="EUR",
        label=N_("Lowest balance after a gift"),
        template=N_("A gift to the co-op leaves nobody with a balance under {value}."),
        default="-1000.00",
        low="-1000",
        high="0",
    ),
    Rule(
        key="settlement_period",
        kind=Kind.ENUM,
        unit="",
        label=N_("How often accounts are settled"),
        template=N_("Accounts are settled {value}."),
        default="on_demand",
        choices={"month": N_("every month"), "quarter": N_("every quarter"), "on_demand": N_("when someone asks")},
    ),
    Rule(
        key="confirm_days",
        kind=Kind.DURATION,
        unit="d",
        label=N_("Time to confirm a transfer"),
        template=N_("Who receives a transfer has {value} to say that it has come; then the treasurer may, with proof."),
        default="14",
        since=2,
        low="3",
        high="60",
    ),
    Rule(
        key="settlement_floor",
        kind=Kind.MONEY,
        unit="EUR",
        label=N_("Smallest transfer of a plan"),
        template=N_("A settlement plan asks for no transfer under {value}: it is carried over to the next."),
        default="1.00",
        since=2,
        low="0",
        high="20",
    ),
    Rule(
        key="plan_draft_hours",
        kind=Kind.DURATION,
        unit="h",
        label=N_("Time to look at a settlement plan"),
        template=N_("A settlement plan is first a draft, which all can look at and have put right, for {value}."),
        default="0",
        since=2,
        low="0",
        high="168",
    ),
)
