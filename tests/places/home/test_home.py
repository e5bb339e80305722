"""Home: the next booking with the one thing to do, and what the group asks of me."""

from datetime import timedelta

from fleet.application import Fleet
from fleet.commands import LeaveService
from ledger.settlement.commands import DeclarePaid, IssuePlan
from ledger.settlement.queries import plan_lines
from tests.kit.money import ledger_in, lent, plan_issued, said_then_withdrawn, transfers
from tests.kit.village import COOP, ELSEWHERE, Village

HOME = f"/coops/{COOP}/"


def test_without_a_trip_it_shows_the_way_to_one(village: Village) -> None:
    seen = village.as_("Nadia").get(HOME)
    assert "Hello Nadia" in seen.text
    assert "Find a vehicle" in seen.text
    assert "Invite a neighbour" not in seen.text


def test_a_co_op_without_vehicles_is_shown_its_first_step(village: Village) -> None:
    seen = village.as_("Olga").get(f"/coops/{ELSEWHERE}/")
    assert "The co-op has no vehicle yet." in seen.text
    assert "Add a vehicle" in seen.text
    assert "Invite a neighbour" in seen.text


def test_the_next_booking_stands_with_the_one_thing_to_do(village: Village) -> None:
    browser = village.as_("Nadia")
    booking_id = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    assert "Agree by then on where and when you get the keys." in browser.get(HOME).text
    village.pass_time(hours=2, minutes=31)
    assert "Take the keys" in browser.get(HOME).text
    village.taken("Nadia", booking_id, 10_000)
    assert "Return the vehicle" in browser.get(HOME).text
    village.pass_time(hours=3)
    assert "Return the vehicle" in browser.get(HOME).text
    village.returned("Nadia", booking_id, 10_050)
    assert "You have no trip planned." in browser.get(HOME).text


def test_an_owner_agrees_in_one_tap(village: Village) -> None:
    booking_id = village.booked("Nadia", "Clio")
    assert "The owner has been asked." in village.as_("Nadia").get(HOME).text
    browser = village.as_("Jean")
    assert f'action="/coops/{COOP}/bookings/{booking_id}/approval"' in browser.get(HOME).html
    browser.post(f"/coops/{COOP}/bookings/{booking_id}/approval")
    assert "would like the Clio" not in browser.get(HOME).text


def test_a_request_for_a_vehicle_that_left_service_still_asks_for_its_answer(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(hours=3))
    gone = LeaveService(coop_id=COOP, vehicle_id=village.vehicle("Clio"))
    Fleet(village.site.history).leave_service(gone, village.asked("Jean"))
    village.settle()
    assert "Nadia would like the Clio" in village.as_("Jean").get(HOME).text


def test_a_transfer_is_asked_of_who_pays_then_of_who_receives(village: Village) -> None:
    lent(village, "Nadia")  # 100 km at 0.30
    village.drove("Nadia", "Zoé", 40)  # at 0.25, to the co-op
    ledger = ledger_in(village)
    plan_id = ledger.issue_plan(IssuePlan(coop_id=COOP, as_of=village.now.date()), village.asked("Claire")).stream_id
    home = village.as_("Nadia").get(HOME).text
    assert "You have €30.00 to pay to Jean" in home
    assert "You have €10.00 to pay to the common purse" in home
    assert "they paid you" not in village.as_("Jean").get(HOME).text
    lines = village.ask(plan_lines, COOP, plan_id)
    to_jean = next(line.line_id for line in lines if line.receiver == village.member("Jean"))
    ledger.declare_paid(DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=to_jean), village.asked("Nadia"))
    assert "You have €30.00 to pay" not in village.as_("Nadia").get(HOME).text
    assert "Nadia says they paid you €30.00" in village.as_("Jean").get(HOME).text


def test_a_transfer_said_to_be_paid_is_asked_of_its_receiver_after_its_plan_was_withdrawn(village: Village) -> None:
    plan = said_then_withdrawn(village)
    assert "You have €30.00 to pay" not in village.as_("Nadia").get(HOME).text
    jean = village.as_("Jean").get(HOME)
    assert "Nadia says they paid you €30.00" in jean.text
    assert f'href="{plan}"' in jean.html


def test_the_treasurer_sees_what_waits_for_the_common_purse(village: Village) -> None:
    village.drove("Nadia", "Zoé", 40)
    plan = plan_issued(village).path
    assert "The common purse has" not in village.as_("Claire").get(HOME).text
    line = transfers(village, plan)[str(COOP)]["line_id"]
    village.as_("Nadia").post(f"{plan}/transfers/{line}/payment")
    assert "The common purse has a transfer to make or to confirm" in village.as_("Claire").get(HOME).text
    assert "The common purse has" not in village.as_("Paul").get(HOME).text
    village.as_("Claire").post(f"{plan}/transfers/{line}/receipt")
    assert "The common purse has" not in village.as_("Claire").get(HOME).text


def test_only_members_come_home(village: Village) -> None:
    assert village.anyone().get(HOME).status == 401
    assert village.as_("Olga").get(HOME).status == 403
    assert village.as_("Sacha").get(HOME).status == 403


def test_it_is_kept_on_the_phone(village: Village) -> None:
    assert village.as_("Nadia").get(HOME).headers["x-keep-offline"] == "mine"
