"""For each rule a story of the village, and how it ends under two of its values or more.

To add a rule to the catalogue, add its story here: what happens to somebody, told through pages or programs, and how
that ends under each value. Two endings alike mean that nobody obeys the rule.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from governance import commands as g
from governance.application import Governance
from governance.counting import Choice
from governance.votes.queries import proposal
from ledger.entries.queries import balance
from tests.kit.browser import Seen
from tests.kit.money import lent, plan_issued, spent, transfers
from tests.kit.village import COOP, Village
from tests.processes.acts import enter

HERE = f"/coops/{COOP}"


class Story(NamedTuple):
    """What happens, and how it ends by the rule's value; `beside` are other rules voted before it begins."""

    told: Callable[[Village], object]
    ends: Mapping[str, object]
    beside: Mapping[str, str] = {}


def books(village: Village, ahead: float, hours: float = 1, vehicle: str = "Zoé", who: str = "Nadia") -> Seen:
    """Let someone book a vehicle so many hours ahead, as programs do."""
    start = village.now + timedelta(hours=ahead)
    period = {"start": start.isoformat(), "end": (start + timedelta(hours=hours)).isoformat()}
    body = {"vehicle_id": str(village.vehicle(vehicle)), "period": period}
    seen = village.as_(who).api("POST", f"{HERE}/bookings", body)
    village.settle()
    return seen


def answered(seen: Seen) -> str:
    """Return the code of a refusal, or that it was done."""
    return seen.code if seen.status >= 400 else "done"


def owed(village: Village, who: str = "Nadia") -> int:
    """Return someone's balance in cents."""
    cents: int = village.ask(balance, COOP, village.member(who))
    return cents


def estimates_a_vehicle_of_the_co_op(village: Village) -> object:
    vehicle_id = str(enter(village))
    asked = "start=2026-12-02T18:00:00Z&end=2026-12-02T20:00:00Z"  # 20 km are usual
    offers = village.as_("Nadia").api("GET", f"{HERE}/availability?{asked}").json()
    return next(offer["estimate"]["cents"] for offer in offers if offer["vehicle_id"] == vehicle_id)


def has_the_zoe_for_two_hours(village: Village) -> object:
    village.drove("Nadia", "Zoé", 0, hours=2)
    return owed(village)


def has_the_zoe_for_twenty_hours(village: Village) -> object:
    village.drove("Nadia", "Zoé", 0, hours=20)
    return owed(village)


def books_eleven_hours(village: Village) -> object:
    return answered(books(village, 24, hours=11))


def books_twenty_minutes(village: Village) -> object:
    return answered(books(village, 24, hours=1 / 3))


def books_sixty_one_days_ahead(village: Village) -> object:
    return answered(books(village, 61 * 24))


def books_in_an_hour(village: Village) -> object:
    return answered(books(village, 1))


def books_a_fourth_time(village: Village) -> object:
    return [answered(books(village, 24 * day)) for day in (1, 2, 3, 4)][-1]


def books_as_paul_comes_back(village: Village) -> object:
    books(village, 24, hours=2, who="Paul")
    return answered(books(village, 26))


def asks_for_the_clio_and_waits_thirteen_hours(village: Village) -> object:
    asked = books(village, 72, vehicle="Clio").json()["id"]
    village.pass_time(hours=13)
    return village.as_("Nadia").api("GET", f"{HERE}/bookings/{asked}").json()["status"]


def cancels_twenty_hours_before(village: Village) -> object:
    booked = books(village, 20).json()["id"]
    village.clock.now += timedelta(minutes=10)  # until then what was just booked is taken back freely
    village.as_("Nadia").api("POST", f"{HERE}/bookings/{booked}/cancellation", {})
    hers = f"{HERE}/members/{village.member('Nadia')}/late-cancellations"
    return village.as_("Nadia").api("GET", hers).json()["count"]


def takes_the_keys_forty_five_minutes_early(village: Village) -> object:
    booked = books(village, 0.75).json()["id"]
    read = {"odometer_km": 10_000, "level_percent": 80}
    return answered(village.as_("Nadia").api("POST", f"{HERE}/bookings/{booked}/keys", read))


def owes_a_hundred_euros(village: Village) -> object:
    village.drove("Nadia", "Zoé", 400, hours=12)
    return "You owe more than" in village.as_("Nadia").get(f"{HERE}/").text


def owes_too_much_for_thirty_days(village: Village) -> object:
    village.drove("Nadia", "Zoé", 700, hours=12)
    village.pass_time(days=30)
    return answered(books(village, 24))


def waits_until_february(village: Village) -> object:
    village.drove("Nadia", "Zoé", 40)
    village.clock.now = datetime(2027, 2, 2, 9, tzinfo=UTC)
    village.pass_time()
    return village.as_("Claire").api("GET", f"{HERE}/rhythm").json()["until"]


def nobody_settles_by_the_twelfth(village: Village) -> object:
    village.drove("Nadia", "Zoé", 40)
    for day in (1, 12):
        village.clock.now = datetime(2027, 1, day, 9, tzinfo=UTC)
        village.pass_time()
    return "You have €10.00 to pay" in village.as_("Nadia").get(f"{HERE}/").text


def jean_says_nothing_for_ten_days(village: Village) -> object:
    lent(village, "Nadia")
    plan = plan_issued(village, as_of=village.now.date().isoformat()).path
    line = transfers(village, plan)[str(village.member("Jean"))]["line_id"]
    village.as_("Nadia").post(f"{plan}/transfers/{line}/payment")
    village.pass_time(days=10)
    proof = {"proof": "Relevé du 12 décembre"}
    return answered(village.as_("Claire").api("POST", f"{plan}/transfers/{line}/proof", proof))


