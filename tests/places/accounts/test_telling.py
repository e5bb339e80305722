"""What lines are called: whatever caused them, and with as few questions for many as for few."""

from datetime import timedelta
from decimal import Decimal

from api.speech.causes import teller
from api.speech.words import Words
from ledger.entries.queries import statement
from ledger.pricing.commands import SetRate
from tests.kit.money import HERE, charged, ledger_in, lent, plan_issued, read, spent
from tests.kit.plans import counted
from tests.kit.village import COOP, Village
from usecases.actor import Actor


def titles(village: Village, name: str) -> tuple[list[str], int]:
    """Return what the lines of someone's statement are called, and how many questions that took."""
    with village.site.reading() as connection:
        token = village.as_(name).token
        actor = Actor.signed_in(village.site.history, connection, village.now, token=token, coop_id=COOP)
        lines = statement(connection, COOP, actor.me)
        with counted(connection) as asked:
            tellings = teller(actor, Words(lang="en", tz=actor.zone, now=actor.now)).tell_all(lines)
            called = [telling.line(line.cents) for line, telling in zip(lines, tellings, strict=True)]
    return called, len(asked)


def settled(village: Village) -> str:
    """Let Nadia settle what she owes Jean; return the entry."""
    plan = plan_issued(village, as_of=village.now.date().isoformat()).path
    (line,) = village.as_("Jean").api("GET", plan).json()["transfers"]
    village.as_("Jean").post(f"{plan}/transfers/{line['line_id']}/receipt")
    return str(village.as_("Jean").api("GET", plan).json()["transfers"][0]["entry_id"])


def test_each_cause_calls_its_line_by_what_it_is_to_the_reader(village: Village) -> None:
    lent(village, "Nadia")
    entry_id = settled(village)
    spent(village, "Nadia", 900, "Nadia", "Jean", "Paul")
    village.as_("Nadia").post(f"{HERE}/contributions", amount="1")
    village.as_("Claire").post(f"{HERE}/entries/{entry_id}/reversal", reason="Bounced")
    assert titles(village, "Nadia")[0] == [
        "Undone: Transfer from Nadia to Jean",
        "Gift to the common purse",
        "Paid: Repair",
        "My part: Repair",
        "You paid Jean back €30.00: you owe that much less",
        "Trip: Clio, 100\xa0km",
    ]
    assert titles(village, "Jean")[0][-2] == "Nadia paid you back €30.00: you are owed that much less"
    assert titles(village, "Jean")[0][-1] == "Trip by Nadia: Clio, 100\xa0km"


def test_many_lines_take_no_more_questions_than_few(village: Village) -> None:
    lent(village, "Nadia")
    settled(village)
    _, few = titles(village, "Jean")
    for _ in range(3):
        lent(village, "Nadia")
        settled(village)
    called, many = titles(village, "Jean")
    assert (len(called), many) == (8, few)


def sum_of(village: Village, *, booked: float, used: float, most: int | None = None) -> str:
    """Let Nadia book the Kangoo for some hours at 0.50 €/h and bring it back after some; return what the proof says."""
    rate = SetRate(
        coop_id=COOP,
        vehicle_id=village.vehicle("Kangoo"),
        since=village.now,
        per_km=Decimal(0),
        per_hour=Decimal("0.50"),
        day_cap_hours=most,
    )
    ledger_in(village).set_rate(rate, village.asked())
    booking_id = village.booked("Nadia", "Kangoo", hours=booked)
    village.taken("Nadia", booking_id, 10_000)
    village.clock.now += timedelta(hours=used)
    village.returned("Nadia", booking_id, 10_010)
    return read(village.as_("Nadia").get(f"{HERE}/entries/{charged(booking_id)}"))


def test_a_trip_says_that_the_hours_booked_are_charged(village: Village) -> None:
    assert "2 h booked x €0.50/h €1.00" in sum_of(village, booked=2, used=1.5)


def test_and_those_it_came_back_late(village: Village) -> None:
    assert "2 h booked and 30 min late x €0.50/h €1.25" in sum_of(village, booked=2, used=2.5)


def test_and_how_many_of_a_day_count(village: Village) -> None:
    proof = sum_of(village, booked=12, used=3, most=10)
    assert "10 h x €0.50/h €5.00" in proof
    assert "12 h booked: of each day, at most 10 h are charged." in proof
