"""Being signed in, and what is stored of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, select

from kernel.database import reading, writing
from people.person import Person, add_person
from people.sign_in import (
    LINKS_AN_HOUR,
    SESSION_LASTS,
    LinkSpent,
    begin_to_live,
    forget_old,
    look_at_link,
    make_link,
    open_session,
    sessions,
    signed_in,
)
from tests.kit.databases import on_both

pytestmark = on_both

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
CLAIRE = UUID(int=1)


def signed_in_now(engine: Engine) -> str:
    with writing(engine) as connection:
        add_person(connection, Person(person_id=CLAIRE, email="claire@example.org", name="Claire"))
        return open_session(connection, CLAIRE, uuid4(), "Firefox", NOW)


def test_what_is_stored_of_a_session_signs_nobody_in(engine: Engine) -> None:
    token = signed_in_now(engine)
    with reading(engine) as connection:
        (stored,) = connection.execute(select(sessions)).all()
        texts = [value.hex() if isinstance(value, bytes) else str(value) for value in stored]
        assert signed_in(connection, token, NOW + timedelta(hours=1)) is not None
        assert [text for text in texts if signed_in(connection, text, NOW) or token in text] == []


def test_a_session_ends_after_a_year_and_is_kept_no_longer(engine: Engine) -> None:
    token, end, moment = signed_in_now(engine), NOW + SESSION_LASTS, timedelta(seconds=1)
    with writing(engine) as connection:
        forget_old(connection, end - moment)
        assert signed_in(connection, token, end - moment) is not None
        assert [signed_in(connection, token, later) for later in (end, end + moment)] == [None, None]
        forget_old(connection, end + moment)
        assert connection.execute(select(sessions)).all() == []


def test_a_link_of_a_wrong_clock_lives_no_longer_and_keeps_nobody_from_another(engine: Engine) -> None:
    later = NOW + timedelta(days=365)
    with writing(engine) as connection:
        tokens = [ask(connection, later) for _ in range(LINKS_AN_HOUR)]
        assert begin_to_live(connection, tokens[0], later)
        assert look_at_link(connection, tokens[0], later).email == "claire@example.org"
        with pytest.raises(LinkSpent):
            look_at_link(connection, tokens[0], NOW)
        assert look_at_link(connection, ask(connection, NOW), NOW).email == "claire@example.org"
        forget_old(connection, NOW)
        with pytest.raises(LinkSpent):
            look_at_link(connection, tokens[1], later)


def ask(connection: Connection, at: datetime) -> str:
    return make_link(connection, "claire@example.org", b"{}", asked_from="192.0.2.1", at=at).token
