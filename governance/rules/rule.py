"""What a rule is that members may vote: its type, bounds, unit and the plain sentence that says it.

A rule is a typed parameter, never code; `catalogue` lists them all.
A value is kept as one canonical text (`0.34`, `72`, `1/3`, `quarter`), read here into an exact number.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import msgspec

from kernel.money import decimals_of
from kernel.refused import Refused
from kernel.text import N_

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


class NotAValue(Refused):
    """“{text}” is not a value this rule can take."""


class OutOfBounds(Refused):
    """This rule goes from {low} to {high}; {text} is outside."""


_FINER = {Kind.MONEY: 0, Kind.MONEY_PER_KM: 2, Kind.MONEY_PER_HOUR: 2}
"""How many decimals an amount may have beyond those of its currency."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One votable rule. `low` and `high` are included; `or_zero` lets 0 stand below `low` (a bike may be free).

    `label`, `template`, `zero` (what is said of 0, where the template would not say it), `nothing` (what 0 is called
    then) and `choices` values are English sentences, the keys of their translations. `unit` is a currency alone, per km
    or per hour (`EUR/km`, `EUR/h`, `EUR`), `min`, `h`, `d`, or empty. `notice_days` is the least time between the
    vote's close and the effect.

    `since` is the version of the catalogue that first had the rule: 1 is that of release 0.1.0, whose rules every co-op
    adopts when it starts. A rule added later takes the next number, and older co-ops follow its `default`: the
    canonical value under which nothing changes for them (what the rule would restrict, it restricts least).
    """

    key: str
    kind: Kind
    unit: str
    label: str
    template: str
    default: str
    since: int = 1
    low: str = "0"
    high: str = "1"
    or_zero: bool = False
    zero: str = ""
    nothing: str = N_("never")
    choices: dict[str, str] = {}
    per_vehicle: bool = False
    change_class: ChangeClass = ChangeClass.ORDINARY
    notice_days: int = 0

    @property
    def currency(self) -> str:
        """What an amount of it counts in (ISO 4217); empty where it is no amount."""
        return self.unit.partition("/")[0] if self.kind in _FINER else ""

    def read(self, text: str) -> Value:
        """Return the exact value `text` stands for; refuses with `NotAValue` or `OutOfBounds`."""
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
            usual = decimals_of(self.currency)
            return str(round(value, usual) if value == round(value, usual) else value.normalize())
        return str(value)

    def _number(self, text: str) -> Decimal | int | Fraction | None:
        if self.kind is Kind.FRACTION:
            fraction = re.fullmatch(r"(\d{1,6})(?:/([1-9]\d{0,5}))?", text, re.ASCII)
            return Fraction(int(fraction[1]), int(fraction[2] or 1)) if fraction else None
        if self.kind in _FINER:
            decimal = re.fullmatch(r"-?\d{1,9}(?:\.(\d{1,4}))?", text, re.ASCII)
            most = decimals_of(self.currency) + _FINER[self.kind]
            return Decimal(text) + 0 if decimal and len(decimal[1] or "") <= most else None
        return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None
