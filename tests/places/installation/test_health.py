"""The installation's health: what waits to be mended is counted, what is away, full, dead or late is named."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import InternalError, OperationalError

from api import watch
from kernel import loop
from kernel.log.follower import followers, parked
from sending.mail import AddressRefusedError, MailServerAwayError
from tests.kit.village import COOP, Village

FULL = sqlite3.OperationalError("database or disk is full")
FULL.sqlite_errorcode = sqlite3.SQLITE_FULL


class NoRoom(Exception):  # noqa: N818 - as psycopg names its own
    """What PostgreSQL says where no room is left."""

    sqlstate = "53100"


def health(village: Village) -> tuple[int, dict[str, Any]]:
    """Look at the installation, then ask how it does."""
    village.site.watch.looking.do_step()
    seen = village.anyone().get("/health")
    return seen.status, seen.json()


def failing(village: Village) -> list[str]:
    """Return what is named, with the status that goes with it."""
    status, told = health(village)
    assert (status, told["status"]) == ((503, "failing") if "failing" in told else (200, "ok"))
    return list(told.get("failing", ()))


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], float]:
    """Let seconds pass for whatever measures how late something is."""
    now = [1_000.0]
    for module in (loop, watch):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])

    def pass_by(seconds: float) -> float:
        now[0] += seconds
        return now[0]

    return pass_by


def test_all_is_well(village: Village) -> None:
    assert health(village) == (200, {"status": "ok", "parked": 0, "letters": 0})


def test_it_counts_what_waits_to_be_mended(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"follower": "processes", "position": 1, "process": "charge trips", "coop_id": COOP, "attempts": 3}
    row |= {"next_at": village.now, "reason": "It stumbled"}
    with village.site.writing() as connection:
        connection.execute(insert(parked), row)
    refuse_letters(village, monkeypatch, AddressRefusedError("550 no such mailbox"))
    assert health(village) == (200, {"status": "ok", "parked": 1, "letters": 1})


def refuse_letters(village: Village, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let a letter be written, and the mail server not take it."""

    def refuse(_: object) -> None:
        raise error

    village.anyone().post("/sign-in-links", email="nadia@example.org")
    monkeypatch.setattr(village.site.postman, "send", refuse)
    village.letters()


def test_letters_that_wait_for_a_mail_server_are_late(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_letters(village, monkeypatch, MailServerAwayError("Connection refused"))
    assert failing(village) == []
    village.clock.now += timedelta(minutes=16)
    assert failing(village) == ["letters"]


def test_letters_that_nobody_sends_are_late(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    village.clock.now += timedelta(minutes=16)
    assert failing(village) == ["letters"]
    village.letters()
    assert failing(village) == []


def test_one_bad_address_makes_no_letters_late(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_letters(village, monkeypatch, AddressRefusedError("550 no such mailbox"))
    village.clock.now += timedelta(hours=3)
    assert failing(village) == []


def test_a_follower_that_stands_still_behind_the_log_is_named(
    village: Village, hours: Callable[[float], float]
) -> None:
    assert failing(village) == []
    with village.site.writing() as connection:
        connection.execute(update(followers).values(position=1))
    assert failing(village) == []  # it may have moved only now
    hours(61)
    assert failing(village) == ["follower"]
    village.site.follower.catch_up()
    assert failing(village) == []


def test_nothing_is_late_before_anyone_has_looked(village: Village, hours: Callable[[float], float]) -> None:
    hours(1e9)
    assert village.anyone().get("/health").status == 200


def test_a_follower_that_goes_on_is_not(village: Village, hours: Callable[[float], float]) -> None:
    for position in range(1, 5):
        with village.site.writing() as connection:
            connection.execute(update(followers).values(position=position))
        assert failing(village) == []
        hours(61)


@pytest.mark.parametrize(
    ("part", "seconds"), [("clock", 70), ("follower", 61), ("letters", 301)], ids=["clock", "follower", "letters"]
)
def test_a_loop_that_no_longer_ends_its_step_well_is_named(
    village: Village, hours: Callable[[float], float], monkeypatch: pytest.MonkeyPatch, part: str, seconds: float
) -> None:
    of_part = next(loops for name, loops in village.site.watch.loops.items() if name == part)
    monkeypatch.setattr(of_part[-1], "_well_at", hours(0))  # as if it had been started
    assert failing(village) == []
    hours(seconds)
    assert failing(village) == [part]
    of_part[-1].do_step()
    assert failing(village) == []


@pytest.mark.parametrize(
    "error", [FULL, OperationalError("INSERT", {}, NoRoom()), InternalError("INSERT", {}, NoRoom()), OSError(28, "No")]
)
def test_a_disk_that_is_full_is_named_until_there_is_room(
    village: Village, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(_: object) -> None:
        raise error

    with monkeypatch.context() as full:
        full.setattr(watch, "try_to_write", refuse)
        village.site.watch.writing.do_step()
        assert failing(village) == ["disk"]
    village.site.watch.writing.do_step()
    assert failing(village) == []


def test_a_database_held_by_another_is_no_full_disk(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(watch, "try_to_write", refuse)
    village.site.watch.writing.do_step()
    assert failing(village) == []


def test_a_database_that_says_nothing_is_named_and_nobody_waits_for_it(
    village: Village, hours: Callable[[float], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(village.site.watch.looking, "_well_at", hours(0))  # as if it had been started
    hours(13)
    seen = village.anyone().get("/health")
    assert (seen.status, seen.json()["failing"]) == (503, ["database"])
    assert village.as_("Nadia").get(f"/coops/{COOP}/").status == 503
    assert failing(village) == []
    assert village.as_("Nadia").get(f"/coops/{COOP}/").status == 200


def test_what_is_told_holds_no_secret(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_letters(village, monkeypatch, MailServerAwayError("smtp://user:password@mail"))
    village.clock.now += timedelta(hours=1)
    assert health(village)[1] == {"status": "failing", "failing": ["letters"], "parked": 0, "letters": 1}
