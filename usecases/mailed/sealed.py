"""The secret at the end of a link: what it is about, sealed by a key of its purpose. Nothing of it is stored."""

import hmac
from base64 import b64decode, urlsafe_b64encode
from binascii import Error

from kernel.privacy import Keyring
from kernel.refused import Unknown

SEAL = 18  # bytes: with what is sealed a multiple of three, so that there is nothing to pad


def sealed_token(keyring: Keyring, purpose: str, said: bytes) -> str:
    """Return what is said in a link, with its seal."""
    return urlsafe_b64encode(said + _seal(keyring, purpose, said)).decode()


def read_sealed_token(keyring: Keyring, purpose: str, token: str, length: int) -> bytes:
    """Return the `length` bytes that a secret says; refuses with `Unknown` one that was not made here for this."""
    try:
        read = b64decode(token.encode(), altchars=b"-_", validate=True)
    except (Error, ValueError) as error:
        raise Unknown from error
    said, seal = read[:-SEAL], read[-SEAL:]
    if "=" in token or len(said) != length or not hmac.compare_digest(seal, _seal(keyring, purpose, said)):
        raise Unknown
    return said


def _seal(keyring: Keyring, purpose: str, said: bytes) -> bytes:
    return hmac.digest(keyring.key_for(purpose), said, "sha256")[:SEAL]
