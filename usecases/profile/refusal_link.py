"""The link by which whoever has a member's former mailbox refuses that her address be changed.

It is good for what was asked under one number, for as long as that is under way; nothing of it is stored.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import NamedTuple
from uuid import UUID

from kernel.privacy import Keyring
from kernel.refused import Unknown

PURPOSE = "links that refuse a recovery"
_ID, _NUMBER, _SEAL = 16, 4, 18  # bytes: 54 in all, which is 72 letters and nothing to pad


class ToRefuse(NamedTuple):
    """What a link refuses: what was asked for a member of a co-op under a number."""

    coop_id: UUID
    member_id: UUID
    number: int


def refusal_token(keyring: Keyring, about: ToRefuse) -> str:
    """Return the secret at the end of the link."""
    said = about.coop_id.bytes + about.member_id.bytes + about.number.to_bytes(_NUMBER)
    return urlsafe_b64encode(said + _seal(keyring, said)).decode()


def read_refusal_token(keyring: Keyring, token: str) -> ToRefuse:
    """Return what a secret is about; refuses with `Unknown` one that was not made here."""
    try:
        read = urlsafe_b64decode(token.encode())
    except (Error, ValueError) as error:
        raise Unknown from error
    said, seal = read[:-_SEAL], read[-_SEAL:]
    if len(said) != 2 * _ID + _NUMBER or not hmac.compare_digest(seal, _seal(keyring, said)):
        raise Unknown
    coop_id, member_id = UUID(bytes=said[:_ID]), UUID(bytes=said[_ID : 2 * _ID])
    return ToRefuse(coop_id, member_id, int.from_bytes(said[2 * _ID :]))


def _seal(keyring: Keyring, said: bytes) -> bytes:
    return hmac.digest(keyring.key_for(PURPOSE), said, "sha256")[:_SEAL]
