"""What an hour brings happens once: ticked once, ticked again, or ticked by two sites at the same moment."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from booking.queries import booking
from governance.application import Governance
from governance.commands import StartCoop
from governance.coop import CHARTER_VERSION
from governance.votes.queries import proposal
from kernel.log.verify import verify
from ledger.entries.queries import balance, books_total
from ledger.spending.commands import RecordExpense
from processes import keep_time
from tests.kit.money import ledger_in
from tests.kit.races import at_once
from tests.kit.village import COOP, StillSite, Village, person_id_of
from tests.processes.acts import count, enter, failed, propose, rate_of
from usecases.money.books import ledger_of

BROUGHT = (
    "booking.RequestExpired",
    "booking.BookingNotDriven",
    "governance.ProposalClosed",
    "governance.RuleEnacted",
    "ledger.SpreadPartPosted",
)
SHARES = (("Amina", 2), ("Paul", 2), ("Luc", 1))


def insure(village: Village, months: int = 12) -> UUID:
    """Let Amina pay 480 € of insurance for the Kangoo, by shares, over months."""
    command = RecordExpense(
        coop_id=COOP,
        kind="insurance",
        paid_on=village.now.date(),
        paid={village.member("Amina"): 48_000},
        split="shares",
        among={village.member(name): weight for name, weight in SHARES},
        months=months,
        vehicle_id=village.vehicle("Kangoo"),
    )
    return ledger_in(village).record_expense(command, village.asked("Amina")).stream_id


def owed(village: Village) -> list[int]:
    """Return the balances of the Kangoo's owners, in cents."""
    return [village.ask(balance, COOP, village.member(name)) for name, _ in SHARES]


@pytest.fixture
def second(village: Village) -> Iterator[StillSite]:
    """Another process of the same installation, on the same clock."""
    site = StillSite(village.site.settings, village.clock)
    yield site
    site.engine.dispose()


def brought(village: Village) -> dict[str, int]:
    """Return how often each thing an hour brings has happened."""
    return {name.split(".")[1]: count(village, name) for name in BROUGHT}


def test_a_request_lapses_at_its_hour_and_frees_the_vehicle(village: Village) -> None:
    tomorrow = village.now + timedelta(days=1)
    asked = village.booked("Nadia", "Clio", tomorrow)
    village.pass_time(hours=11, minutes=59)
    assert village.ask(booking, village.site.keyring, COOP, asked).status == "requested"
    village.pass_time(minutes=1)
    assert village.ask(booking, village.site.keyring, COOP, asked).status == "expired"
    village.booked("Luc", "Clio", tomorrow)


def test_a_booking_nobody_took_is_closed_a_week_after_its_hours(village: Village) -> None:
    def status() -> str:
        found: str = village.ask(booking, village.site.keyring, COOP, booked).status
        return found

    tomorrow = village.now + timedelta(days=1)
    booked = village.booked("Nadia", "Kangoo", tomorrow)
    ends = village.ask(booking, village.site.keyring, COOP, booked).period.end
    village.clock.now = ends + timedelta(days=7) - timedelta(seconds=1)
    village.pass_time()
    assert status() == "confirmed"
    village.pass_time(seconds=1)
    assert status() == "not_driven"


def test_a_vote_closes_at_its_hour_and_its_decision_waits_for_its_date(village: Village) -> None:
    def state() -> str:
        found: str = village.ask(proposal, COOP, proposal_id, None, village.now).state
        return found

    proposal_id = propose(village, "price_per_km", "0.34")
    village.pass_time(days=6, hours=23)
    assert state() == "open"
    village.pass_time(hours=1)
    assert state() == "passed"
    village.pass_time(days=21, hours=14, minutes=59)  # one minute to December in Die
    assert state() == "passed"
    village.pass_time(minutes=1)
    assert state() == "enacted"


def test_each_month_brings_its_part_on_its_first_day(village: Village) -> None:
    insure(village)
    assert owed(village) == [2_400, -1_600, -800]
    village.pass_time(days=28, hours=14, minutes=59)
    assert owed(village) == [2_400, -1_600, -800]
    village.pass_time(minutes=1)
    assert owed(village) == [4_800, -3_200, -1_600]


