"""Heads: where a co-op's chain stands, signed, to be kept by others than who hosts it.

A head that left the house binds everything before it: who writes the past anew, cuts its end off or puts an older copy
back can no longer make the chain pass there. It is signed with a key that stands in no database, so that nobody can say
somebody else has made it up.
"""

from collections.abc import Iterator
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, bindparam, select

from kernel.log.recorder import CHAIN_START, digest_of, events, link
from kernel.privacy import Keyring

AT_ONCE = 1_000  # links held in memory
SIGNING = "signatures of heads"

_LAST = (
    select(events.c.position, events.c.chain)
    .where(events.c.coop_id == bindparam("coop"))
    .order_by(events.c.position.desc())
    .limit(1)
)
_ALL = (
    select(events)
    .where(events.c.coop_id == bindparam("coop"))
    .order_by(events.c.position)
    .execution_options(yield_per=AT_ONCE)
)


class NotAHeadError(ValueError):
    """This is no head: one reads `co-op:position:hash:signature`, on one line."""


class Head(msgspec.Struct, frozen=True):
    """The last link (`hash`) of a co-op's chain at a position of the log."""

    coop_id: UUID
    position: int
    hash: bytes

    def __str__(self) -> str:
        """Return what is signed, and what its line begins with."""
        return f"{self.coop_id.hex}:{self.position}:{self.hash.hex()}"


class SignedHead(msgspec.Struct, frozen=True):
    """A head as it left the house, with its Ed25519 signature (RFC 8032)."""

    head: Head
    signature: bytes

    def __str__(self) -> str:
        """Return the one line that is copied and kept."""
        return f"{self.head}:{self.signature.hex()}"

    @classmethod
    def read(cls, line: str) -> "SignedHead":
        """Return the head a line tells of, whatever spaces a mail has put into it; `NotAHeadError` when it is none."""
        try:
            coop, position, digest, signature = "".join(line.split()).split(":")
            return cls(Head(UUID(coop), int(position), bytes.fromhex(digest)), bytes.fromhex(signature))
        except ValueError as error:
            raise NotAHeadError(NotAHeadError.__doc__) from error


class Signer:
    """Signs heads with a key derived from the installation's secret, and knows its own signatures again."""

    def __init__(self, keyring: Keyring) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(keyring.key_for(SIGNING))

    @property
    def public_key(self) -> str:
        """The key that anyone checks a signature with, in hexadecimal."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, head: Head) -> SignedHead:
        """Return a head as it may leave the house."""
        return SignedHead(head, self._private.sign(str(head).encode()))

    def has_signed(self, signed: SignedHead) -> bool:
        """Tell whether a head was signed here."""
        try:
            self._private.public_key().verify(signed.signature, str(signed.head).encode())
        except InvalidSignature:
            return False
        return True


def head_of(connection: Connection, coop_id: UUID) -> Head:
    """Return where a co-op's chain stands; before its first event, at nought."""
    last = connection.execute(_LAST, {"coop": coop_id}).one_or_none()
    return Head(coop_id, last.position, last.chain) if last else Head(coop_id, 0, CHAIN_START)


def links_of(connection: Connection, coop_id: UUID) -> Iterator[str]:
    """Give a co-op's chain line by line, asked for in one statement, a part of it in memory at a time.

    The first line is where it begins: the co-op, a position and the link there. Each other one is a position, the
    digest of the event there, and its link: SHA-256 over the link before and the digest. None says what events hold.
    What 0.1.0 recorded cannot be followed by digests: then it begins at the last link of that time.
    """
    start, begun = Head(coop_id, 0, CHAIN_START), False
    previous = start.hash
    for row in connection.execute(_ALL, {"coop": coop_id}):
        place = (row.position, coop_id.hex.encode(), row.stream_id.hex.encode(), row.version, row.name.encode())
        digest = digest_of(*place, row.state)
        if begun or link(previous, digest) == row.chain:
            if not begun:
                yield _beginning(start)
            begun = True
            yield f"{row.position} {digest.hex()} {row.chain.hex()}\n"
        else:
            start = Head(coop_id, row.position, row.chain)
        previous = row.chain
    if not begun:
        yield _beginning(start)


def _beginning(start: Head) -> str:
    return f"{start.coop_id.hex} {start.position} {start.hash.hex()}\n"
