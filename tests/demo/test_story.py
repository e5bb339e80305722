"""The founding month, to the cent and to the hour, on both databases."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from booking.read_models import bookings
from demo.cast.vehicles import KANGOO
from demo.story import AMINA, JEAN, KARIM, LUCIE, ODILE, PAUL, SOPHIE, STORY_DAYS, Story
from governance.queries import members_of
from governance.rules.queries import rules_in_force
from governance.votes.queries import proposal
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.journal import hledger_journal
from ledger.entries.queries import LineRow, balances, journal, statement
from ledger.settlement.queries import plans
from people.person import person_by_email
from people.photos import photo
from tests.demo import sound
from tests.demo.conftest import BEGIN


def balances_of(story: Story) -> dict[UUID, int]:
    with story.clock.history.engine.connect() as connection:
        return balances(connection, story.coop.coop_id)


def lines(story: Story, name: str, kind: str, day: date | None = None) -> list[LineRow]:
    with story.clock.history.engine.connect() as connection:
        found = statement(connection, story.coop.coop_id, story.coop.ever[name], since=day, until=day)
    return [line for line in found if line.kind == kind]


def test_a_hundred_km_with_sixty_euros_of_fuel_leave_her_owed_thirty(story: Story) -> None:
    story.clock.play(story.day(11))
    assert balances_of(story)[story.coop.members[SOPHIE]] == 30_00
    assert balances_of(story)[story.coop.members[JEAN]] == -30_00
    [fuel] = lines(story, SOPHIE, "fuel")
    assert isinstance(fuel.because, FuelPaid)
    assert fuel.because.receipt
    with story.clock.history.engine.connect() as connection:
        assert photo(connection, story.coop.coop_id, fuel.because.receipt)


def test_costs_are_shared_to_the_cent(story: Story) -> None:
    story.clock.play(story.day(16))
    insured, repaired = BEGIN.replace(day=7), BEGIN.replace(day=14)
    borne = {name: min(line.cents for line in lines(story, name, "expense", insured)) for name in KANGOO.owners}
    assert borne == {AMINA: -16_00, PAUL: -16_00, LUCIE: -8_00}
    assert max(line.cents for line in lines(story, AMINA, "expense", insured)) == 40_00
    repair = [line.cents for name in KANGOO.owners for line in lines(story, name, "expense", repaired)]
    assert sorted(repair) == [-32_12, -32_12, -32_11, 96_35]


def test_a_booking_keeps_the_price_of_the_day_it_was_agreed(story: Story) -> None:
    story.clock.play(story.day(STORY_DAYS))
    assert [line.cents for line in lines(story, KARIM, "trip")] == [-15_00]
    assert [line.cents for line in lines(story, SOPHIE, "trip")] == [-17_00, -30_00]
    with story.clock.history.engine.connect() as connection:
        rule = rules_in_force(connection, story.coop.coop_id, story.clock.now)["price_per_km"]
        assert story.proposal_id
        voted = proposal(connection, story.coop.coop_id, story.proposal_id, None, story.clock.now)
    assert (rule.value, rule.effective_at) == ("0.34", story.day(32))
    assert voted
    assert voted.count
    assert (voted.state, voted.count.in_favour, voted.count.against, voted.voted) == ("enacted", 5, 1, 7)


def test_every_request_has_its_answer(story: Story) -> None:
    story.clock.play(story.day(STORY_DAYS))
    with story.clock.history.engine.connect() as connection:
        rows = connection.execute(select(bookings.c.booking_id, bookings.c.status)).all()
    status = dict(map(tuple, rows))
    known = {what: status[booking_id] for what, booking_id in story.bookings.items()}
    assert known.pop("refused") == "refused"
    assert known.pop("unanswered") == "expired"
    assert known.pop("given back") == "cancelled"
    assert set(known.values()) == {"over"}
    assert story.clock.refused == {"vehicle-taken": 1}  # of two neighbours who took the same hours, one


def test_who_leaves_is_forgotten_and_the_books_stand(story: Story) -> None:
    story.clock.play(story.day(26))
    before = balances_of(story)
    story.clock.play(story.day(28))
    assert balances_of(story) == before
    with story.clock.history.engine.connect() as connection:
        assert person_by_email(connection, "odile.roux@example.org")  # she may still change her mind
    story.clock.play(story.day(59))
    assert before[story.coop.ever[ODILE]] == -3_40  # 10 km at 0.18 and two hours at 0.80
    with story.clock.history.engine.connect() as connection:
        assert person_by_email(connection, "odile.roux@example.org") is None
        [former] = [row for row in members_of(connection, story.coop.coop_id, story.clock.now) if row.erased_at]
    assert former.name is None


def test_the_plan_settles_the_month(story: Story) -> None:
    story.clock.play(story.day(STORY_DAYS))
    with story.clock.history.engine.connect() as connection:
        [plan] = plans(connection, story.coop.coop_id)
    assert plan.state == "complete"
    assert balances_of(story)[story.coop.members[JEAN]] == 0
    assert story.coop.ever[ODILE] not in {account for account, cents in balances_of(story).items() if cents}


def test_the_history_is_sound(story: Story) -> None:
    story.clock.play(story.day(STORY_DAYS))
    sound.check(story.clock.history)


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
def test_hledger_finds_nothing_wrong(story: Story, tmp_path: Path) -> None:
    story.clock.play(story.day(STORY_DAYS))
    with story.clock.history.engine.connect() as connection:
        known = members_of(connection, story.coop.coop_id, story.clock.now)
        names = {row.member_id: row.name for row in known if row.name}
        text = hledger_journal(story.coop.coop_id, journal(connection, story.coop.coop_id), names)
    file = tmp_path / "diois.journal"
    file.write_text(text, encoding="utf-8")
    command = ["hledger", "-f", str(file), "check", "--strict"]
    environment = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    checked = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (checked.returncode, checked.stderr) == (0, "")
