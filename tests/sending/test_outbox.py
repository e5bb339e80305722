"""Letters that wait: each leaves once; one that cannot is kept with why, whatever it is, and stops no other."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from kernel.database import reading, writing
from sending.mail import AddressRefusedError, Mail, MailServerAwayError
from sending.outbox import HELD, RETRY_AFTER, Lane, Letter, outbox, send_letter, write_letters
from sending.unsent import forget_letters, send_again, unsent_count, unsent_slice, waiting_since
from tests.kit.races import at_once

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
VILLAGE, TOWN = UUID(int=0xD1E), UUID(int=0x70)
SOON = 5.0


class Desk:
    """Words letters and hands them over, or fails at one step or the other as it is told to, by letter."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.cannot_word: dict[int, Exception] = {}
        self.cannot_send: dict[int, Exception] = {}

    def worded(self, letter: Letter) -> Mail | None:
        number = letter.letter_id.int
        if number in self.cannot_word:
            raise self.cannot_word[number]
        return Mail(letter.letter_id, NOW, "nous@example.org", "jean@example.org", str(number), "body")

    def send(self, mail: Mail) -> None:
        number = int(mail.subject)
        if number in self.cannot_send:
            raise self.cannot_send[number]
        self.sent.append(number)


class Office:
    """An outbox with letters in it, on a clock that the test winds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.desk = Desk()
        self.now = NOW

    def write(self, *numbers: int, coop_id: UUID | None = VILLAGE, template: str = "invitation") -> None:
        """Write letters, each a minute after the one before."""
        for number in numbers:
            letter = Letter(
                letter_id=UUID(int=number), coop_id=coop_id, template=template, address="a@example.org", facts={}
            )
            with writing(self.engine) as connection:
                write_letters(connection, [letter], NOW + timedelta(minutes=number - 100))

    def send(self, lane: Lane = Lane.OTHERS) -> int:
        """Send what is due; return how many letters were taken."""
        taken = 0
        while send_letter(self.engine, self.desk, lambda: self.now, lane):
            taken += 1
        return taken

    def ask(self, query: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        with reading(self.engine) as connection:
            return query(connection, *arguments, **named)

    def row(self, number: int) -> Any:
        """Return a letter as it stands in the outbox."""
        with reading(self.engine) as connection:
            return connection.execute(select(outbox).where(outbox.c.letter_id == UUID(int=number))).one()


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def test_those_written_first_leave_first_and_once(office: Office) -> None:
    office.write(2, 1, 3)
    assert (office.send(), office.send()) == (3, 0)
    assert office.desk.sent == [1, 2, 3]


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (AttributeError("'InvalidHeaderDefect' object has no attribute 'all_defects'"), "letter"),
        (IndexError("string index out of range"), "letter"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "\x00\ud800 not in range"), "letter"),
        (RecursionError(), "letter"),
        (MailServerAwayError("Connection refused"), "server"),
        (AddressRefusedError("550 no such mailbox"), "address"),
    ],
)
def test_whatever_sending_raises_parks_that_letter_alone(office: Office, error: Exception, trouble: str) -> None:
    office.write(1, 2)
    office.desk.cannot_send[1] = error
    assert office.send() == 2
    assert office.desk.sent == [2]
    kept = office.row(1)
    assert (kept.trouble, kept.subject, kept.attempts) == (trouble, "1", 1)
    assert kept.reason.startswith(type(error).__name__)
    assert kept.next_at == NOW + RETRY_AFTER[0]


def test_one_that_cannot_be_worded_has_no_subject(office: Office) -> None:
    office.write(1, 2)
    office.desk.cannot_word[1] = KeyError("vehicle")
    office.send()
    assert office.desk.sent == [2]
    assert (office.row(1).trouble, office.row(1).subject) == ("letter", None)


def test_it_is_tried_less_and_less_often_then_kept(office: Office) -> None:
    office.write(1)
    office.desk.cannot_send[1] = AddressRefusedError("550")
    for wait in (timedelta(), *RETRY_AFTER):
        office.now += wait
        assert office.send() == 1
    assert office.row(1).next_at is None
    office.now += timedelta(days=20)
    assert office.send() == 0


def test_while_the_mail_server_is_away_it_is_tried_until_it_is_back(office: Office) -> None:
    office.write(1)
    office.desk.cannot_send[1] = MailServerAwayError("Connection refused")
    for _ in range(20):
        assert office.send() == 1
        office.now += RETRY_AFTER[-1]
    office.desk.cannot_send.clear()
    office.send()
    assert office.desk.sent == [1]


def test_nobody_else_sends_it_while_the_mail_server_takes_its_time(office: Office) -> None:
    office.write(1)
    begun, answered = threading.Event(), threading.Event()

    def send_slowly(mail: Mail) -> None:
        begun.set()
        assert answered.wait(SOON)
        office.desk.sent.append(int(mail.subject))

    office.desk.send = send_slowly  # type: ignore[method-assign]
    slow = threading.Thread(target=office.send)
    slow.start()
    assert begun.wait(SOON)
    office.now += HELD - timedelta(seconds=1)
    assert office.send() == 0
    answered.set()
    slow.join(SOON)
    assert office.desk.sent == [1]


def test_two_at_once_send_each_letter_once(office: Office) -> None:
    office.write(*range(1, 21))
    at_once(office.send, office.send)
    assert sorted(office.desk.sent) == list(range(1, 21))


def test_who_waits_before_a_page_does_not_wait_for_a_crowd(office: Office) -> None:
    office.write(*range(1, 6))
    office.write(9, coop_id=None, template="sign_in")
    assert office.send(Lane.AWAITED) == 1
    assert office.desk.sent == [9]
    assert office.send(Lane.OTHERS) == 5


def test_what_waits_for_an_hour_of_a_wrong_clock_leaves_at_once(office: Office) -> None:
    right = office.now
    office.now += timedelta(days=365)
    office.write(1)
    office.desk.cannot_send = {1: MailServerAwayError("away")}
    office.send()
    office.desk.cannot_send, office.now = {}, right
    office.send()
    assert office.desk.sent == [1]


def test_what_could_not_leave_is_listed_by_co_op_newest_first(office: Office) -> None:
    office.write(1, 2)
    office.write(3, coop_id=TOWN)
    office.write(4, coop_id=None)
    office.write(5)
    office.desk.cannot_send = {number: AddressRefusedError("550") for number in range(1, 5)}
    office.send()
    assert [row.subject for row in office.ask(unsent_slice, VILLAGE, most=9).items] == ["2", "1"]
    assert [row.subject for row in office.ask(unsent_slice, None, most=9).items] == ["4", "3", "2", "1"]
    assert [office.ask(unsent_count, of) for of in (VILLAGE, TOWN, None)] == [2, 1, 4]


def test_it_is_sent_again_when_asked(office: Office) -> None:
    office.write(1)
    office.write(2, coop_id=TOWN)
    office.desk.cannot_send = {number: AddressRefusedError("550") for number in (1, 2)}
    office.send()
    office.desk.cannot_send = {}
    with writing(office.engine) as connection:
        assert send_again(connection, office.now, VILLAGE) == 1
    assert office.send() == 1
    assert office.desk.sent == [1]
    assert office.ask(unsent_count) == 1


def test_what_waits_by_no_fault_of_its_own_is_known_by_its_age(office: Office) -> None:
    assert office.ask(waiting_since) is None
    office.write(1, 2, 3)
    office.desk.cannot_send = {1: AddressRefusedError("550"), 2: MailServerAwayError("away")}
    office.send()
    assert office.ask(waiting_since) == NOW + timedelta(minutes=2 - 100)


def test_after_a_while_nobody_needs_it_any_more(office: Office) -> None:
    office.write(1, 2)
    with writing(office.engine) as connection:
        forget_letters(connection, NOW + timedelta(minutes=2 - 100))
    assert office.send() == 1
    assert office.desk.sent == [2]
