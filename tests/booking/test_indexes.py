"""What is asked on every page is found by an index, on SQLite that has not counted its tables yet too."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from booking.hours.queries import active_bookings
from booking.queries import next_and_untold, next_booking, requests_due, requests_slice, requests_to, undriven_due
from kernel.privacy import Keyring
from tests.booking.village import ANNA, COOP, NOON, OLGA, Village
from tests.kit.databases import on_sqlite
from tests.kit.plans import plan_of

pytestmark = on_sqlite

Ask = Callable[[Connection, Keyring], object]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (
            lambda connection, keyring: requests_to(connection, keyring, COOP, OLGA),
            "booking_bookings_asked (coop_id=?)",
        ),
        (
            lambda connection, keyring: requests_slice(connection, keyring, COOP, OLGA, most=2),
            "booking_bookings_asked (coop_id=?)",
        ),
        (lambda connection, _: requests_due(connection, NOON), "booking_bookings_waiting (answer_until<?)"),
        (lambda connection, _: undriven_due(connection, NOON), "booking_bookings_untaken (ends_at<?)"),
        (
            lambda connection, keyring: next_booking(connection, keyring, COOP, ANNA, NOON),
            "booking_bookings_held (coop_id=? AND driver_id=?)",
        ),
        (
            lambda connection, keyring: next_and_untold(connection, keyring, COOP, ANNA, NOON),
            "booking_bookings_held (coop_id=? AND driver_id=?)",
        ),
        (
            lambda connection, _: active_bookings(connection, COOP, ANNA, NOON),
            "booking_bookings_by_driver (coop_id=? AND driver_id=? AND ends_at>?)",
        ),
    ],
    ids=[
        *("requests", "a slice of them", "requests due", "bookings nobody took", "next booking", "next and untold"),
        "active bookings",
    ],
)
def test_an_index_answers_without_sorting(village: Village, ask: Ask, index: str) -> None:
    with village.connect() as connection:
        plan = plan_of(connection, lambda: ask(connection, village.history.keyring))
    assert plan == f"SEARCH booking_bookings USING INDEX {index}"
