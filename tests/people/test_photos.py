"""Photos: kept once, each in its own co-op."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine

from kernel.database import writing
from kernel.privacy import Keyring
from kernel.refused import CommandReused
from people.photos import digest_of, keep_photo, photo
from people.pictures import plain_jpeg
from tests.kit.pictures import jpeg as taken
from tests.kit.races import at_once

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
KEYRING = Keyring(bytes(32))
HERE, THERE, PHOTO = UUID(int=1), UUID(int=2), UUID(int=3)


def test_a_photo_is_kept_once_and_in_its_own_co_op(engine: Engine) -> None:
    jpeg, other = plain_jpeg(io.BytesIO(taken())), plain_jpeg(io.BytesIO(taken("red")))
    with writing(engine) as connection:
        keep_photo(connection, KEYRING, HERE, PHOTO, jpeg, NOW)
        keep_photo(connection, KEYRING, HERE, PHOTO, jpeg, NOW)
        with pytest.raises(CommandReused):
            keep_photo(connection, KEYRING, HERE, PHOTO, other, NOW)
        assert photo(connection, HERE, PHOTO) == jpeg
        assert photo(connection, THERE, PHOTO) is None


def test_a_photo_sent_twice_at_once_is_kept_once(engine: Engine) -> None:
    jpeg = plain_jpeg(io.BytesIO(taken()))

    def keep() -> None:
        with writing(engine) as connection:
            keep_photo(connection, KEYRING, HERE, PHOTO, jpeg, NOW)

    assert at_once(keep, keep, keep) == [None] * 3


def test_what_stands_beside_a_photo_is_made_by_the_secret_of_its_co_op_its_id_and_its_bytes() -> None:
    told = (
        digest_of(KEYRING, HERE, PHOTO, b"one"),
        digest_of(Keyring(b"1" * 32), HERE, PHOTO, b"one"),
        digest_of(KEYRING, THERE, PHOTO, b"one"),
        digest_of(KEYRING, HERE, UUID(int=4), b"one"),
        digest_of(KEYRING, HERE, PHOTO, b"other"),
    )
    assert len({*told}) == len(told)
