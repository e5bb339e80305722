"""Being signed in, and what is stored of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from kernel.database import reading, writing
from people.person import Person, add_person
from people.sign_in import open_session, sessions, signed_in
from tests.kit.databases import on_both

pytestmark = on_both

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
CLAIRE = UUID(int=1)


def test_what_is_stored_of_a_session_signs_nobody_in(engine: Engine) -> None:
    with writing(engine) as connection:
        add_person(connection, Person(person_id=CLAIRE, email="claire@example.org", name="Claire"))
        token = open_session(connection, CLAIRE, uuid4(), "Firefox", NOW)
    with reading(engine) as connection:
        (stored,) = connection.execute(select(sessions)).all()
        texts = [value.hex() if isinstance(value, bytes) else str(value) for value in stored]
        assert signed_in(connection, token, NOW + timedelta(hours=1)) is not None
        assert [text for text in texts if signed_in(connection, text, NOW) or token in text] == []
