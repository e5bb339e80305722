"""Being signed in, and what is stored of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from kernel.database import reading, writing
from people.person import Person, add_person
from people.sign_in import SESSION_LASTS, forget_old, open_session, sessions, signed_in
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
        assert signed_in(connection, token, end) is None
        forget_old(connection, end + moment)
        assert connection.execute(select(sessions)).all() == []
