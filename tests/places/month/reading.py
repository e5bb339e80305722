"""Everything that can be read: each question the API describes, about each thing there is, by three who differ."""

from collections.abc import Iterator
from itertools import product
from string import Formatter
from typing import Any

from tests.places.month.neighbours import Neighbours

READERS = ("Claire", "Amina", "Jean")  # a référent, a co-owner, one who lends
Answers = dict[tuple[str, str], tuple[int, str]]
ASKED = {
    "/communes": "?q=die",
    "/coops/{coop_id}/availability": "?start=2026-12-20T08:00:00Z&end=2026-12-20T10:00:00Z",
    "/coops/{coop_id}/balance": "?on=2026-11-30",
    "/coops/{coop_id}/balances": "?on=2026-11-30",
    "/found-communes": "?q=saint",
    "/coops/{coop_id}/rules": "?on=2026-11-30",
}


def read_everything(neighbours: Neighbours) -> Answers:
    """Return every answer, by who asked and what: its status and its very text."""
    addresses = [*_addresses(neighbours)]
    return {
        (name, address): (answer.status_code, answer.text)
        for name in READERS
        for address in addresses
        for answer in [neighbours.programs[name].get(address)]
    }


def _addresses(neighbours: Neighbours) -> Iterator[str]:
    ids = _ids(neighbours)
    for path, ways in neighbours.programs["Claire"].ask("/openapi.json")["paths"].items():
        if "get" not in ways:
            continue
        names = [name for _, name, _, _ in Formatter().parse(path) if name]
        for values in product(*(ids[name] for name in names)):
            yield path.format(**dict(zip(names, values, strict=True)))
        if path in ASKED:
            yield path.format(coop_id=ids["coop_id"][0]) + ASKED[path]


def _ids(neighbours: Neighbours) -> dict[str, list[str]]:
    """Return what may stand in an address: everything of each kind that the co-op has."""
    bookings = [str(booking["booking_id"]) for name in neighbours.programs for booking in _bookings(neighbours, name)]
    photos = [photo for name in neighbours.programs for photo in _photos(neighbours, name)]
    return {
        "coop_id": [neighbours.purse],
        "month": ["2026-11"],
        "member_id": _listed(neighbours, "Claire", "/members", "member_id"),
        "invitation_id": _listed(neighbours, "Claire", "/invitations", "invitation_id"),
        "words": [words for words in _listed(neighbours, "Claire", "/invitations", "words") if words != "None"],
        "vehicle_id": _listed(neighbours, "Claire", "/vehicles", "vehicle_id"),
        "booking_id": bookings,
        "photo_id": photos,
        "entry_id": _listed(neighbours, "Claire", "/entries", "entry_id"),
        "contest_id": _listed(neighbours, "Claire", "/contests", "contest_id"),
        "expense_id": _listed(neighbours, "Claire", "/expenses", "expense_id"),
        "plan_id": _listed(neighbours, "Claire", "/plans", "plan_id"),
        "proposal_id": _listed(neighbours, "Claire", "/proposals", "proposal_id"),
        "parameter": _listed(neighbours, "Claire", "/rules", "parameter"),
        "code": ["26113"],
    }


def _listed(neighbours: Neighbours, name: str, path: str, field: str) -> list[str]:
    answer = neighbours.ask(name, path)
    found = [str(item[field]) for item in (answer["items"] if isinstance(answer, dict) else answer)]
    assert found or path == "/bookings", path
    return found


def _photos(neighbours: Neighbours, name: str) -> list[str]:
    return [str(photo) for booking in _bookings(neighbours, name) for photo in booking["photos"]]


def _bookings(neighbours: Neighbours, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = neighbours.ask(name, "/bookings?limit=200")["items"]
    return found
