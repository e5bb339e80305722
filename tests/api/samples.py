"""What the pages of the gallery show: the contract at the top of each template, made real."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace as Row
from uuid import UUID
from zoneinfo import ZoneInfo

from kernel.money import Money
from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 17, 20, tzinfo=PARIS)
ID = UUID(int=7)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


TOMORROW = Period(at(24, 18), at(24, 20))
WEEKEND = Period(at(28, 9), at(29, 19))
CLIO = {
    "vehicle_id": ID,
    "name": "Clio de Maryse",
    "kind": "car",
    "tint": 1,
    "photo_url": None,
    "walk_m": 320,
    "place": "Rue du Viaduc, devant le lavoir",
    "needs_approval": True,
    "owner_name": "Maryse",
    "estimate": Money(600),
    "estimate_km": 20,
    "per_km": Decimal("0.30"),
    "per_hour": None,
    "energy": "petrol",
    "why": None,
}
ZOE = CLIO | {
    "name": "Zoé du village",
    "kind": "electric-car",
    "tint": 2,
    "walk_m": 650,
    "place": "Borne de la mairie",
    "needs_approval": False,
    "estimate": Money(540),
    "per_km": Decimal("0.22"),
    "per_hour": Decimal("0.50"),
    "energy": "electric",
}
BIKE = ZOE | {
    "name": "Vélo cargo",
    "kind": "cargo-bike",
    "tint": 3,
    "place": "Halle, sous l’escalier",
    "walk_m": 480,
    "estimate": Money(100),
    "per_km": Decimal("0.00"),
    "energy": "none",
}
FREE = [Row(**each) for each in (CLIO, BIKE, ZOE)]
