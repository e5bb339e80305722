"""Les Voisins de Nouméa: Sacha (référent, treasurer) and Olga, and a bike of the group at 35.50 F a km."""

from typing import Any
from uuid import UUID

import msgspec

from governance.coop import CHARTER_VERSION
from people.person import change_person
from tests.kit.village import Village, person_id_of

BIKE: dict[str, Any] = {
    "name": "Vélo",
    "kind": "cargo_bike",
    "sharing": "group",
    "energy": "electric",
    "seats": 1,
    "home": {"text": "Place des Cocotiers", "latitude": "-22.27407", "longitude": "166.44155"},
    "handover": "in_person",
    "odometer_km": 0,
    "price": {"per_km": "35.5"},
}


class Noumea(msgspec.Struct, frozen=True, kw_only=True):
    """The co-op as two know it; `here` is the prefix of its addresses."""

    village: Village
    here: str
    sacha: str
    olga: str
    bike: str

    def ask(self, name: str, path: str) -> Any:
        """Return what a program of hers is answered."""
        seen = self.village.as_(name).api("GET", f"{self.here}{path}")
        assert seen.status == 200, seen.text
        return seen.json()

    def do(self, name: str, path: str, body: object) -> str:
        """Let a program of hers act, and what follows from it follow; return the id of what is made."""
        return done(self.village, name, f"{self.here}{path}", body)

    def read(self, name: str, path: str) -> str:
        """Return a page of hers as it is read, with plain spaces."""
        seen = self.village.as_(name).get(f"{self.here}{path}")
        assert seen.status == 200, seen.text
        return seen.text.replace("\u00a0", " ").replace("\u2212", "-")

    def drive(self, name: str, km: int) -> str:
        """Let her ride the bike from now on for two hours; return the booking."""
        start, end = self.village.now.isoformat(), "2026-11-02T10:00:00Z"
        booking = self.do(name, "/bookings", {"vehicle_id": self.bike, "period": {"start": start, "end": end}})
        self.do(name, f"/bookings/{booking}/keys", {"odometer_km": 0, "level_percent": 80})
        self.village.pass_time(hours=1)
        self.do(name, f"/bookings/{booking}/return", {"odometer_km": km, "level_percent": 60})
        return booking

    def expense(self, cents: int, months: int = 1) -> dict[str, Any]:
        """Return what Sacha paid for both, as it is sent."""
        return {
            "kind": "repair",
            "paid_on": "2026-11-02",
            "paid": {self.sacha: cents},
            "split": "equal",
            "among": {self.sacha: 1, self.olga: 1},
            "months": months,
        }


def done(village: Village, name: str, path: str, body: object) -> str:
    """Let a program act; return the id of what is made."""
    seen = village.as_(name).api("POST", path, body)
    assert seen.status == 201, seen.text
    village.settle()
    return str(seen.json()["id"])


def noumea(village: Village, lang: str = "en") -> Noumea:
    """Start the co-op, as its pages do, in the commune of Nouméa, for two who read a language."""
    with village.site.writing() as connection:
        for name in ("Sacha", "Olga"):
            change_person(connection, person_id_of(name), language=lang)
    accepted = {"charter_version": CHARTER_VERSION}
    start = accepted | {"name": "Les Voisins de Nouméa", "commune_code": "98818"}
    coop = UUID(done(village, "Sacha", "/coops", start))
    here = f"/coops/{coop}"
    invited = done(village, "Sacha", f"{here}/invitations", {"kind": "poster"})
    done(village, "Olga", f"/invitations/{invited}/acceptance", accepted)
    bike = done(village, "Sacha", f"{here}/vehicles", BIKE)
    sacha, olga = (str(village.member(name, coop)) for name in ("Sacha", "Olga"))
    return Noumea(village=village, here=here, sacha=sacha, olga=olga, bike=bike)
