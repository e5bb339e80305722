"""What was typed at both ends of a trip is set right, or accepted though it looks odd."""

from functools import partial
from uuid import UUID

import pytest
from msgspec.structs import replace

from booking.commands import AcceptReadings, CorrectReadings
from booking.events import ReadingsAccepted, ReadingsCorrected, TripEnded
from booking.queries import odd_trips, typists
from booking.setting_right import NotReturnedYet, accept, correct
from booking.trip import OdometerBack, Trip
from kernel.privacy import Sealed
from kernel.refused import NotYours, Unknown, Unlikely
from tests.booking.odd import odd_at
from tests.booking.test_return_vehicle import give_back
from tests.booking.village import ANNA, BEN, BOOKING, COOP, EVENING, OLGA, UNDER_WAY, Village, asked
from tests.kit.races import at_once

CLAIRE, DAVID = UUID(int=14), UUID(int=15)
WHY = Sealed(COOP, BEN, b"")
ENDED = give_back()
OVER = UNDER_WAY.evolve(ENDED)
ODD = UNDER_WAY.evolve(replace(ENDED, odd=True))
ACCEPT = AcceptReadings(coop_id=COOP, booking_id=BOOKING)


def right(out_km: int = 1000, in_km: int = 1015) -> CorrectReadings:
    return CorrectReadings(
        coop_id=COOP, booking_id=BOOKING, odometer_out_km=out_km, odometer_in_km=in_km, reason="Mal lu."
    )


def corrected(trip: Trip = OVER, *, odd: bool = False, by: UUID = BEN, **km: int) -> ReadingsCorrected:
    command = right(**km)
    sure = replace(command, confirmed=command.odometer_in_km)
    question = odd_at(command.odometer_in_km) if odd else None
    [event] = correct(trip, sure, odd=question, reason=WHY, by=by)
    assert isinstance(event, ReadingsCorrected)
    return event


def test_it_says_what_was_typed_and_the_whole_trip_as_it_is_now() -> None:
    assert corrected() == ReadingsCorrected(
        trip=replace(ENDED, odometer_in_km=1015),
        corrected_by=BEN,
        was_out_km=1000,
        was_in_km=1042,
        reason=WHY,
        revision=2,
    )


def test_the_first_charge_of_a_trip_that_waited_is_its_first() -> None:
    assert corrected(ODD).revision == 1


def test_one_that_is_odd_still_leads_to_no_charge_of_its_own() -> None:
    waiting = OVER.evolve(corrected(odd=True))
    assert (waiting.revision, corrected(waiting, in_km=1020).revision) == (1, 2)


def test_what_was_typed_already_changes_nothing() -> None:
    assert correct(OVER, right(in_km=1042), odd=None, reason=WHY, by=BEN) == ()


def test_what_looks_odd_is_asked_first() -> None:
    with pytest.raises(Unlikely):
        correct(OVER, right(), odd=odd_at(1015), reason=WHY, by=BEN)


def test_an_odometer_does_not_go_back() -> None:
    with pytest.raises(OdometerBack):
        corrected(in_km=999)


def test_not_before_it_is_back() -> None:
    with pytest.raises(NotReturnedYet):
        corrected(UNDER_WAY)


def test_another_accepts_what_looks_odd() -> None:
    assert accept(ODD, ACCEPT, by=OLGA) == (ReadingsAccepted(trip=ENDED, revision=1),)
    assert accept(OVER, ACCEPT, by=OLGA) == ()  # nothing looks odd


def test_who_typed_it_does_not() -> None:
    passed_on = UNDER_WAY.evolve(replace(ENDED, odd=True, told_by=OLGA))
    by_ben = OVER.evolve(corrected(odd=True))
    for trip, typist in ((ODD, ANNA), (passed_on, OLGA), (by_ben, BEN), (ODD, None)):
        with pytest.raises(NotYours):
            accept(trip, ACCEPT, by=typist)


def test_nor_does_who_typed_it_some_corrections_ago() -> None:
    in_turn = OVER
    for by, km in ((BEN, 1015), (OLGA, 1016), (CLAIRE, 1017)):
        in_turn = in_turn.evolve(corrected(in_turn, odd=True, by=by, in_km=km))
    for typist in (ANNA, BEN, OLGA, CLAIRE):
        with pytest.raises(NotYours):
            accept(in_turn, ACCEPT, by=typist)
    [accepted] = accept(in_turn, ACCEPT, by=DAVID)
    assert isinstance(accepted, ReadingsAccepted)
    assert (accepted.revision, accepted.corrected_by) == (2, CLAIRE)


def over(village: Village, *, odd: bool) -> CorrectReadings:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=EVENING.start))
    village.give_back(mine, asked(ANNA, at=EVENING.end), odd=odd)
    return replace(right(), booking_id=mine)


def test_the_booking_is_then_shown_with_what_is_right(village: Village) -> None:
    command, once = over(village, odd=False), asked(BEN, at=EVENING.end)
    assert len({village.doors.correct_readings(command, once).position for _ in range(3)}) == 1
    shown = village.shown(command.booking_id)
    assert (shown.odometer_out_km, shown.distance_km, shown.revision, shown.corrected_by) == (1000, 15, 2, BEN)


def test_accepted_it_waits_no_more(village: Village) -> None:
    booking_id = over(village, odd=True).booking_id
    assert (village.shown(booking_id).waits, village.shown(booking_id).revision) == (True, 0)
    village.doors.accept_readings(AcceptReadings(coop_id=COOP, booking_id=booking_id), asked(OLGA, at=EVENING.end))
    assert (village.shown(booking_id).waits, village.shown(booking_id).revision) == (False, 1)


def test_it_is_asked_of_none_who_ever_typed_it(village: Village) -> None:
    command = over(village, odd=False)
    for by, km in ((BEN, 1015), (OLGA, 1016)):
        sure = replace(command, odometer_in_km=km, confirmed=km)
        village.doors.correct_readings(sure, asked(by, at=EVENING.end), odd=odd_at(km))
    with village.connect() as connection:
        assert typists(connection, COOP, [command.booking_id])[command.booking_id] == {ANNA, BEN, OLGA}
        ask = partial(odd_trips, connection, village.history.keyring, COOP)
        assert [who for who in (ANNA, BEN, OLGA, CLAIRE) if ask(member_id=who)] == [CLAIRE]


def test_when_two_set_it_right_at_once_both_are_kept_one_after_the_other(village: Village) -> None:
    command = over(village, odd=False)
    door = village.doors.correct_readings
    others = replace(command, odometer_in_km=1016)
    at_once(
        partial(door, command, asked(BEN, at=EVENING.end)),
        partial(door, others, asked(OLGA, at=EVENING.end)),
    )
    assert village.shown(command.booking_id).revision == 3


def test_of_a_booking_that_never_was_there_is_nothing_to_set_right(village: Village) -> None:
    with pytest.raises(Unknown):
        village.doors.correct_readings(right(), asked(BEN))


def test_a_return_may_say_what_was_mistyped_at_the_start(village: Village) -> None:
    mine = village.book().stream_id
    village.take(mine, asked(ANNA, at=EVENING.start), km=10_000, odd=True)
    village.give_back(mine, asked(ANNA, at=EVENING.end), km=1042, out_km=1000)
    shown = village.shown(mine)
    assert (shown.odometer_out_km, shown.distance_km, shown.waits) == (1000, 42, False)
    ended = next(event for event in village.events() if isinstance(event, TripEnded))
    assert ended.mistyped_out_km == 10_000
