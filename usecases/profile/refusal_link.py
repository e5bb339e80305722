"""The link by which whoever has a member's former mailbox refuses that her address be changed.

It is good for what was asked under one number, for as long as that is under way; nothing of it is stored.
"""

from typing import NamedTuple
from uuid import UUID

from kernel.privacy import Keyring
from usecases.mailed.sealed import read_sealed_token, sealed_token

PURPOSE = "links that refuse a recovery"
_ID, _NUMBER = 16, 4  # bytes: with the seal 54 in all, which is 72 letters and nothing to pad


class ToRefuse(NamedTuple):
    """What a link refuses: what was asked for a member of a co-op under a number."""

    coop_id: UUID
    member_id: UUID
    number: int


def refusal_token(keyring: Keyring, about: ToRefuse) -> str:
    """Return the secret at the end of the link."""
    said = about.coop_id.bytes + about.member_id.bytes + about.number.to_bytes(_NUMBER)
    return sealed_token(keyring, PURPOSE, said)


def read_refusal_token(keyring: Keyring, token: str) -> ToRefuse:
    """Return what a secret is about; refuses with `Unknown` one that was not made here."""
    said = read_sealed_token(keyring, PURPOSE, token, 2 * _ID + _NUMBER)
    coop_id, member_id = UUID(bytes=said[:_ID]), UUID(bytes=said[_ID : 2 * _ID])
    return ToRefuse(coop_id, member_id, int.from_bytes(said[2 * _ID :]))
