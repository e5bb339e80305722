"""What tables of entries ask: narrowed, sorted, added up."""

from uuid import uuid4

from booking.trip import trip_id
from kernel.log.history import History
from ledger.entries.listing import queries
from ledger.entries.listing.queries import Narrowed, OfKind, Summed
from tests.ledger.given import (
    ANNA,
    CLIO,
    COOP,
    DAVID,
    DAY,
    INSURANCE,
    OTHER_COOP,
    TODAY,
    asked,
    open_tariffs,
    three_days,
)


def test_entries_are_sorted_by_what_they_moved_and_added_up_by_kind(history: History) -> None:
    three_days(history)
    open_tariffs(history).record_expense(INSURANCE, asked(ANNA))
    with history.engine.connect() as connection:
        found = queries.entries_by(connection, COOP, Narrowed(kinds=("trip",)), by="-amount", most=9).items
        assert [entry.moved_cents for entry in found] == [3000, 1500, 300]
        two_days = Narrowed(since=TODAY + DAY, until=TODAY + 2 * DAY, kinds=("trip",))
        assert queries.entries_summed(connection, COOP, two_days) == (OfKind(kind="trip", count=2, cents=1800),)
        assert queries.entries_summed(connection, OTHER_COOP) == ()
        assert queries.entries_summed(connection, COOP, Narrowed(vehicle_id=uuid4())) == ()


def test_lines_are_sorted_and_added_up_above_and_below_zero(history: History) -> None:
    three_days(history)
    open_tariffs(history).record_expense(INSURANCE, asked(ANNA))
    with history.engine.connect() as connection:
        found = queries.lines_by(connection, COOP, ANNA, by="amount", most=9).items
        assert [line.cents for line in found] == sorted(line.cents for line in found)
        every = queries.lines_summed(connection, COOP, ANNA)
        assert every == Summed(count=5, given_cents=8800, owed_cents=-1600)
        of_clio = queries.lines_summed(connection, COOP, DAVID, Narrowed(until=TODAY, vehicle_id=CLIO))
        assert of_clio == Summed(count=1, given_cents=0, owed_cents=-3000)
        assert queries.lines_summed(connection, OTHER_COOP, ANNA) == Summed(count=0, given_cents=0, owed_cents=0)


def test_trips_are_added_up_at_the_prices_that_stand_by_the_day_they_ended(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        assert queries.trips_summed(connection, COOP) == 4800
        assert queries.trips_summed(connection, COOP, Narrowed(since=TODAY + DAY), DAVID) == 1800
        assert queries.trips_summed(connection, COOP, Narrowed(until=TODAY), ANNA) == 0
        assert queries.trips_charged(connection, COOP, [trip_id(uuid4())]) == {}


def test_balances_are_sorted_by_amount(history: History) -> None:
    three_days(history)
    with history.engine.connect() as connection:
        falling = queries.balances_by_amount(connection, COOP, falling=True, after=None, most=9)
        assert falling.items == ((ANNA, 4800), (DAVID, -4800))
