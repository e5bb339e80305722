"""A photo that no event ever named goes after a day; one that any event named stays, whatever became of it since."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from booking.application import Bookings
from booking.commands import ReturnVehicle, TakeKeys
from fleet.application import Fleet
from fleet.commands import MendDamage, ReportDamage
from kernel.command import Done
from kernel.database import writing
from kernel.log.follower import followers, parked
from kernel.log.history import History
from kernel.log.rebuild import rebuild
from kernel.money import Money
from kernel.read_models.recipe import Recipe, keep_recipe
from ledger.spending.commands import RecordExpense, WithdrawExpense
from people.photos import NoSuchPhoto, check_photos, keep_photo, photo, photo_names
from processes import PROJECTIONS
from processes.keep_time import forget_photos
from tests.kernel.stored_events import LIST
from tests.kit.money import ledger_in
from tests.kit.pictures import jpeg
from tests.kit.races import refused_at_once
from tests.kit.village import COOP, LETTER, Village
from tests.processes.acts import enter

HOLD_PHOTOS = {
    "booking.ReadingsAccepted",  # it holds the trip, whose end named them
    "booking.ReadingsCorrected",
    "booking.TripEnded",
    "booking.TripPutBack",  # it holds the trip's start, which named them
    "booking.TripStarted",
    "fleet.DamageReported",
    "fleet.PaperFiled",
    "fleet.PaperNearsEnd",  # by its type: the paper was filed before
    "fleet.VehicleEnteredService",
    "ledger.EntryPosted",
    "ledger.EntryReversed",  # by its type: a reversal names no receipt
    "ledger.ExpenseRecorded",
    "ledger.PartLifted",  # by its type too
    "ledger.PlanLinePutBack",  # by a word: the receipt that was undone is money's
}


def kept(village: Village) -> UUID:
    photo_id = uuid4()
    with village.site.writing() as connection:
        keep_photo(connection, village.site.keyring, COOP, photo_id, jpeg(), village.now)
    return photo_id


def is_there(village: Village, photo_id: UUID) -> bool:
    return village.ask(photo, COOP, photo_id) is not None


def forget(village: Village) -> int:
    return forget_photos(village.site.history, PROJECTIONS, village.now)


def named(village: Village) -> dict[str, UUID]:
    """Let a photo be named in each way there is, and what named it be over since."""
    history, ids = village.site.history, {"vehicle": kept(village), "damage": kept(village), "expense": kept(village)}
    ids |= {"keys": kept(village), "return": kept(village), "receipt": kept(village)}
    enter(village, photo_id=ids["vehicle"])
    kangoo = village.vehicle("Kangoo")
    report = ReportDamage(coop_id=COOP, vehicle_id=kangoo, part="front", sentence="Rayure", photo_id=ids["damage"])
    seen = Fleet(history).report_damage(report, village.asked("Luc")).stream_id
    Fleet(history).mend_damage(MendDamage(coop_id=COOP, damage_id=seen), village.asked("Luc"))
    luc = village.member("Luc")
    expense = RecordExpense(
        coop_id=COOP,
        kind="insurance",
        paid_on=village.now.date(),
        paid={luc: 1_000},
        split="equal",
        among={village.member("Nadia"): 1},
        receipt=ids["expense"],
    )
    recorded = ledger_in(village).record_expense(expense, village.asked("Luc")).stream_id
    withdraw = WithdrawExpense(coop_id=COOP, expense_id=recorded, reason="Une erreur")
    ledger_in(village).withdraw_expense(withdraw, village.asked("Luc"))
    booking_id, km = village.booked("Luc", "Kangoo"), village.odometer("Kangoo")
    read: dict[str, Any] = {"coop_id": COOP, "booking_id": booking_id, "level_percent": 50}
    keys = TakeKeys(**read, odometer_km=km, photos=(ids["keys"],))
    Bookings(history).take_keys(keys, village.asked("Luc"), "Europe/Paris")
    village.clock.now += timedelta(hours=1)
    back = ReturnVehicle(
        **read, odometer_km=km + 9, photos=(ids["return"],), receipt=ids["receipt"], energy_paid=Money(1_000)
    )
    Bookings(history).return_vehicle(back, village.asked("Luc"), "EUR")
    village.settle()
    return ids


def test_what_an_event_ever_named_stays_and_the_rest_goes_after_a_day(village: Village) -> None:
    ids, nobody_s = named(village), kept(village)
    village.clock.now += timedelta(hours=23, minutes=59)
    young = kept(village)
    assert forget(village) == 0
    village.clock.now += timedelta(minutes=1)
    assert forget(village) == 1
    assert not is_there(village, nobody_s)
    assert is_there(village, young)
    assert {name: is_there(village, photo_id) for name, photo_id in ids.items()} == dict.fromkeys(ids, True)


def test_the_names_are_the_same_made_anew(village: Village) -> None:
    def known() -> set[tuple[UUID, int]]:
        query = select(photo_names.c.photo_id, photo_names.c.position)
        return {tuple(row) for row in village.ask(lambda connection: connection.execute(query).all())}

    ids = named(village)
    before = known()
    assert {photo_id for photo_id, _ in before} == {*ids.values(), LETTER}
    rebuild(village.site.engine, PROJECTIONS)
    assert known() == before


def test_nothing_goes_while_something_has_yet_to_follow(village: Village) -> None:
    nobody_s = kept(village)
    village.clock.now += timedelta(days=1)
    with writing(village.site.engine) as connection:
        connection.execute(update(followers).values(position=followers.c.position - 1))
    assert forget(village) == 0
    assert is_there(village, nobody_s)
    village.settle()
    assert forget(village) == 1


def test_nothing_goes_while_something_waits_to_be_tried_again(village: Village) -> None:
    nobody_s = kept(village)
    village.clock.now += timedelta(days=1)
    key = {"follower": "processes", "position": 1, "process": "charge_trip"}
    waiting = {"coop_id": COOP, "attempts": 1, "next_at": village.now + timedelta(days=1), "reason": "?"}
    with writing(village.site.engine) as connection:
        connection.execute(insert(parked), key | waiting)
    assert forget(village) == 0
    assert is_there(village, nobody_s)
    with writing(village.site.engine) as connection:
        connection.execute(delete(parked))
    assert forget(village) == 1


def test_nothing_goes_while_the_names_are_those_of_another_version(village: Village) -> None:
    nobody_s = kept(village)
    village.clock.now += timedelta(days=1)
    with writing(village.site.engine) as connection:
        keep_recipe(connection, Recipe("another", (), "another"))
    assert forget(village) == 0
    assert is_there(village, nobody_s)
    rebuild(village.site.engine, PROJECTIONS)
    assert forget(village) == 1


def test_a_photo_that_is_being_named_does_not_go_meanwhile(village: Village) -> None:
    """Either the command names it in time, or it is told that the photo is not there: never a name without a photo."""
    for _ in range(4):
        old = kept(village)
        village.clock.now += timedelta(days=1)

        def name(photo_id: UUID = old) -> None:
            report = ReportDamage(
                coop_id=COOP, vehicle_id=village.vehicle("Kangoo"), part="front", sentence="Rayure", photo_id=photo_id
            )

            def work(joined: History) -> Done:
                check_photos(joined.connection, COOP, photo_id)
                return Fleet(joined).report_damage(report, village.asked("Luc"))

            village.site.history.together(work)

        def forget_them() -> None:
            forget(village)

        [refused, _] = refused_at_once(name, forget_them)
        assert is_there(village, old) == (refused is None)
        assert isinstance(refused, NoSuchPhoto | None)
        village.settle()


@pytest.mark.parametrize("word", ["photo", "receipt"])
def test_every_event_that_may_name_a_photo_is_known_here(word: str) -> None:
    found = {line.split()[0] for line in LIST.read_text().splitlines() if word in line}
    assert found <= HOLD_PHOTOS
    assert found
