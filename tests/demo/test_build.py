"""The drawn history, at a small scale: two co-ops, some months, and what a newcomer finds today."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from api.settings import Settings
from api.site import Site
from booking.read_models import bookings
from demo.build import build, months_before
from demo.cast.people import GROUPS, iban
from fleet.queries import vehicles_in_service
from governance.votes.queries import proposals_slice
from ledger.settlement.queries import open_plan
from people.bank_account import sound_iban
from tests.demo import sound
from tests.demo.conftest import BEGIN, NOW
from tests.kit.databases import prepared
from tests.kit.scale import MONTHS

TWO = GROUPS[1:2]
WEEK = timedelta(weeks=1)


def test_months_of_two_co_ops_are_sound_and_end_today(site: Site) -> None:
    progress: list[float] = []
    built = build(site, progress.append, months=MONTHS, groups=TWO)
    assert built.events == site.history.log.max_notification_id()
    assert progress[-1] == 1
    assert progress == sorted(progress)
    finds_something_of_everything(site)
    sound.check(site.history)


def finds_something_of_everything(site: Site) -> None:
    """Check what a newcomer sees: bookings of every kind but left standing, a vote, a plan, a paper out of date."""
    with site.reading() as connection:
        to_come = select(func.count()).where(bookings.c.starts_at > NOW, bookings.c.status == "confirmed")
        assert connection.execute(to_come).scalar_one() >= 3
        assert connection.execute(select(func.count()).where(bookings.c.status == "under_way")).scalar_one() >= 1
        assert connection.execute(select(func.count()).where(bookings.c.status == "requested")).scalar_one() >= 1
        stand = select(bookings.c.ends_at).where(bookings.c.status == "confirmed", bookings.c.ends_at < NOW - WEEK)
        assert connection.execute(stand).all() == []  # what nobody took is closed
        coops = connection.execute(select(bookings.c.coop_id).distinct()).scalars().all()
        cards = [card for coop_id in coops for card in vehicles_in_service(connection, coop_id, on=NOW.date())]
        assert [card.name for card in cards if card.past_due] == ["Berlingo bleu"]
        assert any(open_plan(connection, coop_id) for coop_id in coops)
        listed = [proposals_slice(connection, coop_id, None, NOW, most=100).items for coop_id in coops]
        states = [row.state for rows in listed for row in rows]
        assert {"open", "enacted"} <= set(states)


def test_the_same_number_tells_the_same_history(empty_sqlite: bytes, tmp_path: Path) -> None:
    histories = []
    for name in ("one", "other"):
        path = tmp_path / name
        path.write_bytes(empty_sqlite)
        site = Site(Settings(database_url=prepared(f"sqlite:///{path}"), secret=bytes(range(32))), lambda: NOW)
        build(site, months=2, groups=())
        histories.append(sound.plain_log(site.history))
        site.engine.dispose()
    assert histories[0] == histories[1]


def test_months_are_counted_back_over_the_years() -> None:
    assert months_before(NOW.date(), 2) == BEGIN
    assert months_before(NOW.date(), 18).isoformat() == "2025-05-01"


def test_everyone_has_an_address_of_nobody_and_an_account_that_adds_up() -> None:
    people = [person for place, group in enumerate(GROUPS) for person in group.neighbours(10 * place + 1)]
    assert len({person.email for person in people}) == len(people) == 60
    assert all(person.email.endswith("@example.org") for person in people)
    assert sound_iban(iban(7)) == iban(7)
