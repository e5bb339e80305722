"""What the pages ask: my bookings, my next one, a vehicle's plans, the requests I may answer."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from booking.booking import TIME_TO_TELL
from booking.queries import (
    BookingRow,
    booking,
    bookings_during,
    bookings_slice,
    bookings_to_come,
    next_and_untold,
    next_booking,
    plans,
    requests_to,
)
from kernel.log.rebuild import rebuild
from processes import PROJECTIONS
from tests.booking.village import ANNA, BEN, CLIO, COOP, EVENING, KANGOO, NOON, OLGA, OTHER_COOP, Village, asked, hours
from tests.kit.plans import counted
from tests.kit.rows import dump


def ids(rows: Sequence[BookingRow]) -> list[UUID]:
    return [row.booking_id for row in rows]


def test_my_bookings_come_latest_first_and_nobody_elses(village: Village) -> None:
    early, late = village.book(hours(9, 10)).stream_id, village.book().stream_id
    village.book(by=BEN, vehicle=CLIO)
    with village.connect() as connection:
        assert ids(bookings_slice(connection, village.history.keyring, COOP, ANNA, most=9).items) == [late, early]


def test_my_bookings_come_by_slices_too_and_one_made_meanwhile_shifts_nothing(village: Village) -> None:
    first, second, third = (village.book(hours(start, start + 1)).stream_id for start in (9, 11, 13))
    keyring = village.history.keyring
    with village.connect() as connection:
        top = bookings_slice(connection, keyring, COOP, ANNA, most=2)
    village.cancel(third, asked(ANNA))
    later = village.book(hours(15, 16)).stream_id
    with village.connect() as connection:
        rest = bookings_slice(connection, keyring, COOP, ANNA, after=top.after, most=2)
        anew = bookings_slice(connection, keyring, COOP, ANNA, most=2)
    assert (ids(top.items), ids(rest.items), rest.after) == ([third, second], [first], None)
    assert ids(anew.items) == [later, third]


def test_my_next_booking_is_the_first_not_over_unless_a_trip_is_under_way(village: Village) -> None:
    morning, evening = village.book(hours(9, 10)).stream_id, village.book().stream_id
    keyring = village.history.keyring
    with village.connect() as connection:
        first = next_booking(connection, keyring, COOP, ANNA, NOON)
        later = next_booking(connection, keyring, COOP, ANNA, hours(9, 10).end)
    village.take(morning, asked(ANNA, at=hours(9, 10).start))
    with village.connect() as connection:
        overdue = next_booking(connection, keyring, COOP, ANNA, EVENING.start)
        nobodys = next_booking(connection, keyring, COOP, BEN, NOON)
    assert [row and row.booking_id for row in (first, later, overdue, nobodys)] == [morning, evening, morning, None]


def test_what_is_to_come_is_the_trip_under_way_however_late_and_the_hours_i_still_hold(village: Village) -> None:
    morning, evening = village.book(hours(9, 10)).stream_id, village.book().stream_id
    village.cancel(village.book(hours(11, 12)).stream_id, asked(ANNA))
    village.book(hours(12, 13))
    village.take(morning, asked(ANNA, at=hours(9, 10).start))
    with village.connect() as connection:
        coming = bookings_to_come(connection, village.history.keyring, COOP, ANNA, hours(12, 13).end)
    assert ids(coming) == [morning, evening]


def test_home_asks_at_once_what_is_next_and_of_which_hours_no_trip_was_told(village: Village) -> None:
    morning, noon = village.book(hours(9, 10)).stream_id, village.book(hours(12, 13)).stream_id
    evening = village.book().stream_id
    village.book(hours(9, 10), by=BEN, vehicle=CLIO)
    village.take(morning, asked(ANNA, at=hours(9, 10).start))
    keyring, last = village.history.keyring, hours(12, 13).end
    with village.connect() as connection:
        late, untold = next_and_untold(connection, keyring, COOP, ANNA, last)
        assert (late and late.booking_id, ids(untold)) == (morning, [noon])
        nobody, too_late = next_and_untold(connection, keyring, COOP, OLGA, last + TIME_TO_TELL)
        assert (nobody, too_late) == (None, [])
        _, forgotten = next_and_untold(connection, keyring, COOP, ANNA, last + TIME_TO_TELL)
    assert ids(forgotten) == [evening]


def test_a_calendar_asks_only_for_what_touches_it_and_was_not_given_back(village: Village) -> None:
    first, second = village.book(hours(8, 10)).stream_id, village.book(hours(12, 14), vehicle=CLIO).stream_id
    village.cancel(village.book(hours(10, 11)).stream_id, asked(ANNA))
    village.book(hours(14, 15))
    village.book(hours(11, 12), by=BEN)
    with village.connect() as connection:
        assert ids(bookings_during(connection, village.history.keyring, COOP, ANNA, hours(9, 14))) == [first, second]


def test_texts_of_many_bookings_are_opened_in_one_question(village: Village) -> None:
    for start in (8, 10, 12):
        village.book(hours(start, start + 1), destination=f"Valence at {start}")
    with village.connect() as connection, counted(connection) as statements:
        found = bookings_slice(connection, village.history.keyring, COOP, ANNA, most=9)
    assert [row.destination for row in found.items] == ["Valence at 12", "Valence at 10", "Valence at 8"]
    assert len(statements) == 2


def test_the_trip_under_way_comes_before_a_booking_that_began_earlier_and_was_not_taken(village: Village) -> None:
    village.book(hours(8, 18))
    short = village.book(hours(9, 10), vehicle=CLIO, at=NOON + timedelta(hours=1)).stream_id
    village.approve(short, asked(OLGA))
    village.take(short, asked(ANNA, at=hours(9, 10).start))
    with village.connect() as connection:
        found = next_booking(connection, village.history.keyring, COOP, ANNA, hours(9, 10).start)
    assert found
    assert found.booking_id == short


def test_a_vehicles_plans_are_what_touches_the_period_and_was_not_given_back(village: Village) -> None:
    first, second = village.book(hours(8, 10)).stream_id, village.book(hours(12, 14), by=BEN).stream_id
    village.cancel(village.book(hours(10, 11), by=BEN).stream_id, asked(BEN))
    village.book(hours(14, 15), by=BEN)
    with village.connect() as connection:
        assert ids(plans(connection, village.history.keyring, COOP, KANGOO, hours(9, 14))) == [first, second]


def test_an_owner_sees_the_requests_she_may_answer(village: Village) -> None:
    request = village.book(vehicle=CLIO, at=NOON + timedelta(hours=1)).stream_id
    keyring = village.history.keyring
    with village.connect() as connection:
        assert ids(requests_to(connection, keyring, COOP, OLGA)) == [request]
        assert requests_to(connection, keyring, COOP, BEN) == []
    village.approve(request, asked(OLGA))
    with village.connect() as connection:
        assert requests_to(connection, keyring, COOP, OLGA) == []


def test_a_booking_of_another_coop_is_not_shown(village: Village) -> None:
    mine = village.book().stream_id
    with village.connect() as connection:
        assert booking(connection, village.history.keyring, OTHER_COOP, mine) is None
        assert booking(connection, village.history.keyring, COOP, uuid4()) is None


def test_a_rebuild_gives_the_same_rows(village: Village) -> None:
    mine, request = village.book(destination="Valence").stream_id, village.book(vehicle=CLIO).stream_id
    village.cancel(village.book(hours(9, 10), by=BEN).stream_id, asked(BEN))
    village.refuse(request, asked(OLGA), "Non")
    village.take(mine, asked(ANNA, at=EVENING.start))
    village.give_back(mine, asked(ANNA, at=EVENING.start + timedelta(minutes=40)))
    village.close(CLIO)
    engine = village.history.engine
    live = dump(engine)
    assert rebuild(engine, PROJECTIONS) == len(village.events())
    assert dump(engine) == live
    assert len(live["booking_bookings"]) == 3
