"""What people wrote opens while they are known, and never again once they are forgotten."""

import hmac

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine, select

from kernel.command import Command, fingerprint
from kernel.event import Event
from kernel.log.history import History
from kernel.log.recorder import events
from kernel.log.remembered import commands
from kernel.log.transaction import Transaction
from kernel.log.verify import verify
from kernel.privacy import Keyring, Sealed, personal_keys
from tests.kernel.jars import ANNA, COOP, OTHER_COOP, Jar, asked, coins_in
from tests.kit.databases import SECRET
from tests.kit.plans import counted

WORDS = "Je vais à la gare de Valence, 3 rue du Lac."
BEN = type(ANNA)(int=11)


class NoteLeft(Event, frozen=True, kw_only=True):
    """A note was left in a jar."""

    note: Sealed


class LeaveNote(Command, frozen=True, kw_only=True):
    """Leave a note."""

    note: str


def leave(history: History, note: str) -> None:
    def decide(_: Jar, transaction: Transaction) -> list[Event]:
        return [NoteLeft(note=transaction.seal(ANNA, note))]

    history.start(Jar, asked().command_id, LeaveNote(coop_id=COOP, note=note), asked(), decide)


def test_what_was_sealed_opens(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        assert keyring.open(connection, keyring.seal(connection, COOP, ANNA, WORDS)) == WORDS


def test_what_is_kept_of_a_command_tells_nobody_without_the_secret_whether_he_guessed(
    jars: History,
) -> None:
    leave(jars, WORDS)
    guessed = fingerprint(LeaveNote(coop_id=COOP, note=WORDS), asked())
    with jars.engine.connect() as connection:
        kept = connection.execute(select(commands.c.fingerprint)).scalars().all()
    assert guessed not in kept
    assert jars.keyring.digest(guessed) in kept


def test_nothing_sealed_opens_as_nothing(engine: Engine, keyring: Keyring) -> None:
    with engine.connect() as connection:
        assert keyring.open(connection, None) is None


def test_what_was_sealed_twice_never_looks_the_same(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        first, second = (keyring.seal(connection, COOP, ANNA, WORDS) for _ in range(2))
        assert first.cipher != second.cipher
        assert WORDS.encode() not in first.cipher
        assert len(connection.execute(select(personal_keys)).all()) == 1


def test_the_key_of_someone_forgotten_never_opens_again(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        hers, his = (keyring.seal(connection, COOP, member, WORDS) for member in (ANNA, BEN))
        keyring.forget(connection, COOP, ANNA)
        assert (keyring.open(connection, hers), keyring.open(connection, his)) == (None, WORDS)


def test_many_texts_open_as_one_by_one_with_one_question(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        hers, more, his = (
            keyring.seal(connection, COOP, member, text) for member, text in ((ANNA, "A"), (ANNA, "B"), (BEN, "C"))
        )
        elsewhere = keyring.seal(connection, OTHER_COOP, ANNA, "D")
        keyring.forget(connection, COOP, BEN)
        with counted(connection) as statements:
            assert keyring.open_all(connection, [hers, more, his, elsewhere]) == {hers: "A", more: "B", elsewhere: "D"}
        assert len(statements) == 1
        assert keyring.open_all(connection, []) == {}


def test_a_key_made_anew_does_not_open_what_was_forgotten(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        before = keyring.seal(connection, COOP, ANNA, WORDS)
        keyring.forget(connection, COOP, ANNA)
        after = keyring.seal(connection, COOP, ANNA, "Back again")
        assert (keyring.open(connection, before), keyring.open(connection, after)) == (None, "Back again")


def test_being_forgotten_in_one_coop_leaves_the_other_as_it_was(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        here, there = (keyring.seal(connection, coop, ANNA, WORDS) for coop in (COOP, OTHER_COOP))
        keyring.forget(connection, COOP, ANNA)
        assert (keyring.open(connection, here), keyring.open(connection, there)) == (None, WORDS)


def test_words_put_under_another_name_do_not_open(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        hers = keyring.seal(connection, COOP, ANNA, WORDS)
        keyring.seal(connection, COOP, BEN, "mine")
        assert keyring.open(connection, msgspec.structs.replace(hers, subject=BEN)) is None


def test_no_key_is_wrapped_by_the_secret_itself(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        keyring.seal(connection, COOP, ANNA, WORDS)
        wrapped = connection.execute(select(personal_keys.c.wrapped)).scalar_one()
    with pytest.raises(InvalidTag):
        AESGCM(SECRET).decrypt(wrapped[:12], wrapped[12:], ANNA.bytes)


def test_the_database_alone_opens_nothing(engine: Engine, keyring: Keyring) -> None:
    with engine.begin() as connection:
        sealed = keyring.seal(connection, COOP, ANNA, WORDS)
        with pytest.raises(InvalidTag):
            Keyring(bytes(32)).open(connection, sealed)


def test_the_log_holds_no_readable_word_and_still_verifies_after_forgetting(jars: History) -> None:
    leave(jars, WORDS)
    with jars.engine.begin() as connection:
        stored = connection.execute(select(events.c.state)).scalar_one()
        jars.keyring.forget(connection, COOP, ANNA)
        assert connection.execute(select(events.c.state)).scalar_one() == stored
    assert b"gare" not in stored
    assert verify(jars.engine) == (1, ())
    assert coins_in(jars.engine, ANNA) == 0


def test_each_purpose_has_a_key_of_its_own_which_stays_the_same() -> None:
    secret = bytes(range(32))
    keys = {purpose: Keyring(secret).key_for(purpose) for purpose in ("forms", "checkpoints", "form", "")}
    assert len({*keys.values(), secret}) == 5
    assert keys == {purpose: Keyring(secret).key_for(purpose) for purpose in keys}
    assert Keyring(bytes(32)).key_for("forms") != keys["forms"]


def test_a_key_is_derived_as_rfc_5869_says() -> None:
    secret = bytes(range(32))
    extracted = hmac.digest(
        bytes(32), secret, "sha256"
    )  # section 2.2: without a salt, as many zeros as the hash is long
    assert Keyring(secret).key_for("forms") == hmac.digest(extracted, b"forms\x01", "sha256")  # section 2.3
