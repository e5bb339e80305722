"""5 November: four vehicles enter service, each by who may; what holds for whom, and until which day."""

from typing import Any

from tests.kit.pictures import PDF
from tests.places.month.neighbours import Neighbours, hours
from tests.places.month.program import plain, refused

INSURED, INSPECTED = "2027-10-31", "2028-01-31"
INSPECTED_THIS_MONTH = "2026-11-30"
KANGOO_PARTS = (("Amina", 2), ("Paul", 2), ("Lucie", 1))


def bring_in_vehicles(neighbours: Neighbours) -> None:
    """A Clio lent, a Kangoo co-owned 2/2/1, a Zoé and a cargo bike of the group; and what any member asks of them."""
    neighbours.at(5, 18)
    shares = [{"member_id": neighbours.ids[name], "parts": parts} for name, parts in KANGOO_PARTS]
    letter = neighbours.file("Claire", PDF)
    clio = _car(letter, "Clio", "petrol", "AB-123-CD", 84_000, "12 rue du Bourg") | {"sharing": "lent"}
    kangoo = _car(letter, "Kangoo", "diesel", "DW-907-LM", 131_200, "Parking de la Meyrosse") | {"kind": "van"}
    zoe = _car(letter, "Zoé", "electric", "GH-456-JK", 22_000, "Borne de la mairie", INSPECTED_THIS_MONTH)
    _enter(neighbours, "Jean", clio | {"owners": [{"member_id": neighbours.ids["Jean"]}]})
    _enter(neighbours, "Amina", kangoo | {"sharing": "co_owned", "owners": shares})
    assert refused(neighbours.send("Sophie", "/vehicles", zoe)) == (403, "by-a-referent")
    _enter(neighbours, "Claire", zoe)
    _enter(neighbours, "Claire", _bike())
    _hang_key_box(neighbours)
    _look_at_them(neighbours)
    _are_told_why_not(neighbours)


def _car(
    letter: str, name: str, energy: str, plate: str, odometer_km: int, where: str, inspected: str = INSPECTED
) -> Any:
    papers = [
        {"kind": "insurance", "valid_until": INSURED},
        {"kind": "consent", "given_on": "2026-11-02", "photo_id": letter},
        {"kind": "inspection", "valid_until": inspected},
        {"kind": "registration"},
    ]
    drawn = {"name": name, "kind": "car", "sharing": "group", "energy": energy, "plate": plate, "seats": 5}
    kept = {"home": {"text": where}, "handover": "in_person", "odometer_km": odometer_km, "papers": papers}
    return drawn | kept | {"price": {"per_km": "0.30"}}


def _bike() -> Any:
    drawn = {"name": "Biporteur", "kind": "cargo_bike", "sharing": "group", "energy": "electric", "seats": 1}
    where = {"text": "Sous le préau de l’école", "latitude": "44.75314", "longitude": "5.37088"}
    return drawn | {"home": where, "handover": "key_box", "price": {"per_km": "0"}}


def _enter(neighbours: Neighbours, by: str, body: Any) -> None:
    neighbours.ids[body["name"]] = neighbours.do(by, "/vehicles", body)


def _hang_key_box(neighbours: Neighbours) -> None:
    bike = f"/vehicles/{neighbours.ids['Biporteur']}"
    neighbours.do("Claire", f"{bike}/handbook", {"text": "Béquille dure.", "access_code": "2611"})
    assert neighbours.ask("Mathieu", bike)["handbook"] is None  # for who drives it
    shown = neighbours.ask("Claire", bike)
    assert shown["handbook"] == "Béquille dure."
    assert "2611" not in str(shown)


def _look_at_them(neighbours: Neighbours) -> None:
    cards = {card["name"]: card for card in neighbours.ask("Sophie", "/vehicles")["items"]}
    assert list(cards) == ["Biporteur", "Clio", "Kangoo", "Zoé"]
    assert [cards[name]["sharing"] for name in cards] == ["group", "lent", "co_owned", "group"]
    assert cards["Clio"]["home"]["text"] == "12 rue du Bourg"
    owned = {owner["member_id"]: owner["parts"] for owner in cards["Kangoo"]["owners"]}
    assert owned == {neighbours.ids[name]: parts for name, parts in KANGOO_PARTS}
    _read_papers_and_prices(neighbours)


def _read_papers_and_prices(neighbours: Neighbours) -> None:
    papers = neighbours.ask("Sophie", f"/vehicles/{neighbours.ids['Zoé']}/papers")
    inspection = next(paper for paper in papers if paper["kind"] == "inspection")
    assert (inspection["state"], inspection["valid_until"], inspection["days_left"]) == ("soon", "2026-11-30", 25)
    tariffs = {tariff["vehicle_id"]: tariff for tariff in neighbours.ask("Sophie", "/tariffs")["items"]}
    prices = {name: tariffs[neighbours.ids[name]]["per_km"] for name in ("Clio", "Kangoo", "Zoé", "Biporteur")}
    assert prices == {"Clio": "0.30", "Kangoo": "0.30", "Zoé": "0.30", "Biporteur": "0.00"}
    assert tariffs[neighbours.ids["Clio"]]["receivers"] == {neighbours.ids["Jean"]: 1}


def _are_told_why_not(neighbours: Neighbours) -> None:
    """A member who wants a vehicle for hours after its inspection ended is refused, with the paper and its last day."""
    wanted = {"vehicle_id": neighbours.ids["Zoé"], "period": hours(4, 18, 20, month=12)}
    answer = neighbours.send("Sophie", "/bookings", wanted)
    assert refused(answer) == (409, "papers-expired")
    sentence = "Date limite pour ce véhicule (contrôle technique) : 30 novembre 2026."
    until = "Tant que ce n’est pas fait, on ne peut pas le réserver au-delà."
    assert plain(answer.json()["detail"]) == f"{sentence} {until}"
    assert neighbours.ask("Sophie", "/bookings")["items"] == []
