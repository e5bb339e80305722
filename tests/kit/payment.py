"""Reading what a payer's bank is given: the reference's check digits, and the text of an EPC069-12 code."""

from decimal import Decimal

from kernel.money import Money
from ledger.settlement.payment import Payee


def reference_is_sound(reference: str) -> bool:
    """Tell whether an ISO 11649 reference, spaces allowed, carries the right check digits."""
    plain = "".join(reference.split())
    moved = plain[4:] + plain[:4]
    return plain.startswith("RF") and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def read_epc(payload: str) -> tuple[Payee, Money, str]:
    """Return whom, how much and with which reference a payload says to pay."""
    _, _, _, _, bic, name, iban, euros, _, reference = payload.split("\n")
    return Payee(name, iban, bic), Money(int(Decimal(euros.removeprefix("EUR")).scaleb(2))), reference
