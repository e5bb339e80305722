"""December: the booking agreed before the vote keeps its price, the one after has the new."""

from tests.places.month.booking import hold
from tests.places.month.driving import give_back, take
from tests.places.month.neighbours import Neighbours, hours
from tests.places.month.program import refused


def drive_at_two_prices(neighbours: Neighbours, agreed_before: str, proposal: str) -> None:
    """50 km on 5 December at 0.30 €/km; 50 km on the 6th, booked on the 2nd, at 0.34 €/km."""
    neighbours.at(2, 9, month=12)
    agreed_after = hold(neighbours, "Sophie", "Kangoo", hours(6, 8, 18, month=12))
    zoe = {"vehicle_id": neighbours.ids["Zoé"], "period": hours(2, 10, 12, month=12)}
    assert refused(neighbours.send("Sophie", "/bookings", zoe)) == (409, "papers-expired")
    _drive(neighbours, "Karim", agreed_before, 5, 131_200)
    assert _charged(neighbours, "Karim", agreed_before) == (-15_00, "0.30", None)
    _drive(neighbours, "Sophie", agreed_after, 6, 131_250)
    decision = proposal.removeprefix("/proposals/")
    assert _charged(neighbours, "Sophie", agreed_after) == (-17_00, "0.34", decision)
    _add_up(neighbours)


def _drive(neighbours: Neighbours, name: str, booking: str, day: int, odometer_km: int) -> None:
    neighbours.at(day, 8, 5, month=12)
    take(neighbours, name, booking, odometer_km)
    neighbours.at(day, 17, 45, month=12)
    give_back(neighbours, name, booking, odometer_km + 50)


def _charged(neighbours: Neighbours, name: str, booking: str) -> tuple[int, str, str | None]:
    """Return what a trip cost its driver, at which rate, by which decision."""
    lines = neighbours.ask(name, "/lines?since=2026-12-01")["items"]
    (line,) = [row for row in lines if row["because"].get("booking_id") == booking]
    assert line["because"]["km"] == 50
    return line["cents"], line["because"]["rate"]["per_km"], line["because"]["rate"]["decision_id"]


def _add_up(neighbours: Neighbours) -> None:
    """The owners of the Kangoo share both prices 2/2/1, and the second month of its insurance, posted by itself."""
    ids = neighbours.ids
    expected = {ids[name]: 0 for name in ("Claire", "Jean", "Mathieu")}
    expected |= {ids["Odile"]: -3_00, neighbours.purse: 3_00, ids["Karim"]: -15_00, ids["Sophie"]: -17_00}
    expected[ids["Amina"]] = 24_00 + 6_00 + 6_80
    expected[ids["Paul"]] = -16_00 + 6_00 + 6_80
    expected[ids["Lucie"]] = -8_00 + 3_00 + 3_40
    assert neighbours.balances() == expected
