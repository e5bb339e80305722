"""9 to 11 November: 100 km in the Clio with 60.00 € of fuel paid, why that makes 30.00 €, and shorter trips."""

from datetime import date
from typing import Any
from uuid import uuid4

from demo.cast.receipts import draw_receipt
from tests.kit.pictures import jpeg
from tests.places.month.booking import hold
from tests.places.month.neighbours import Neighbours, hours
from tests.places.month.program import refused


def drive(neighbours: Neighbours, bookings: dict[str, str]) -> None:
    """Three trips: one paid for on the way, one of the group's car, one free of charge."""
    sophies = f"/bookings/{bookings['Sophie']}"
    neighbours.at(9, 17, 40)
    _take_the_clio(neighbours, sophies)
    neighbours.at(9, 19, 50)
    receipt = neighbours.photograph("Sophie", draw_receipt(date(2026, 11, 9), 60_00))
    _return_the_clio(neighbours, sophies, receipt)
    _ask_why(neighbours, bookings["Sophie"], receipt)
    neighbours.at(11, 18)
    take(neighbours, "Lucie", bookings["Lucie"], 22_000)
    _open_the_key_box(neighbours, bookings["Mathieu"])
    take(neighbours, "Mathieu", bookings["Mathieu"], 0)
    neighbours.at(11, 19, 30)
    give_back(neighbours, "Lucie", bookings["Lucie"], 22_034)
    give_back(neighbours, "Mathieu", bookings["Mathieu"], 0)
    assert neighbours.ask("Lucie", "/balance")["cents"] == -10_20
    assert neighbours.ask("Mathieu", "/balance")["cents"] == 0


def drive_before_leaving(neighbours: Neighbours) -> None:
    """20 November: Odile's one trip, 10 km in the Zoé, which she leaves without having paid."""
    neighbours.at(20, 9)
    booked = hold(neighbours, "Odile", "Zoé", hours(20, 9, 11))
    take(neighbours, "Odile", booked, 22_034)
    neighbours.at(20, 10)
    give_back(neighbours, "Odile", booked, 22_044)
    assert neighbours.ask("Odile", "/balance")["cents"] == -3_00


def take(neighbours: Neighbours, name: str, booking: str, odometer_km: int) -> None:
    """Let a driver take the keys, now."""
    neighbours.do(name, f"/bookings/{booking}/keys", {"odometer_km": odometer_km, "level_percent": 80})
    assert neighbours.ask(name, f"/bookings/{booking}")["status"] == "under_way"


def give_back(neighbours: Neighbours, name: str, booking: str, odometer_km: int) -> None:
    """Let a driver return the vehicle, now."""
    neighbours.do(name, f"/bookings/{booking}/return", {"odometer_km": odometer_km, "level_percent": 60})
    assert neighbours.ask(name, f"/bookings/{booking}")["status"] == "over"


def _take_the_clio(neighbours: Neighbours, here: str) -> None:
    """Look at the damages known, report one seen, and start with a photo."""
    damages = f"/vehicles/{neighbours.ids['Clio']}/damages"
    assert neighbours.ask("Sophie", damages)["items"] == []
    photo = neighbours.photograph("Sophie", jpeg())
    seen = {"part": "left", "sentence": "Une rayure sur la portière.", "photo_id": photo}
    unkept = str(uuid4())
    assert refused(neighbours.send("Sophie", damages, seen | {"photo_id": unkept})) == (409, "no-such-photo")
    without = neighbours.send(
        "Sophie", f"{here}/keys", {"odometer_km": 84_000, "level_percent": 100, "photos": [unkept]}
    )
    assert refused(without) == (409, "no-such-photo")
    neighbours.do("Sophie", damages, seen)
    (known,) = neighbours.ask("Jean", damages)["items"]
    assert {name: known[name] for name in seen} == seen
    neighbours.do("Sophie", f"{here}/keys", {"odometer_km": 84_000, "level_percent": 100, "photos": [photo]})
    trip = neighbours.ask("Sophie", here)
    assert (trip["status"], trip["odometer_out_km"], trip["level_out_percent"]) == ("under_way", 84_000, 100)
    kept = neighbours.programs["Jean"].get(f"{neighbours.here}/photos/{trip['photos'][0]}")
    assert (kept.status_code, kept.headers["content-type"]) == (200, "image/jpeg")


def _open_the_key_box(neighbours: Neighbours, booking: str) -> None:
    """The code is told to who may take the keys now, and to nobody else."""
    here = f"/bookings/{booking}/to-know"
    shown = neighbours.ask("Mathieu", here)
    assert (shown["to_do"], shown["handbook"], shown["access_code"]) == ("take_keys", "Béquille dure.", "2611")
    assert neighbours.ask("Claire", here)["access_code"] is None
    assert refused(neighbours.send("Lucie", here, method="GET")) == (403, "not-yours")


def _return_the_clio(neighbours: Neighbours, here: str, receipt: str) -> None:
    """Send the return three times, for the network is poor: it counts once, and nothing else comes under its key."""
    key = uuid4()
    paid = {"energy_paid": {"cents": 60_00, "currency": "EUR"}, "receipt": receipt}
    body = {"odometer_km": 84_100, "level_percent": 75} | paid
    first, *again = [neighbours.send("Sophie", f"{here}/return", body, key=key) for _ in range(3)]
    assert first.status_code == 201, first.text
    assert [(answer.status_code, answer.content) for answer in again] == [(201, first.content)] * 2
    unkept = neighbours.send("Sophie", f"{here}/return", body | {"receipt": str(uuid4())})
    assert refused(unkept) == (409, "no-such-photo")
    other = neighbours.send("Sophie", f"{here}/return", body | {"odometer_km": 84_001}, key=key)
    assert refused(other) == (409, "command-reused")
    trip = neighbours.ask("Sophie", here)
    assert (trip["status"], trip["odometer_in_km"], trip["energy_paid_cents"]) == ("over", 84_100, 60_00)


def _ask_why(neighbours: Neighbours, booking: str, receipt: str) -> None:
    """What she is owed, the two lines that make it, and the proof of each."""
    sophie, jean = neighbours.ids["Sophie"], neighbours.ids["Jean"]
    assert neighbours.ask("Sophie", "/balance")["cents"] == 30_00
    fuel, trip = sorted(neighbours.ask("Sophie", "/lines")["items"], key=lambda line: str(line["because"]["of"]))
    assert (fuel["cents"], trip["cents"]) == (60_00, -30_00)
    why = _because(neighbours, trip, {sophie: -30_00, jean: 30_00})
    assert (why["booking_id"], why["km"], why["cents"]) == (booking, 100, 30_00)
    assert (why["odometer_out_km"], why["odometer_in_km"]) == (84_000, 84_100)
    assert (why["rate"]["per_km"], why["rate"]["rulebook_version"], why["km_cents"]) == ("0.30", 1, "3000")
    why = _because(neighbours, fuel, {sophie: 60_00, jean: -60_00})
    assert (why["receipt"], why["borne"]["weights"]) == (receipt, {jean: 1})


def _because(neighbours: Neighbours, line: Any, sides: dict[str, int]) -> Any:
    """Read the entry of a line, whose sides are these; return its explanation."""
    entry = neighbours.ask("Jean", f"/entries/{line['entry_id']}")
    assert {posting["account"]: posting["cents"] for posting in entry["postings"]} == sides
    assert entry["because"] == line["because"]
    return entry["because"]
