"""A database of version 0.1.0, in the middle of its life, goes on under today's code: nothing lost, nothing done twice.

What happened in it stands in `tests/kit/dumps/life_on_0_1_0.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from litestar import Litestar
from sqlalchemy import Connection, create_engine, inspect, select, text

from booking.policies import WaitsForPapers
from checks.photos import check_photos
from kernel.log.follower import parked_count
from kernel.log.rebuild import rebuild
from kernel.log.verify import verify
from kernel.privacy import Sealed, personal_keys
from kernel.tables import known_value
from people.bank_account import BankAccount
from people.person import person
from people.photos import photo
from people.sign_in import sessions_of
from processes import PROJECTIONS
from tests.kit.databases import SECRET, prepared
from tests.kit.money import account_of
from tests.kit.restored import restore
from tests.kit.servers import create_database, drop_database
from tests.kit.still_site import client_of
from tests.kit.village import COOP, Clock, StillSite, Village, person_id_of, settings_of

VERSION = "0.1.0"
A_MOMENT_LATER = datetime(2026, 12, 8, 17, 1, tzinfo=UTC)  # what was parked is due, Luc's request still stands

WRITTEN = {
    "Valence, gare TGV",
    "Gap",
    "Romans, le marché",
    "Die, gare",
    "Je pars ce jour-là.",
    "Le rétroviseur est fendu.",
    "Le carburant a augmenté.",
    "Trois, c'est peu.",
    "Assurance de l'année.",
    "Ampoules.",
    "Saisie deux fois.",
}

SHOWN = (
    "SELECT account, cents FROM ledger_balances ORDER BY account",
    "SELECT entry_id, account, cents FROM ledger_postings ORDER BY entry_id, account",
    "SELECT line_id, state FROM ledger_plan_lines ORDER BY line_id",
    "SELECT booking_id, status FROM booking_bookings ORDER BY booking_id",
    "SELECT booking_id FROM booking_occupancy JOIN booking_bookings USING (booking_id) WHERE status<>'over' ORDER BY 1",
    "SELECT proposal_id, state FROM governance_proposals ORDER BY proposal_id",
    "SELECT member_id FROM governance_members ORDER BY member_id",
    "SELECT damage_id FROM fleet_damages ORDER BY damage_id",
)

PAGES = ("", "accounts", "books", "vehicles", "bookings", "expenses", "community", "rules", "proposals/new", "profile")

Answers = list[list[tuple[Any, ...]]]
Keys = dict[UUID, bytes]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database just as 0.1.0 left it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/voisiture.db"
        restore(VERSION, url)
        yield url
    else:
        made = create_database(request.getfixturevalue("postgres"), "voisiture_kept")
        url = made.render_as_string(hide_password=False)
        restore(VERSION, url)
        yield url
        drop_database(made)


@pytest.fixture
def kept(kept_url: str) -> Answers:
    """What 0.1.0 showed, read before today's code has touched anything."""
    engine = create_engine(kept_url)
    with engine.connect() as connection:
        answers = shown(connection)
    engine.dispose()
    return answers


@pytest.fixture
def kept_keys(kept_url: str) -> Keys:
    """The personal keys of 0.1.0, read before today's code has touched any."""
    engine = create_engine(kept_url)
    with engine.connect() as connection:
        found = keys_in(connection)
    engine.dispose()
    return found


@pytest.fixture
def village(kept: Answers, kept_url: str, front_door: Litestar) -> Iterator[Village]:
    """The same co-op under today's code, a moment later."""
    assert kept
    clock = Clock(A_MOMENT_LATER)
    site = StillSite(settings_of(prepared(kept_url)), clock)
    front_door.state.site = site
    with client_of(front_door) as client:
        yield Village(site, client, clock)


def shown(connection: Connection) -> Answers:
    return [[tuple(row) for row in connection.execute(text(query))] for query in SHOWN]


def one(village: Village, query: str) -> Any:
    """Return the one value a question has."""
    with village.site.reading() as connection:
        return connection.execute(text(query)).scalar_one()


ASKED = {"fleet.PapersAskedFor", "booking.CalendarLimited", "governance.NewRulesTold"}
"""What follows once by itself: papers are asked for of vehicles, and votes of référents, that came before they were."""


def events(village: Village) -> list[str]:
    """Return the stored names of all events, in order."""
    return [notification.topic for notification in village.site.history.log.select_notifications(1, 10_000)]


def position(village: Village) -> int:
    """Return how far the processes have followed."""
    return int(one(village, "SELECT position FROM followers WHERE name = 'processes'"))


def sealed_in(stored: Any) -> Iterator[Sealed]:
    """Give every sealed text inside what is stored of an event."""
    if isinstance(stored, dict):
        if stored.keys() == {"coop_id", "subject", "cipher"}:
            yield msgspec.convert(stored, Sealed)
        for inner in stored.values():
            yield from sealed_in(inner)


def balance(village: Village, name: str) -> int:
    with village.site.reading() as connection:
        found = dict(tuple(row) for row in connection.execute(text(SHOWN[0])))
    member = village.member(name)
    return int(found.get(member) or found[member.hex])


def test_the_log_verifies_to_its_last_event(village: Village) -> None:
    verified = verify(village.site.engine)
    assert verified.faults == ()
    assert verified.events == one(village, "SELECT position FROM log_head") == len(events(village))


def test_its_log_has_the_indexes_of_today(village: Village) -> None:
    assert "events_by_name" in {index["name"] for index in inspect(village.site.engine).get_indexes("events")}


def test_a_rebuild_shows_what_was_shown(village: Village, kept: Answers) -> None:
    assert rebuild(village.site.engine, PROJECTIONS) == len(events(village))
    with village.site.reading() as connection:
        assert shown(connection) == kept
    assert all(kept)


