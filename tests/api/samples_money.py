"""What the pages about money show in the gallery."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Row

import segno.helpers

from api.drawing.charts import Point
from api.drawing.codes import qr
from kernel.money import Money
from ledger.settlement.queries import PlanRow
from tests.api.samples import ID, at

IBAN = "FR7630006000011234567890189"
PLAN = PlanRow(plan_id=ID, as_of=date(2026, 11, 20), method="exact", issued_at=at(21, 9), state="open")
PURSE = Row(member_id=ID.int, name="la caisse commune", me=False)
TRANSFER = {
    "line_id": ID,
    "text": "Vous payez Maryse",
    "name": "Maryse",
    "from_name": "Inès",
    "to_name": "Maryse",
    "amount": Money(2340),
    "state": "to_pay",
    "can_be_declared": True,
    "can_be_confirmed": False,
    "i_pay": True,
    "receiver_is_purse": False,
    "iban_href": None,
    "reference": "VOISITURE 2026-4 7KQ",
    "payee": None,
    "qr": None,
}
TO_RECEIVE = TRANSFER | {
    "text": "Tom vous paie",
    "from_name": "Tom",
    "i_pay": False,
    "state": "declared",
    "can_be_declared": False,
    "can_be_confirmed": True,
    "iban_href": "/profile",
}
POINTS = [
    Point(f"{month:02}/2026", Money(cents))
    for month, cents in enumerate((0, 1200, -3000, -1850, 900, 2600, -4100, -2340), start=4)
]
SIDES = [
    Row(name="Inès", role="au volant", amount=Money(-3000), mine=True),
    Row(name="Maryse", role="le reçoit", amount=Money(3000), mine=False),
]
EXPENSE = {
    "expense_id": ID,
    "text": "Assurance, Kangoo",
    "amount": Money(48000),
    "paid_on": date(2026, 11, 2),
    "payers": [Row(name="Louise", amount=Money(48000))],
    "months": 12,
    "posted": 1,
    "withdrawn": False,
    "note": "Contrat de l’année",
    "receipt_url": None,
    "recorded_by": "Louise",
    "recorded_at": at(2, 18),
    "split": "shares",
    "bearers": [
        Row(name="Louise", weight=2, whole=5),
        Row(name="Tom", weight=2, whole=5),
        Row(name="Ali", weight=1, whole=5),
    ],
    "parts": [
        Row(number=1, due_on=date(2026, 11, 2), amount=Money(4000), entry_id=ID),
        Row(number=2, due_on=date(2026, 12, 1), amount=Money(4000), entry_id=None),
    ],
    "may_withdraw": True,
}


def plan_page() -> dict[str, object]:
    code = segno.helpers.make_epc_qr(name="Maryse Roux", iban=IBAN, amount=Decimal("23.40"), text="VOISITURE")
    to_pay: dict[str, object] = {"payee": Row(name="Maryse Roux", iban=IBAN), "qr": qr(code)}
    others = [Row(**TRANSFER | {"text": "Tom paie Maryse", "i_pay": False, "can_be_declared": False})]
    mine = [Row(**TRANSFER | to_pay), Row(**TO_RECEIVE)]
    return {"plan": PLAN, "count": 3, "can_withdraw": True, "mine": mine, "others": others}


def why_page() -> dict[str, object]:
    """Return the proof of a trip of 100 km at 0.30 €/km."""
    day = date(2026, 11, 22)
    rate = Row(per_km=Decimal("0.30"), per_hour=Decimal(0), rulebook_version=3)
    return {
        "entry": Row(entry_id=ID, effective_on=day, because=Row(true_day=day)),
        "text": "Trajet : Clio de Maryse, 100 km",
        "mine": Money(-3000),
        "formula": [Row(text="100 km × 0,30 €", figure="30,00 €")],
        "result": Row(text="Prix du trajet", figure="30,00 €"),
        "capped": "",
        "odd_cent": "",
        "sides": SIDES,
        "facts": Row(pairs=[("Compteur", "de 84 210 à 84 310 km")], links=[("/b", "Voir tout le trajet")], note=None),
        "rule": Row(rate=rate, agreed_at=at(19, 12), decision_href="/p"),
        "undone": None,
        "treasurers": ["Hugo"],
        "can_undo": False,
    }


def why_undone_page() -> dict[str, object]:
    rows = [Row(name=side.name, before=side.amount) for side in SIDES]
    return why_page() | {"undone": Row(other_id=ID, undoes=False, rows=rows), "can_undo": True}


def accounts_page() -> dict[str, object]:
    lines = [
        Row(entry_id=ID, day=date(2026, 11, 22), text="Trajet : Clio, 100 km", amount=Money(-3000), undone=False),
        Row(entry_id=ID, day=date(2026, 11, 22), text="Énergie payée : Clio", amount=Money(6000), undone=False),
        Row(entry_id=ID, day=date(2026, 11, 15), text="Payé : assurance du Kangoo", amount=Money(-1600), undone=True),
    ]
    everyone = [
        Row(name="Maryse", balance=Money(3340), me=False),
        Row(name="Inès", balance=Money(-2340), me=True),
        Row(name="la caisse commune", balance=Money(-1000), me=False),
    ]
    return {
        "balance": Money(-2340),
        "with_whom": [Row(name="Maryse", amount=Money(-2340))],
        "lines": lines,
        "points": POINTS,
        "plan": Row(plan_id=ID, mine=[Row(**TRANSFER)]),
        "more_href": None,
        "everyone": everyone,
        "total": Money(0),
    }


def books_page() -> dict[str, object]:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    months = [Row(month=november, entries=12, closed=False), Row(month=october, entries=31, closed=False)]
    return {
        "total": Money(0),
        "months": months,
        "this_month": november,
        "plans": [PLAN],
        "is_treasurer": True,
        "today": date(2026, 11, 23),
    }
