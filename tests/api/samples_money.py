# ruff: noqa: RUF001 - French as people read it
"""What the pages about money show in the gallery."""

from decimal import Decimal
from types import SimpleNamespace as Row

import segno.helpers
from markupsafe import Markup

from api.pictures import Point, qr
from kernel.money import Money
from kernel.period import Period
from tests.api.samples import ID, at

TRANSFER = {
    "line_id": ID,
    "can_be_declared": True,
    "can_be_confirmed": False,
    "from_name": "Inès",
    "to_name": "Maryse",
    "name": "Maryse",
    "amount": Money(2340),
    "i_pay": True,
    "state": "to_pay",
    "iban": "FR7630006000011234567890189",
    "reference": "VOISITURE 2026-4 7KQ",
    "qr": None,
}

POINTS = [
    Point(f"{month:02}/2026", Money(cents))
    for month, cents in enumerate((0, 1200, -3000, -1850, 900, 2600, -4100, -2340), start=4)
]


def epc() -> Markup:
    code = segno.helpers.make_epc_qr(
        name="Maryse Roux", iban=str(TRANSFER["iban"]), amount=Decimal("23.40"), text="VOISITURE"
    )
    return qr(code)


def why_page() -> dict[str, object]:
    return {
        "entry": Row(entry_id=ID, at=at(22, 20), kind="trip", text="Clio de Maryse", amount=Money(3000)),
        "trip": Row(
            booking_id=ID,
            vehicle_name="Clio de Maryse",
            period=Period(at(22, 8), at(22, 19)),
            odometer_out_km=84210,
            odometer_in_km=84310,
            km=100,
            hours=None,
        ),
        "rule": Row(
            version=3,
            per_km=Decimal("0.30"),
            per_hour=None,
            agreed_at=at(19, 12),
            decision_title="Prix de mai",
            decision_href="/p",
        ),
        "expense": None,
        "steps": [
            Row(text="100 km × 0,30 €", amount=Money(-3000)),
            Row(text="Carburant payé en route", amount=Money(6000)),
        ],
        "postings": [Row(name="Inès", amount=Money(3000)), Row(name="Maryse", amount=Money(-3000))],
        "remainder": None,
        "contest_href": None,
    }


def accounts_page() -> dict[str, object]:
    lines = [
        Row(entry_id=ID, at=at(22, 20), kind="trip", text="Clio de Maryse", amount=Money(3000)),
        Row(entry_id=ID, at=at(15, 12), kind="share", text="assurance du Kangoo", amount=Money(-1600)),
        Row(entry_id=ID, at=at(9, 18), kind="trip", text="Vélo cargo", amount=Money(-100)),
    ]
    return {
        "balance": Money(-2340),
        "with_whom": [Row(name="Maryse", amount=Money(-2340))],
        "lines": lines,
        "points": POINTS,
        "plan": Row(plan_id=ID, issued_at=at(21, 9), mine=[Row(**TRANSFER)]),
        "can_settle": True,
        "more_href": None,
        "everyone": [
            Row(name="Maryse", balance=Money(3340)),
            Row(name="Inès", balance=Money(-2340)),
            Row(name="Caisse commune", balance=Money(-1000)),
        ],
    }
