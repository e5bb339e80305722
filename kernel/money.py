"""Money in whole minor units, and the one way an amount is split.

No float, no rounding account: what is split sums to what was given, on every machine, whatever the order of rows.
"""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import msgspec

_TYPED = re.compile(r"(-?)([0-9]{1,12})(?:[.,]([0-9]{0,12}))?")


class Money(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """An amount in whole minor units (`cents`) of one currency (ISO 4217). Arithmetic refuses to mix currencies."""

    cents: int
    currency: str = "EUR"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + self._same_currency(other).cents, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - self._same_currency(other).cents, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def _same_currency(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact: 1250 cents is `Decimal("12.50")`."""
        return Decimal(self.cents).scaleb(-2)

    @classmethod
    def parse(cls, text: str, currency: str = "EUR") -> "Money":
        """Read an amount as people type it (`60`, `12,50`, `1 234.5`); `ValueError` if none or finer than cents."""
        typed = _TYPED.fullmatch("".join(text.split()))
        if not typed:
            raise ValueError(f"{text!r} is not an amount")
        sign, whole, decimals = typed.groups(default="")
        if decimals[2:].strip("0"):
            raise ValueError(f"{text!r} has more than two decimals")
        cents = int(whole + decimals[:2].ljust(2, "0"))
        return cls(-cents if sign else cents, currency)


def to_cents(exact: Fraction) -> int:
    """Return the whole cents nearest to `exact` (a number of cents); a half goes away from zero, as on an invoice."""
    sign = -1 if exact < 0 else 1
    return sign * ((2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator))


def split(amount: int, weights: Mapping[UUID, int], cause: UUID) -> dict[UUID, int]:
    """Split `amount` (whole cents, any sign) by whole weights ≥ 0; the parts sum to it exactly.

    Largest remainder: each part is within one cent of its exact share, a weight of 0 gets nothing. Who gets a spare
    cent among equals depends only on `cause` (the event's id) and the member, never on the order of rows.
    `ValueError` when a weight is negative or none is positive.
    """
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("weights must be whole, none negative, one positive")
    parts = {member: amount * weight // total for member, weight in weights.items()}
    spare = amount - sum(parts.values())
    for member in sorted(weights, key=lambda m: (-(amount * weights[m] % total), _lot(cause, m)))[:spare]:
        parts[member] += 1
    return parts


def _lot(cause: UUID, member: UUID) -> bytes:
    return hashlib.sha256(cause.bytes + member.bytes).digest()


def spread(amount: int, months: int) -> list[int]:
    """Spread `amount` (whole cents) over `months` ≥ 1 parts: differences of floored running totals, so no drift."""
    running = [amount * month // months for month in range(months + 1)]
    return [after - before for before, after in pairwise(running)]
