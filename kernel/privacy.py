"""What people write, kept so that it can be forgotten.

Events are permanent; a person may ask to be forgotten. Free text by a person stands in events as `Sealed`: encrypted
with a key of that person alone, itself wrapped by the installation's key. Forgetting drops the key; the log stays as it
is and still verifies, and nobody can read the text again.
"""

import hmac
import os
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, Connection, LargeBinary, Select, Table, Uuid, delete, insert, select

from kernel.tables import keep_value, known_value, precious

personal_keys = Table(
    "personal_keys",
    precious,
    Column("coop_id", Uuid, primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

COMMANDS = "digests of commands"
WRAPPING = "wrapping of personal keys"
_NONCE = 12
_CHECK = "secret"
_NOBODY = UUID(int=0)


class Sealed(msgspec.Struct, frozen=True):
    """Text only its subject's key can open: AES-256-GCM, nonce first, the subject's id authenticated with it."""

    coop_id: UUID
    subject: UUID
    cipher: bytes


class Keyring:
    """Seals and opens with the keys of one installation (`secret`: 32 bytes, from the environment)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._wrap = AESGCM(self.key_for(WRAPPING))
        self._wrap_of_0_1_0 = AESGCM(secret)  # personal keys made then keep it; nothing new is wrapped so
        self._digests = self.key_for(COMMANDS)

    def key_for(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, always the same: who learns them learns no other's, nor the secret.

        It is HKDF with SHA-256 (RFC 5869), the purpose its `info`.
        """
        return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(self._secret)

    def digest(self, text: str) -> str:
        """Return 64 hexadecimal digits of a text that nobody without the secret can try texts against."""
        return hmac.digest(self._digests, text.encode(), "sha256").hex()

    def seal_as(self, purpose: str, subject: UUID, plain: bytes) -> bytes:
        """Return what `open_as` opens for the same purpose and subject, and under this secret, alone."""
        return _encrypt(AESGCM(self.key_for(purpose)), plain, subject)

    def open_as(self, purpose: str, subject: UUID, sealed: bytes) -> bytes | None:
        """Return what was sealed; `None` for what was not, or for something or somebody else."""
        try:
            return _decrypt(AESGCM(self.key_for(purpose)), sealed, subject)
        except (InvalidTag, ValueError):  # too short to be sealed
            return None

    def seal(self, connection: Connection, coop_id: UUID, subject: UUID, text: str) -> Sealed:
        """Return `text` sealed for `subject`, whose key is made at first use."""
        key = self._key(connection, coop_id, subject) or self._new_key(connection, coop_id, subject)
        return Sealed(coop_id, subject, _encrypt(AESGCM(key), text.encode(), subject))

    def open(self, connection: Connection, sealed: Sealed | None) -> str | None:
        """Return the text, or `None` once its subject has been forgotten (or when nothing was sealed)."""
        return self.open_all(connection, [sealed]).get(sealed) if sealed else None

    def open_all(self, connection: Connection, texts: Iterable[Sealed]) -> dict[Sealed, str]:
        """Return the texts that can still be read, however many: their keys are asked for at once."""
        wanted = {*texts}
        if not wanted:
            return {}
        keys = {(row.coop_id, row.subject): row.wrapped for row in connection.execute(_keys_of(wanted))}
        opened = {
            sealed: self._opened(sealed, keys[sealed.coop_id, sealed.subject])
            for sealed in wanted
            if (sealed.coop_id, sealed.subject) in keys
        }
        return {sealed: text for sealed, text in opened.items() if text is not None}

    def forget(self, connection: Connection, coop_id: UUID, subject: UUID) -> None:
        """Drop the subject's key: whatever was sealed with it is gone for good."""
        connection.execute(delete(personal_keys).where(_of(coop_id, subject)))

    def broken_keys(self, connection: Connection) -> Iterator[tuple[UUID, UUID]]:
        """Give whose keys do not open under this secret: the co-op and the subject of each."""
        for row in connection.execute(select(personal_keys).execution_options(yield_per=1_000)):
            try:
                self._unwrapped(row.wrapped, row.subject)
            except (InvalidTag, ValueError):  # too short to be one
                yield row.coop_id, row.subject

    def fits(self, connection: Connection) -> bool:
        """Tell whether this is the secret the database was sealed with: whether its check value opens.

        Before there is one, whether a personal key opens; where there is none either, any secret fits.
        """
        wrapped, subject = known_value(connection, _CHECK), _NOBODY
        if wrapped is None:
            row = connection.execute(select(personal_keys).limit(1)).first()
            if row is None:
                return True
            wrapped, subject = row.wrapped, row.subject
        try:
            self._unwrapped(wrapped, subject)
        except (InvalidTag, ValueError):  # too short to be one
            return False
        return True

    def keep_check(self, connection: Connection) -> None:
        """Keep a sealed check value, where there is none; to be asked only once this secret `fits`."""
        if known_value(connection, _CHECK) is None:
            keep_value(connection, _CHECK, _encrypt(self._wrap, b"", _NOBODY))

    def _key(self, connection: Connection, coop_id: UUID, subject: UUID) -> bytes | None:
        wrapped = connection.execute(select(personal_keys.c.wrapped).where(_of(coop_id, subject))).scalar()
        return self._unwrapped(wrapped, subject) if wrapped else None

    def _unwrapped(self, wrapped: bytes, subject: UUID) -> bytes:
        try:
            return _decrypt(self._wrap, wrapped, subject)
        except InvalidTag:
            return _decrypt(self._wrap_of_0_1_0, wrapped, subject)

    def _opened(self, sealed: Sealed, wrapped: bytes) -> str | None:
        key = self._unwrapped(wrapped, sealed.subject)
        try:
            return _decrypt(AESGCM(key), sealed.cipher, sealed.subject).decode()
        except InvalidTag:
            return None  # sealed with a key that was forgotten, then made again

    def _new_key(self, connection: Connection, coop_id: UUID, subject: UUID) -> bytes:
        key = AESGCM.generate_key(256)
        wrapped = _encrypt(self._wrap, key, subject)
        connection.execute(insert(personal_keys).values(coop_id=coop_id, subject=subject, wrapped=wrapped))
        return key


def _of(coop_id: UUID, subject: UUID):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return (personal_keys.c.coop_id == coop_id) & (personal_keys.c.subject == subject)


def _keys_of(texts: Collection[Sealed]) -> Select[Any]:
    coops, subjects = {sealed.coop_id for sealed in texts}, {sealed.subject for sealed in texts}
    wanted = (personal_keys.c.coop_id.in_(coops), personal_keys.c.subject.in_(subjects))
    return select(personal_keys).where(*wanted)


def _encrypt(cipher: AESGCM, plain: bytes, subject: UUID) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, subject.bytes)


def _decrypt(cipher: AESGCM, sealed: bytes, subject: UUID) -> bytes:
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], subject.bytes)
