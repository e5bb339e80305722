"""The rules members may vote: each with its type, bounds, unit and the plain sentence that says it.

A rule is a typed parameter, never code: what a proposal may change is exactly this list, an unknown key is refused.
A value is kept as one canonical text (`0.34`, `72`, `1/3`, `quarter`), read here into an exact number.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import msgspec

from kernel.refused import Refused

Value = Decimal | int | Fraction | str


class Kind(StrEnum):
    """What a value is, which says how it is read and shown."""

    MONEY = "money"
    MONEY_PER_KM = "money_per_km"
    MONEY_PER_HOUR = "money_per_hour"
    DURATION = "duration"
    INT = "int"
    FRACTION = "fraction"
    ENUM = "enum"


class ChangeClass(StrEnum):
    """How hard a rule is to change: the rules of voting themselves ask for two thirds."""

    ORDINARY = "ordinary"
    VOTING = "voting"


class UnknownRule(Refused):
    """There is no rule called {parameter}."""


class NotAValue(Refused):
    """“{text}” is not a value this rule can take."""


class OutOfBounds(Refused):
    """This rule goes from {low} to {high}; {text} is outside."""


_DECIMALS = {Kind.MONEY: 2, Kind.MONEY_PER_KM: 4, Kind.MONEY_PER_HOUR: 4}


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One votable rule. `low` and `high` are included; `or_zero` lets 0 stand below `low` (a bike may be free).

    `label`, `template` and `choices` values are English sentences, the keys of their translations. `unit` is `EUR/km`,
    `EUR/h`, `EUR`, `min`, `h`, `d`, or empty. `notice_days` is the least time between the vote's close and the effect.
    """

    key: str
    kind: Kind
    unit: str
    label: str
    template: str
    low: str = "0"
    high: str = "1"
    or_zero: bool = False
    choices: dict[str, str] = {}
    per_vehicle: bool = False
    change_class: ChangeClass = ChangeClass.ORDINARY
    notice_days: int = 0

    def read(self, text: str) -> Value:
        """Return the exact value `text` stands for; refuses no value (`NotAValue`) and one outside (`OutOfBounds`)."""
        if self.kind is Kind.ENUM:
            if text not in self.choices:
                raise NotAValue(text=text)
            return text
        value = self._number(text.strip().replace(",", "."))
        if value is None:
            raise NotAValue(text=text)
        free = self.or_zero and value == 0
        if not free and not Fraction(self.low) <= Fraction(value) <= Fraction(self.high):
            raise OutOfBounds(low=self.low, high=self.high, text=text)
        return value

    def canonical(self, text: str) -> str:
        """Return the one way this value is written: `0,340` is `0.34`, `2/6` is `1/3`; refuses like `read`."""
        value = self.read(text)
        if isinstance(value, Decimal):
            return str(value.quantize(Decimal("0.01")) if value == round(value, 2) else value.normalize())
        return str(value)

    def _number(self, text: str) -> Decimal | int | Fraction | None:
        if self.kind is Kind.FRACTION:
            fraction = re.fullmatch(r"(\d{1,6})(?:/([1-9]\d{0,5}))?", text, re.ASCII)
            return Fraction(int(fraction[1]), int(fraction[2] or 1)) if fraction else None
        if self.kind in _DECIMALS:
            decimal = re.fullmatch(r"-?\d{1,7}(?:\.(\d{1,4}))?", text, re.ASCII)
            return Decimal(text) + 0 if decimal and len(decimal[1] or "") <= _DECIMALS[self.kind] else None
        return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None

    def in_english(self, text: str) -> str:
        """Return the rule as an English sentence with the canonical value `text` in it."""
        return self.template.format(value=self.choices.get(text) or f"{text} {self.unit}".strip())


def parameter(key: str) -> Parameter:
    """Return the votable rule called `key`; refuses an unknown one."""
    if key not in CATALOGUE:
        raise UnknownRule(parameter=key)
    return CATALOGUE[key]


_ALL = (
    Parameter(
        key="price_per_km",
        kind=Kind.MONEY_PER_KM,
        unit="EUR/km",
        label="Price per km",
        template="Each km costs {value}.",
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
        high="4",
        per_vehicle=True,
    ),
    Parameter(
        key="day_cap_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Hours charged per day, at most",
        template="In a day, at most {value} are charged.",
        low="1",
        high="24",
        per_vehicle=True,
    ),
    Parameter(
        key="max_duration_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Longest booking",
        template="A booking lasts at most {value}.",
        low="1",
        high="720",
        per_vehicle=True,
    ),
    Parameter(
        key="min_duration_minutes",
        kind=Kind.DURATION,
        unit="min",
        label="Shortest booking",
        template="A booking lasts at least {value}.",
        low="15",
        high="1440",
        per_vehicle=True,
    ),
    Parameter(
        key="advance_horizon_days",
        kind=Kind.DURATION,
        unit="d",
        label="How far ahead one books",
        template="One books at most {value} ahead.",
        low="7",
        high="365",
        per_vehicle=True,
    ),
    Parameter(
        key="min_notice_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Notice before a booking starts",
        template="One books at least {value} before leaving.",
        high="72",
        per_vehicle=True,
    ),
    Parameter(
        key="max_active_bookings",
        kind=Kind.INT,
        unit="",
        label="Bookings to come per member",
        template="A member has at most {value} bookings to come.",
        low="1",
        high="10",
    ),
    Parameter(
        key="buffer_minutes",
        kind=Kind.DURATION,
        unit="min",
        label="Gap between two bookings",
        template="Between two bookings, {value} stay free.",
        high="240",
        per_vehicle=True,
    ),
    Parameter(
        key="approval_timeout_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Time to answer a request",
        template="An owner has {value} to answer; after that the request lapses.",
        low="1",
        high="72",
        per_vehicle=True,
    ),
    Parameter(
        key="cancel_free_hours",
        kind=Kind.DURATION,
        unit="h",
        label="Free cancelling",
        template="Cancelling is free until {value} before the start.",
        high="72",
    ),
    Parameter(
        key="early_take_minutes",
        kind=Kind.DURATION,
        unit="min",
        label="Taking the keys early",
        template="Keys can be taken up to {value} before the booked hours.",
        high="120",
        per_vehicle=True,
    ),
    Parameter(
        key="balance_limit",
        kind=Kind.MONEY,
        unit="EUR",
        label="Lowest balance after a gift",
        template="A gift to the co-op leaves nobody with a balance under {value}.",
        low="-1000",
        high="0",
    ),
    Parameter(
        key="settlement_period",
        kind=Kind.ENUM,
        unit="",
        label="How often accounts are settled",
        template="Accounts are settled {value}.",
        choices={"month": "every month", "quarter": "every quarter", "on_demand": "when someone asks"},
    ),
    Parameter(
        key="quorum",
        kind=Kind.FRACTION,
        unit="",
        label="Quorum",
        template="A vote counts when at least {value} of the members took part.",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Parameter(
        key="majority",
        kind=Kind.ENUM,
        unit="",
        label="Majority",
        template="A proposal passes with {value} of the votes for and against.",
        choices={
            "more_than_half": "more than half",
            "two_thirds": "at least two thirds",
            "three_quarters": "at least three quarters",
        },
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Parameter(
        key="vote_duration_days",
        kind=Kind.DURATION,
        unit="d",
        label="Length of a vote",
        template="A vote stays open {value}.",
        low="3",
        high="30",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
)

CATALOGUE = {one.key: one for one in _ALL}