def contests_after_ten_days(village: Village) -> object:
    burden = f"{HERE}/burdens/{spent(village, 'Paul', 9_000, 'Paul', 'Nadia', 'Luc')}"
    village.pass_time(days=10)
    return answered(village.as_("Nadia").api("POST", f"{burden}/contest", {"reason": "Not mine"}))


def is_made_to_bear_a_third_of_ninety_euros(village: Village) -> object:
    among = {str(village.member(name)): 1 for name in ("Paul", "Nadia", "Luc")}
    paid = {"paid_on": village.now.date().isoformat(), "paid": {str(village.member("Paul")): 9_000}}
    body = {"kind": "repair", "split": "equal", "among": among} | paid
    assert village.as_("Paul").api("POST", f"{HERE}/expenses", body).status == 201
    village.settle()
    return owed(village)


def looks_at_a_draft_for_a_day(village: Village) -> object:
    village.drove("Nadia", "Zoé", 40)
    plan = village.as_("Claire").post(f"{HERE}/plans", as_of=village.now.date().isoformat()).path
    village.pass_time(days=1)
    return village.as_("Nadia").api("GET", plan).json()["state"]


def settles_four_euros(village: Village) -> object:
    village.drove("Nadia", "Zoé", 16)
    body = {"as_of": village.now.date().isoformat()}
    return answered(village.as_("Claire").api("POST", f"{HERE}/plans", body))


def vote(village: Village, yes: tuple[str, ...], no: tuple[str, ...] = (), days: int = 8) -> object:
    """Put a price to the vote and let some days pass; return where the proposal stands."""
    command = g.ProposeRule(
        coop_id=COOP,
        parameter="price_per_km",
        value="0.44",
        effective_from=(village.now + timedelta(days=40)).date(),
        rationale="Fuel costs more.",
    )
    governance = Governance(village.site.history)
    proposal_id = governance.propose_rule(command, village.asked("Amina")).stream_id
    for choice, names in ((Choice.YES, yes), (Choice.NO, no)):
        for name in names:
            ballot = g.CastBallot(coop_id=COOP, proposal_id=proposal_id, choice=choice)
            governance.cast_ballot(ballot, village.asked(name))
    village.pass_time(days=days)
    return village.ask(proposal, COOP, proposal_id, None, village.now).state


def two_of_six_vote(village: Village) -> object:
    return vote(village, ("Amina", "Luc"))


def three_are_for_and_two_against(village: Village) -> object:
    return vote(village, ("Amina", "Luc", "Paul"), ("Nadia", "Jean"))


def five_days_pass(village: Village) -> object:
    return vote(village, ("Amina", "Luc", "Paul"), days=5)


AT_ONCE = {"plan_draft_hours": "0"}
STORIES = {
    "price_per_km": Story(estimates_a_vehicle_of_the_co_op, {"0.30": 600, "0.50": 1000}),
    "price_per_hour": Story(has_the_zoe_for_two_hours, {"0.00": 0, "1.00": -200}),
    "day_cap_hours": Story(has_the_zoe_for_twenty_hours, {"10": -1000, "12": -1200}, {"price_per_hour": "1.00"}),
    "max_duration_hours": Story(books_eleven_hours, {"10": "too-long", "72": "done"}),
    "min_duration_minutes": Story(books_twenty_minutes, {"15": "done", "30": "too-short"}),
    "advance_horizon_days": Story(books_sixty_one_days_ahead, {"60": "too-early", "90": "done"}),
    "min_notice_hours": Story(books_in_an_hour, {"0": "done", "2": "too-late"}),
    "max_active_bookings": Story(books_a_fourth_time, {"3": "too-many-bookings", "4": "done"}),
    "buffer_minutes": Story(books_as_paul_comes_back, {"0": "done", "30": "gap-kept"}),
    "approval_timeout_hours": Story(asks_for_the_clio_and_waits_thirteen_hours, {"12": "expired", "24": "requested"}),
    "cancel_free_hours": Story(cancels_twenty_hours_before, {"12": 0, "24": 1}),
    "early_take_minutes": Story(takes_the_keys_forty_five_minutes_early, {"30": "not-yet", "60": "done"}),
    "balance_limit": Story(owes_a_hundred_euros, {"-150.00": False, "-90.00": True}),
    "suspend_after_days": Story(owes_too_much_for_thirty_days, {"0": "done", "20": "owes-too-long", "45": "done"}),
    "settlement_period": Story(
        waits_until_february, {"month": "2027-01-31", "quarter": "2026-12-31", "on_demand": None}
    ),
    "settlement_overdue_days": Story(nobody_settles_by_the_twelfth, {"0": False, "7": True, "14": False}, AT_ONCE),
    "confirm_days": Story(jean_says_nothing_for_ten_days, {"7": "done", "14": "receiver-has-time"}),
    "contest_days": Story(contests_after_ten_days, {"7": "too-late-to-contest", "14": "done"}),
    "steward_spend_limit": Story(is_made_to_bear_a_third_of_ninety_euros, {"50.00": 0, "150.00": -3_000}),
    "settlement_floor": Story(settles_four_euros, {"1.00": "done", "5.00": "all-carried-over"}, AT_ONCE),
    "plan_draft_hours": Story(looks_at_a_draft_for_a_day, {"0": "open", "48": "draft"}),
    "quorum": Story(two_of_six_vote, {"1/3": "passed", "1/2": "failed"}),
    "majority": Story(three_are_for_and_two_against, {"more_than_half": "passed", "two_thirds": "failed"}),
    "vote_duration_days": Story(five_days_pass, {"3": "passed", "7": "open"}),
}