def test_a_month_begins_by_the_clocks_of_the_co_op(village: Village) -> None:
    reunion, nadia, luc = UUID(int=0x974), UUID(int=1), UUID(int=2)
    start = StartCoop(
        coop_id=reunion,
        founder_id=person_id_of("Olga"),
        name="Les Voisins de Saint-Denis",
        commune_code="97411",
        commune_name="Saint-Denis",
        departement="La Réunion",
        time_zone="Indian/Reunion",
        currency="EUR",
        charter_version=CHARTER_VERSION,
    )
    Governance(village.site.history).start_coop(start, village.asked(command_id=reunion))
    there = RecordExpense(
        coop_id=reunion,
        kind="insurance",
        paid_on=village.now.date(),
        paid={nadia: 48_000},
        split="equal",
        among={luc: 1},
        months=12,
    )
    ledger_of(village.site.history, reunion).record_expense(there, village.asked())
    insure(village)
    village.pass_time(days=28, hours=11, minutes=59)  # one minute to December in Saint-Denis, 20:59 in Die
    assert village.ask(balance, reunion, nadia) == 4_000
    village.pass_time(minutes=1)
    assert village.ask(balance, reunion, nadia) == 8_000
    assert owed(village) == [2_400, -1_600, -800]
    village.pass_time(hours=3)
    assert owed(village) == [4_800, -3_200, -1_600]


def test_after_a_long_sleep_every_part_is_there_and_no_more(village: Village) -> None:
    insure(village)
    village.pass_time(days=3 * 365)
    assert owed(village) == [28_800, -19_200, -9_600]
    assert count(village, "ledger.SpreadPartPosted") == 12
    village.pass_time(days=365)
    assert count(village, "ledger.SpreadPartPosted") == 12


def test_more_than_one_tick_holds_is_done_in_the_next(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_time, "MOST_AT_ONCE", 5)
    insure(village)
    village.clock.now += timedelta(days=400)  # of eleven parts the last; two co-ops' quarters, one of them overdue
    assert [keep_time.tick(village.site.history, village.now) for _ in range(4)] == [5, 5, 4, 0]
    assert owed(village) == [28_800, -19_200, -9_600]


def everything_due(village: Village) -> UUID:
    """Let a request, a vote, its decision and two months' parts come due; return the vehicle the decision is about."""
    vehicle_id = enter(village)
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    village.booked("Nadia", "Kangoo", village.now + timedelta(days=1))
    propose(village, "price_per_km", "0.34")
    insure(village, months=3)
    village.clock.now += timedelta(days=70)
    return vehicle_id


ALL_ONCE = {"RequestExpired": 1, "BookingNotDriven": 1, "ProposalClosed": 1, "RuleEnacted": 1, "SpreadPartPosted": 3}


def test_ticking_twice_does_nothing_twice(village: Village) -> None:
    vehicle_id = everything_due(village)
    for _ in range(2):
        village.site.keep_time()
        village.settle()
    assert brought(village) == ALL_ONCE
    assert str(rate_of(village, vehicle_id).per_km) == "0.34"


def test_two_sites_at_the_same_moment_do_each_thing_once(village: Village, second: StillSite) -> None:
    vehicle_id = everything_due(village)
    for _ in range(3):
        at_once(village.site.keep_time, second.keep_time, village.site.keep_time, second.keep_time)
        at_once(village.site.follower.catch_up, second.follower.catch_up)
    assert brought(village) == ALL_ONCE
    assert str(rate_of(village, vehicle_id).per_km) == "0.34"
    assert owed(village) == [28_800, -19_200, -9_600]
    assert village.ask(books_total, COOP) == 0
    assert verify(village.site.engine).faults == ()
    assert failed(village) == []


def test_of_two_decisions_on_one_rule_the_later_conflicts_and_the_clock_goes_on(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    propose(village, "price_per_km", "0.36")
    insure(village, months=2)
    village.pass_time(days=40)
    assert (count(village, "governance.RuleEnacted"), count(village, "governance.RuleConflicted")) == (1, 1)
    assert owed(village) == [28_800, -19_200, -9_600]
    assert not keep_time.is_due(village.site.history, village.now)
