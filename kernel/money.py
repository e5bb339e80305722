"""Money in whole minor units, and the one way an amount is split.

No float, no rounding account: what is split sums to what was given, on every machine, whatever the order of rows.
"""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal
from uuid import UUID

import msgspec

from kernel.refused import Refused

_WHOLE, _FRACTION = r"(?P<whole>[0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{0,12})", r"(?P<decimals>[0-9]{0,12})"
_TYPED = re.compile(rf"(?P<sign>-?)(?=[.,]?[0-9]){_WHOLE}(?:[.,]{_FRACTION})?(?: ?(?P<unit>[^0-9.,\s-].{{0,5}}))?")
EURO: Final = "EUR"
PACIFIC_FRANC: Final = "XPF"
Currency = Literal["EUR", "XPF"]
"""What a co-op counts in."""
_SIGNS = {EURO: ("€",), PACIFIC_FRANC: ("F", "F CFP", "FCFP", "CFPF")}
_USUALLY = 2
_NO_DECIMALS = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV")
_DECIMALS = {  # ISO 4217, where they are not two
    **dict.fromkeys((*_NO_DECIMALS, "XAF", "XOF", PACIFIC_FRANC), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_A_THOUSAND = 3  # digits after a mark that may part thousands


def decimals_of(currency: str) -> int:
    """Return how many decimals a currency (ISO 4217) has: 2 for EUR, 0 for XPF, 3 for TND."""
    return _DECIMALS.get(currency, _USUALLY)


def sign_of(currency: str) -> str:
    """Return how a currency is marked beside a field: `€`, `F`; by its code where we know no sign."""
    return _SIGNS.get(currency, (currency,))[0]


def per(currency: str, unit: str) -> str:
    """Return what a price counts in: `EUR/km`."""
    return f"{currency}/{unit}"


class UnclearAmount(Refused):
    """{thousands} or {decimals}? Write which of the two."""


class Money(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """An amount in whole minor units (`cents`) of one currency (ISO 4217). Arithmetic refuses to mix currencies.

    The minor unit is the smallest that the currency has: a cent of the euro, a millime of the dinar, the franc itself.
    """

    cents: int
    currency: str = EURO

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
        return Decimal(self.cents).scaleb(-decimals_of(self.currency))

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> "Money":
        """Return an amount given in major units, as votes and prices are; what is finer than the currency falls off."""
        return cls(int(amount.scaleb(decimals_of(currency))), currency)

    @classmethod
    def parse(cls, text: str, currency: str = EURO) -> "Money":
        """Read an amount as people type it (`60`, `12,50`, `1 234.5`, `45,50 €`, `,50`).

        `ValueError` if it is none or finer than the currency; `UnclearAmount` where the one mark may part thousands or
        decimals: `1.500`. Of a currency without decimals it parts thousands, of one with three it parts those.
        """
        typed, most = _TYPED.fullmatch(" ".join(text.split())), decimals_of(currency)
        if not typed or typed["unit"] not in (None, currency, *_SIGNS.get(currency, ())):
            raise ValueError(f"{text!r} is not an amount")
        sign, whole, decimals = typed["sign"], typed["whole"].replace(" ", ""), typed["decimals"] or ""
        amount = cls(int(f"{sign}{whole or 0}{decimals[:most].ljust(most, '0')}"), currency)
        may_part_thousands = typed["whole"].isdigit() and whole[0] != "0" and len(decimals) == _A_THOUSAND
        if may_part_thousands and most != _A_THOUSAND:
            thousands = cls(int(f"{sign}{whole}{decimals}{'0' * most}"), currency)
            if most:
                raise UnclearAmount(thousands=thousands, decimals=amount)
            return thousands
        if decimals[most:].strip("0"):
            raise ValueError(f"{text!r} has more than {most} decimals")
        return amount


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


def accrued(amount: int, months: int, of: int) -> int:
    """Return what has accrued of `amount` (whole cents) after some `months` `of` all: rounded down, so no drift."""
    return amount * months // of
