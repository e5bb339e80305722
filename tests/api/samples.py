"""What the pages of the gallery show: the contract at the top of each template, made real."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Row
from uuid import UUID
from zoneinfo import ZoneInfo

from api.drawing.charts import Span
from fleet.queries import PaperRow
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
MEMBERS = [Row(member_id=ID, name="Inès", me=True), Row(member_id=UUID(int=8), name="Maryse", me=False)]
FREE = [Row(**each) for each in (CLIO, BIKE, ZOE)]
KANGOO = Row(vehicle_id=ID, name="Kangoo", kind="van", tint=0, why="Louise l’a jusqu’à 21 h.", free_from=at(24, 21))
VAN = Row(
    vehicle_id=ID,
    name="Minibus",
    kind="minibus",
    tint=4,
    free_from=None,
    why="Son contrôle technique est dépassé depuis le 2 novembre 2026.",
)
BOOKING = {
    "booking_id": ID,
    "vehicle_id": ID,
    "vehicle_name": "Clio de Maryse",
    "kind": "car",
    "tint": 1,
    "period": TOMORROW,
    "status": "confirmed",
    "place": "Rue du Viaduc, devant le lavoir",
    "to_do": "take_keys",
    "energy": "petrol",
    "destination": "Crest, marché bio",
    "driver_name": "Inès",
    "mine": True,
    "handover_note": "Clé dans la boîte du n° 4",
    "can_approve": False,
    "can_cancel": True,
    "can_say_late": True,
    "free_until": at(23, 18),
    "charge": None,
}


def week() -> list[Row]:
    spans = [
        [Span(480, 660, "booked")],
        [Span(1080, 1200, "mine")],
        [],
        [Span(0, 1440, "closed")],
        [Span(540, 1440, "booked")],
        [Span(0, 1140, "booked")],
        [],
    ]
    return [
        Row(
            day=date(2026, 11, 23) + timedelta(days=index),
            now_minute=1040 if index == 0 else None,
            spans=[
                Row(**span._asdict(), who="Louise", start=at(23, 8) + timedelta(days=index), end=at(23, 11))
                for span in each
            ],
        )
        for index, each in enumerate(spans)
    ]


def month() -> Row:
    first = date(2026, 10, 26)
    days = [first + timedelta(days=index) for index in range(42)]
    cells = [
        Row(
            day=day,
            in_month=day.month == 11,
            today=day == NOW.date(),
            trips=[Row(**BOOKING)] if day.day in {12, 24} else [],
        )
        for day in days
    ]
    weeks = [cells[start : start + 7] for start in range(0, 42, 7)]
    return Row(first=date(2026, 11, 1), weeks=weeks, before="?", after="?")


def vehicle_page() -> dict[str, object]:
    vehicle = Row(
        **CLIO,
        model="Renault Clio IV, 2017",
        handover="in_person",
        handover_note=None,
        key_holder="Maryse",
        equipment=("child_seat", "bike_rack"),
        seats=5,
        sharing="lent",
        owners=[Row(name="Maryse", share=None)],
        odometer_km=84210,
        day_cap_hours=None,
        price_since=date(2026, 5, 1),
        price_href="/p",
        bookable=True,
        why_not=None,
        can_edit=True,
    )
    papers = [
        PaperRow(
            kind="insurance", state="in_order", valid_until=date(2027, 3, 31), days_left=128, insurer_consents=True
        ),
        PaperRow(kind="inspection", state="soon", valid_until=date(2026, 12, 12), days_left=19, insurer_consents=False),
        PaperRow(kind="registration", state="in_order", valid_until=None, days_left=None, insurer_consents=False),
    ]
    scratch = {"part": "left", "sentence": "rayure sur la portière arrière", "reported_at": at(3, 9)}
    damages = [Row(**scratch, photo_id=ID, damage_id=ID)]
    plans = [Row(member_name="Louise", period=WEEKEND, destination="Valence")]
    return {
        "vehicle": vehicle,
        "week": week(),
        "papers": papers,
        "damages": damages,
        "parts_of": ("front", "left"),
        "kept": {"photo": None},
        "plans": plans,
        "period": TOMORROW,
    }


def booking_page() -> dict[str, object]:
    trip = Row(
        odometer_out_km=84210,
        odometer_in_km=84310,
        km=100,
        level_out=100,
        level_in=50,
        energy_paid=Money(6000),
        photos=[],
        charge=Money(3000),
        moved=[
            Row(amount=Money(-3000), why_href="/why", is_energy=False),
            Row(amount=Money(6000), why_href="/why", is_energy=True),
        ],
    )
    told = [("booked", "Inès"), ("approved", "Maryse"), ("keys_taken", "Inès"), ("returned", "Inès"), ("charged", None)]
    story = [
        Row(at=at(18 + i, 9), who=who, kind=kind, note=None, km=None, amount=None) for i, (kind, who) in enumerate(told)
    ]
    return {"booking": Row(**BOOKING), "trip": trip, "story": story, "to_know": None}
