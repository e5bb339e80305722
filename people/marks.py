"""Marks: by which a browser shows that somebody has come in by it before, so that strangers cannot use up her links.

A mark is a random half, and a seal of it that only this installation can make for that person. It says nothing to who
reads it and opens nothing: it gives whoever holds it an allowance of sign-in links of her own.
"""

import hmac
import secrets
from collections.abc import Iterator
from uuid import UUID

PURPOSE = "marks of browsers"
MOST = 5  # of those who share a browser; who came in longest ago goes first


def marked(key: bytes, kept: str, person_id: UUID) -> str:
    """Return what a browser is to keep once a person came in by it, of what it `kept` before; her mark is the last."""
    hers = mark_of(key, kept, person_id) or secrets.token_hex(12)
    others = [f"{mark}-{seal}" for mark, seal in _read(kept) if mark != hers]
    return ".".join([*others[1 - MOST :], f"{hers}-{_seal(key, hers, person_id)}"])


def mark_of(key: bytes, kept: str, person_id: UUID) -> str | None:
    """Return a person's mark among those a browser keeps, `None` when she never came in by it."""
    for mark, seal in _read(kept):
        if hmac.compare_digest(seal.encode(), _seal(key, mark, person_id).encode()):
            return mark
    return None


def _read(kept: str) -> Iterator[tuple[str, str]]:
    for pair in kept.split(".")[:MOST]:
        mark, sealed, seal = pair.partition("-")
        if sealed:
            yield mark, seal


def _seal(key: bytes, mark: str, person_id: UUID) -> str:
    return hmac.digest(key, mark.encode() + person_id.bytes, "sha256").hex()