def test_everything_sealed_opens_but_what_was_erased(village: Village) -> None:
    stored = village.site.history.log.select_notifications(1, 10_000)
    sealed = [text for event in stored for text in sealed_in(msgspec.json.decode(event.state))]
    with village.site.reading() as connection:
        opened = [(text.subject, village.site.keyring.open(connection, text)) for text in sealed]
    assert {words for _, words in opened if words} == WRITTEN
    assert {subject for subject, words in opened if not words} == {village.member("Hugo")}


def test_keys_of_before_keep_their_wrapping_and_new_ones_are_wrapped_by_a_key_of_that_purpose(
    kept_keys: Keys, village: Village
) -> None:
    wrote = {"Nadia": "Saillans, la gare", "Sacha": "Beaufort, le pont"}  # who had a key, and who had none
    keyring, purposely = village.site.keyring, village.site.keyring.key_for("wrapping of personal keys")
    with village.site.writing() as connection:
        texts = {name: keyring.seal(connection, COOP, village.member(name), words) for name, words in wrote.items()}
        assert {name: keyring.open(connection, sealed) for name, sealed in texts.items()} == wrote
        now, check = keys_in(connection), known_value(connection, "secret")
    assert now.items() > kept_keys.items()
    assert {subject for subject in now if opens(SECRET, subject, now[subject])} == {*kept_keys}
    assert {subject for subject in now if opens(purposely, subject, now[subject])} == {village.member("Sacha")}
    assert check is not None
    assert opens(purposely, UUID(int=0), check)


def keys_in(connection: Connection) -> Keys:
    return {row.subject: row.wrapped for row in connection.execute(select(personal_keys))}


def opens(key: bytes, subject: UUID, wrapped: bytes) -> bool:
    """Tell whether a key itself opens what was wrapped for somebody."""
    try:
        AESGCM(key).decrypt(wrapped[:12], wrapped[12:], subject.bytes)
    except InvalidTag:
        return False
    return True


def test_what_was_parked_is_charged_once(village: Village) -> None:
    before, owed = events(village), balance(village, "Nadia")
    assert village.ask(parked_count) == 1
    village.settle()
    assert village.ask(parked_count) == 0
    assert events(village) == [*before, "ledger.EntryPosted", "ledger.RhythmSet"]
    assert balance(village, "Nadia") == owed - 40 * 25  # 40 km of the Zoé, at €0.25
    village.pass_time(minutes=45)
    later = [name for name in events(village)[len(before) :] if name not in ASKED]
    assert later == ["ledger.EntryPosted", "ledger.RhythmSet"]


def test_its_vehicles_have_thirty_days_for_their_papers(village: Village) -> None:
    village.settle()
    village.pass_time(minutes=1)
    assert events(village).count("fleet.PapersAskedFor") == 3  # the fourth is a bike
    subjects = [letter.subject.replace("\u00a0", " ") for letter in village.letters()]
    day = village.now.date() + timedelta(days=30)
    until = f"{day.day} {day:%B %Y}"
    for vehicle in ("Clio", "Kangoo", "Zoé"):
        assert f"{vehicle}: its papers are asked for until {until}" in subjects
    village.booked("Nadia", "Zoé", village.now + timedelta(days=29))
    with pytest.raises(WaitsForPapers):
        village.booked("Nadia", "Zoé", village.now + timedelta(days=31))


def test_the_letter_that_waited_leaves_once_and_no_other_again(village: Village) -> None:
    before = one(village, "SELECT count(*) FROM mailbox")
    village.settle()
    letter, *others = village.letters()
    assert (letter.address, letter.at) == ("jean@example.org", A_MOMENT_LATER)
    assert letter.subject.startswith("Luc would like Clio")
    assert len(others) == before
    village.pass_time(minutes=5)
    asked = [known for known in village.letters() if "papers" in known.subject or "new rules" in known.subject]
    assert [known for known in village.letters() if known not in asked] == [letter, *others]
    assert one(village, "SELECT count(*) FROM outbox") == 0


def test_nothing_that_was_followed_is_followed_again(village: Village) -> None:
    last = len(events(village))
    commands = one(village, "SELECT count(*) FROM commands")
    assert position(village) == last
    village.settle()
    assert position(village) == last + 2  # the charge that was missing, and how often a co-op of before settles
    assert one(village, "SELECT count(*) FROM commands") == commands + 3  # the charge's has one part more


def test_people_their_photos_and_their_sessions_are_there(village: Village) -> None:
    assert account_of(village, "Jean") == BankAccount("FR7630006000011234567890189", "M. Jean MARTIN")
    assert village.ask(person, person_id_of("Hugo")) is None
    assert village.ask(photo, COOP, uuid5(COOP, "receipt")).startswith(b"\xff\xd8")
    checked = check_photos(village.site.engine, village.site.keyring, PROJECTIONS)
    assert (checked.said, checked.told) == ("Photos: 2, each against its digest, and each that an event names", [])
    assert [device.device for device in village.ask(sessions_of, person_id_of("Nadia"))] == ["Firefox"]


def test_her_pages_open(village: Village) -> None:
    browser = village.as_("Nadia")
    answers = {page: browser.get(f"/coops/{COOP}/{page}").status for page in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)


def test_time_goes_on_where_it_stopped(village: Village) -> None:
    village.settle()
    before = events(village)
    village.pass_time(days=28)  # 5 January 2027: Luc's vote has closed, a third month of the insurance has come
    later = events(village)[len(before) :]
    assert later.count("ledger.SpreadPartPosted") == later.count("governance.ProposalClosed") == 1
    assert later.count("booking.RequestExpired") == 1
    assert verify(village.site.engine).faults == ()
