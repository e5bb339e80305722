"""Where a person is paid: kept sealed for her alone, so that another's IBAN in its place opens as nothing.

Who can write to the database and has no secret cannot have anyone paid elsewhere.
"""

from uuid import UUID

import msgspec
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from kernel.privacy import Keyring
from kernel.refused import Refused

PURPOSE = "bank accounts of people"
_PARTED_BY = str.maketrans("", "", " .-\u00a0\u202f")


class NotAnIban(Refused):
    """“{text}” is not an IBAN: check the letters and digits on the bank's paper."""


class BankAccount(msgspec.Struct, frozen=True):
    """An IBAN, and the holder's name as the bank knows it; without one, the person's own name is meant."""

    iban: str
    holder: str | None


def sound_iban(text: str) -> str:
    """Return the IBAN in `text`, in capitals, without the spaces, dots and dashes that part it.

    `NotAnIban` unless its country, its length, its check digits and those of its country (in France the RIB's key)
    are right.
    """
    try:
        return str(IBAN(text.translate(_PARTED_BY), validate_bban=True))
    except (SchwiftyException, ValueError) as error:
        raise NotAnIban(text=text) from error


def is_in_sepa(iban: str) -> bool:
    """Tell whether an account is paid in euros like any of one's own country (the SEPA area)."""
    return bool(IBAN(iban).in_sepa_zone)


def sealed_account(keyring: Keyring, person_id: UUID, account: BankAccount) -> bytes:
    """Return a bank account as it is kept of a person."""
    return keyring.seal_as(PURPOSE, person_id, msgspec.json.encode(account))


def opened_account(keyring: Keyring, person_id: UUID, sealed: bytes | None) -> BankAccount | None:
    """Return what was kept; `None` for nothing, and for what was not sealed here for this very person."""
    plain = keyring.open_as(PURPOSE, person_id, sealed) if sealed else None
    return msgspec.json.decode(plain, type=BankAccount) if plain else None
