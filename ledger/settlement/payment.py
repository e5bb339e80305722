"""Paying from bank to bank: a creditor reference that can be checked, and the text of a code that bank apps read.

The reference is ISO 11649 ("RF…"), the code EPC069-12 version 002. Many French bank apps read neither, so a page always
shows IBAN, amount and reference beside the code.
"""

from typing import NamedTuple
from uuid import UUID

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from kernel.money import EURO, Money
from kernel.refused import Refused
from people.bank_account import NotAnIban, is_in_sepa, sound_iban

MOST_BYTES = 331  # version 13 at error level M
_MOST_NAME = 70
_REFERENCE_DIGITS = 12
_LEAST, _MOST = 1, 99_999_999_999


class IbanUnsound(Refused):
    """This IBAN is not right. Check it against your bank's paper."""


class BicUnsound(Refused):
    """This BIC is not right. You can leave it empty."""


class NotPayable(Refused):
    """A code that banks read needs an amount in euros, from 0.01 € on, an account of the SEPA area and its holder."""


class Payee(NamedTuple):
    """Whom to pay: the account holder's exact name, as the payer's bank will check it, and a sound IBAN."""

    name: str
    iban: str
    bic: str = ""


def creditor_reference(line_id: UUID) -> str:
    """Return the ISO 11649 reference of a plan line: "RF", two check digits, twelve digits drawn from its id."""
    body = f"{line_id.int % 10**_REFERENCE_DIGITS:0{_REFERENCE_DIGITS}d}"
    return f"RF{check_digits(body)}{body}"


def check_digits(body: str) -> str:
    """Return the two check digits of a reference body: 98 - (digits of body + "RF00") mod 97, letters as 10 to 35."""
    return f"{98 - _digits(body + 'RF00') % 97:02d}"


def sound_bic(text: str) -> str:
    """Return the BIC, or the empty text for none; `BicUnsound` when it is none."""
    try:
        return str(BIC(text)) if text.strip() else ""
    except (SchwiftyException, ValueError) as error:
        raise BicUnsound from error


def epc_payload(payee: Payee, amount: Money, reference: str) -> str:
    """Return the text of an EPC069-12 code (UTF-8, at most 331 bytes) for a transfer in euros with its reference.

    The amount always has two decimals. A holder's name beyond 70 characters, or too long for the code, is cut.
    """
    name = " ".join(payee.name.split())[:_MOST_NAME]
    try:
        iban = sound_iban(payee.iban)
    except NotAnIban as error:
        raise IbanUnsound from error
    if not name or not is_in_sepa(iban) or not _LEAST <= amount.cents <= _MOST or amount.currency != EURO:
        raise NotPayable
    euros = f"{EURO}{amount.amount:.2f}"
    while True:
        lines = ("BCD", "002", "1", "SCT", sound_bic(payee.bic), name, iban, euros, "", reference)
        payload = "\n".join(lines)
        if len(payload.encode()) <= MOST_BYTES:
            return payload
        name = name[:-1]


def _digits(text: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in text))
