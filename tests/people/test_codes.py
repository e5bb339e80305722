"""The six digits of a sign-in letter: good once, with the ticket of the page that waits, and for five tries."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from kernel.database import writing
from people.codes import TRIES, Tried, awaited, try_code
from people.sign_in import (
    LINK_LASTS,
    TRIES_A_DAY,
    LinkSpent,
    MadeLink,
    begin_to_live,
    forget_old,
    look_at_link,
    make_link,
    sign_in_links,
    use_link,
)
from tests.kit.databases import on_both

pytestmark = on_both

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ask(connection: Connection, at: datetime = NOW, email: str = "claire@example.org", **how: str) -> MadeLink:
    return make_link(connection, email, b"{}", **{"asked_from": "192.0.2.1"} | how, at=at)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def tried_wrong(connection: Connection, made: MadeLink, times: int = 1, at: datetime = NOW) -> Tried:
    """Try another code than the right one, so many times; return what came of the last."""
    return [try_code(connection, made.ticket, other_than(made.code), at) for _ in range(times)][-1]


def test_the_code_is_changed_once_for_a_link_and_the_one_in_the_letter_is_good_no_more(engine: Engine) -> None:
    with writing(engine) as connection:
        made = ask(connection)
        assert len(made.code) == 6
        new = try_code(connection, made.ticket, made.code, NOW).token
        assert new is not None
        assert look_at_link(connection, new, NOW).email == "claire@example.org"
        with pytest.raises(LinkSpent):
            use_link(connection, made.token, NOW)
        assert try_code(connection, made.ticket, made.code, NOW).token is None
        assert not begin_to_live(connection, made.token, NOW)  # nor does its letter leave a second time


def test_a_link_that_was_used_leaves_its_code_no_use(engine: Engine) -> None:
    with writing(engine) as connection:
        made = ask(connection)
        use_link(connection, made.token, NOW)
        assert try_code(connection, made.ticket, made.code, NOW).token is None


@pytest.mark.parametrize("wrong", [0, TRIES - 1])
def test_the_right_one_of_five_tries_is_good(engine: Engine, wrong: int) -> None:
    with writing(engine) as connection:
        made = ask(connection)
        for number in range(wrong):
            assert tried_wrong(connection, made) == Tried(token=None, left=TRIES - 1 - number)
        assert try_code(connection, made.ticket, made.code, NOW).token


def test_after_five_wrong_tries_the_code_is_dead_and_the_link_is_not(engine: Engine) -> None:
    with writing(engine) as connection:
        made = ask(connection)
        assert tried_wrong(connection, made, TRIES).left == 0
        assert try_code(connection, made.ticket, made.code, NOW) == Tried(token=None, left=0)
        assert awaited(connection, made.ticket).tries_left == 0
        assert use_link(connection, made.token, NOW).email == "claire@example.org"


def test_a_code_is_good_with_its_own_ticket_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        hers, anothers = ask(connection), ask(connection)
        assert try_code(connection, anothers.ticket, hers.code, NOW).token is None or hers.code == anothers.code
        for ticket in ("", hers.token, "claire@example.org"):
            with pytest.raises(LinkSpent):
                try_code(connection, ticket, hers.code, NOW)


def test_a_code_lives_as_long_as_its_link_from_when_the_letter_left(engine: Engine) -> None:
    moment = timedelta(seconds=1)
    with writing(engine) as connection:
        early, late = ask(connection), ask(connection)
        begin_to_live(connection, late.token, NOW + HOUR)
        assert try_code(connection, early.ticket, early.code, NOW + LINK_LASTS).token is None
        new = try_code(connection, late.ticket, late.code, NOW + HOUR + LINK_LASTS - moment).token
        assert new is not None
        with pytest.raises(LinkSpent):
            look_at_link(connection, new, NOW + HOUR + LINK_LASTS)
        forget_old(connection, NOW + timedelta(days=2))
        with pytest.raises(LinkSpent):
            awaited(connection, late.ticket)


def test_of_too_many_wrong_tries_in_a_day_come_links_without_a_code(engine: Engine) -> None:
    with writing(engine) as connection:
        for number in range(TRIES_A_DAY // TRIES):
            tried_wrong(connection, ask(connection, asked_from=f"192.0.2.{number}"), TRIES)
        later = ask(connection, NOW + HOUR, asked_from="198.51.100.7")
        assert later.code == ""
        assert awaited(connection, later.ticket).tries_left == 0
        assert try_code(connection, later.ticket, "", NOW + HOUR).token is None
        assert look_at_link(connection, later.token, NOW + HOUR)
        assert ask(connection, NOW + HOUR, mark="hers").code  # strangers do not take it from her own browser
        assert ask(connection, NOW + HOUR, "nadia@example.org").code
        assert ask(connection, NOW + timedelta(days=1)).code


def test_one_network_address_tries_few_codes_of_all(engine: Engine) -> None:
    with writing(engine) as connection:
        for number in range(5 * TRIES_A_DAY // TRIES):
            tried_wrong(connection, ask(connection, email=f"someone{number}@example.org"), TRIES)
        assert ask(connection, NOW + HOUR, "nadia@example.org").code == ""
        assert ask(connection, NOW + HOUR, "nadia@example.org", asked_from="198.51.100.7").code


def test_what_is_stored_of_a_code_tells_nobody(engine: Engine) -> None:
    with writing(engine) as connection:
        made = ask(connection)
        (stored,) = connection.execute(select(sign_in_links)).all()
        texts = [value.hex() if isinstance(value, bytes) else str(value) for value in stored]
        assert [text for text in texts if any(secret in text for secret in (made.ticket, made.token))] == []
        assert made.code not in texts
