"""8 November: what is free tomorrow; Jean says yes to Sophie from his mail, and two want the Zoé at once."""

import re
from typing import Any
from urllib.parse import urlencode

from tests.places.month.neighbours import Neighbours, hours
from tests.places.month.program import plain, refused

TOMORROW, WEDNESDAY = hours(9, 18, 20), hours(11, 18, 20)


def book(neighbours: Neighbours) -> dict[str, str]:
    """Ask, agree, come second: return the booking of each who drives."""
    neighbours.at(8, 8)
    held = hold(neighbours, "Karim", "Kangoo", TOMORROW)
    assert neighbours.ask("Karim", f"/bookings/{held}")["status"] == "confirmed"
    _see_what_is_free(neighbours)
    asked = hold(neighbours, "Sophie", "Clio", TOMORROW)
    _agree_from_the_mail(neighbours, asked)
    _learn_of_it(neighbours, asked)
    neighbours.do("Karim", f"/bookings/{held}/cancellation")
    assert _free(neighbours, "Sophie", TOMORROW)["Kangoo"]["free"] is True
    neighbours.at(8, 20)
    return {"Sophie": asked} | _take_the_same_hours(neighbours)


def hold(neighbours: Neighbours, name: str, vehicle: str, period: dict[str, str]) -> str:
    """Let a driver hold hours of a vehicle; return the booking."""
    return neighbours.do(name, "/bookings", {"vehicle_id": neighbours.ids[vehicle], "period": period})


def _free(neighbours: Neighbours, name: str, period: dict[str, str]) -> dict[str, Any]:
    found = {offer["vehicle_id"]: offer for offer in neighbours.ask(name, f"/availability?{urlencode(period)}")}
    return {vehicle: found[neighbours.ids[vehicle]] for vehicle in ("Clio", "Kangoo", "Zoé", "Biporteur")}


def _see_what_is_free(neighbours: Neighbours) -> None:
    found = _free(neighbours, "Sophie", TOMORROW)
    assert [found[vehicle_id]["free"] for vehicle_id in found] == [True, False, True, True]
    assert [found[vehicle_id]["needs_approval"] for vehicle_id in found] == [True, False, False, False]
    assert [found[vehicle_id]["why_not"] and found[vehicle_id]["why_not"]["code"] for vehicle_id in found] == [
        None,
        "vehicle-taken",
        None,
        None,
    ]


def _agree_from_the_mail(neighbours: Neighbours, asked: str) -> None:
    assert neighbours.ask("Sophie", f"/bookings/{asked}")["status"] == "requested"
    letter = neighbours.letters_to("Jean")[0]
    assert plain(letter.subject) == "Sophie voudrait prendre : Clio, demain 18 h – 20 h"
    read = re.search(f"{neighbours.here}(/bookings/[0-9a-f-]+)", letter.body)
    assert read is not None
    (waiting,) = neighbours.ask("Jean", "/requests")["items"]
    request = neighbours.ask("Jean", read[1])
    assert waiting == request
    assert neighbours.ask("Claire", "/requests")["items"] == []
    assert (request["booking_id"], request["driver_id"]) == (asked, neighbours.ids["Sophie"])
    assert refused(neighbours.send("Sophie", f"{read[1]}/approval")) == (403, "not-yours")
    neighbours.do("Jean", f"{read[1]}/approval")
    assert neighbours.ask("Jean", "/requests")["items"] == []


def _learn_of_it(neighbours: Neighbours, asked: str) -> None:
    assert plain(neighbours.letters_to("Sophie")[0].subject) == "C’est oui : Clio, demain 18 h – 20 h"
    assert neighbours.ask("Sophie", f"/bookings/{asked}")["status"] == "confirmed"


def _take_the_same_hours(neighbours: Neighbours) -> dict[str, str]:
    """Both see the Zoé free; the second to ask is told whose hours they are now, and takes the bike."""
    for name in ("Lucie", "Mathieu"):
        assert _free(neighbours, name, WEDNESDAY)["Zoé"]["free"] is True
    in_zoe = hold(neighbours, "Lucie", "Zoé", WEDNESDAY)
    assert neighbours.ask("Lucie", f"/bookings/{in_zoe}")["status"] == "confirmed"
    wanted = {"vehicle_id": neighbours.ids["Zoé"], "period": WEDNESDAY}
    second = neighbours.send("Mathieu", "/bookings", wanted)
    assert refused(second) == (409, "vehicle-taken")
    assert plain(second.json()["detail"]) == "Déjà réservé : mercredi 18 h – 20 h."
    assert neighbours.ask("Mathieu", "/bookings")["items"] == []
    return {"Lucie": in_zoe, "Mathieu": hold(neighbours, "Mathieu", "Biporteur", WEDNESDAY)}
