"""At home: a balance under the limit to who owes it, a period to settle to the treasurer."""

from datetime import UTC, datetime, timedelta

from governance.roles import Role
from tests.kit.databases import on_both
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
HOME = f"{HERE}/"
NEW_YEAR = datetime(2027, 1, 1, 7, tzinfo=UTC)


def home(village: Village, who: str) -> str:
    return str(village.as_(who).get(HOME).text)


def test_under_the_limit_she_reads_from_when_on_it_keeps_her_from_booking(village: Village) -> None:
    assert "You owe more than" not in home(village, "Nadia")
    village.drove("Nadia", "Zoé", 700, hours=12)
    assert "You owe more than €150.00. You go on booking until" in home(village, "Nadia")
    assert "Your balance" not in home(village, "Paul")
    village.pass_time(days=45)
    assert "You have owed more than €150.00 for long" in home(village, "Nadia")
    refused = village.as_("Nadia").get(f"{HERE}/bookings/new?vehicle_id={village.vehicle('Kangoo')}")
    assert "As soon as it is settled, you book again at once." in refused.text


@on_both
def test_programs_are_told_so_of_herself_and_by_a_referent(village: Village) -> None:
    path = f"{HERE}/members/{village.member('Nadia')}/owing"
    assert village.as_("Nadia").api("GET", path).json() == []
    village.drove("Nadia", "Zoé", 700, hours=12)
    since = village.now
    for who in ("Nadia", "Claire"):
        (owing,) = village.as_(who).api("GET", path).json()
        assert (owing["cents"], owing["lowest_cents"]) == (-17_500, -15_000)
        assert datetime.fromisoformat(owing["since"]) == since
        assert datetime.fromisoformat(owing["books_until"]) == since + timedelta(days=45)
    assert village.as_("Paul").api("GET", path).code == "not-yours"


def test_a_period_that_is_over_asks_the_treasurer_for_its_plan(village: Village) -> None:
    village.give_role("Paul", Role.TREASURER)
    village.drove("Nadia", "Zoé", 40)
    village.clock.now = NEW_YEAR
    village.pass_time()
    for who, asked in (("Paul", True), ("Nadia", False)):
        assert ("It is time to settle: a period ended on" in home(village, who)) is asked
    assert "The period that ended on" in village.as_("Nadia").get(f"{HERE}/books").text
    village.as_("Paul").post(f"{HERE}/plans", as_of="2026-12-31")
    assert "It is time to settle" not in home(village, "Paul")
    assert "The period that ended on" not in village.as_("Nadia").get(f"{HERE}/books").text


@on_both
def test_programs_ask_how_often_accounts_are_settled(village: Village) -> None:
    rhythm = village.as_("Nadia").api("GET", f"{HERE}/rhythm").json()
    due = datetime.fromisoformat(rhythm["due_at"])
    assert (rhythm["period"], due, rhythm["until"], rhythm["waits"]) == ("quarter", NEW_YEAR, None, False)
    village.drove("Nadia", "Zoé", 40)
    village.clock.now = NEW_YEAR
    village.pass_time()
    rhythm = village.as_("Nadia").api("GET", f"{HERE}/rhythm").json()
    assert (rhythm["until"], rhythm["waits"]) == ("2026-12-31", True)
    assert datetime.fromisoformat(rhythm["overdue_at"]) == datetime(2027, 1, 15, 7, tzinfo=UTC)
    assert village.as_("Olga").api("GET", f"{HERE}/rhythm").status == 403
