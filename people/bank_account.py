"""Where a person is paid: kept sealed for her alone, so that another's IBAN in its place opens as nothing.

Who can write to the database and has no secret cannot have anyone paid elsewhere.
"""

from uuid import UUID

import msgspec

from kernel.privacy import Keyring

PURPOSE = "bank accounts of people"


class BankAccount(msgspec.Struct, frozen=True):
    """An IBAN, and the holder's name as the bank knows it; without one, the person's own name is meant."""

    iban: str
    holder: str | None


def sealed_account(keyring: Keyring, person_id: UUID, account: BankAccount) -> bytes:
    """Return a bank account as it is kept of a person."""
    return keyring.seal_as(PURPOSE, person_id, msgspec.json.encode(account))


def opened_account(keyring: Keyring, person_id: UUID, sealed: bytes | None) -> BankAccount | None:
    """Return what was kept; `None` for nothing, and for what was not sealed here for this very person."""
    plain = keyring.open_as(PURPOSE, person_id, sealed) if sealed else None
    return msgspec.json.decode(plain, type=BankAccount) if plain else None
