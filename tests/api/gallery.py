"""Draw every page with sample content into a folder, to look at: `python tests/api/gallery.py FOLDER [LANG]`.

The samples are the contracts of the templates made real: the tests of pages render them too.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace as Row
from uuid import UUID
from zoneinfo import ZoneInfo

import segno.helpers
from markupsafe import Markup

from api.pictures import Point, Span, qr, qr_of
from api.templating import environment, spoken
from fleet.queries import PaperRow
from governance.rules.parameters import parameter
from governance.votes.counting import Base, Count, Procedure, Ratio
from governance.votes.explanation import explain
from kernel.money import Money
from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 17, 20, tzinfo=PARIS)
ID = UUID(int=7)
STATIC = Path(__file__).parents[2] / "api" / "static"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


TOMORROW = Period(at(24, 18), at(24, 20))
WEEKEND = Period(at(28, 9), at(29, 19))
CLIO = {
    "vehicle_id": ID, "name": "Clio de Maryse", "kind": "car", "tint": 1, "photo_url": None, "walk_m": 320,
    "place": "Rue du Viaduc, devant le lavoir", "needs_approval": True, "owner_name": "Maryse", "estimate": Money(600),
    "estimate_km": 20, "per_km": Decimal("0.30"), "per_hour": None, "energy": "petrol",
}
ZOE = CLIO | {
    "name": "Zoé du village", "kind": "electric-car", "tint": 2, "walk_m": 650, "place": "Borne de la mairie",
    "needs_approval": False, "estimate": Money(540), "per_km": Decimal("0.22"), "per_hour": Decimal("0.50"),
    "energy": "electric",
}
BIKE = ZOE | {
    "name": "Vélo cargo", "kind": "cargo-bike", "tint": 3, "place": "Halle, sous l’escalier", "walk_m": 480,
    "estimate": Money(100), "per_km": Decimal("0.00"), "energy": "none",
}
FREE = [Row(**each) for each in (CLIO, BIKE, ZOE)]
KANGOO = Row(vehicle_id=ID, name="Kangoo", kind="van", tint=0, why="Louise l’a jusqu’à 21 h.", free_from=at(24, 21))
VAN = Row(vehicle_id=ID, name="Minibus", kind="minibus", tint=4, free_from=None,
          why="Son contrôle technique est dépassé depuis le 2 novembre 2026.")  # fmt: skip
BOOKING = {
    "booking_id": ID, "vehicle_id": ID, "vehicle_name": "Clio de Maryse", "kind": "car", "tint": 1, "period": TOMORROW,
    "status": "confirmed", "place": "Rue du Viaduc, devant le lavoir", "to_do": "take_keys", "energy": "petrol",
    "destination": "Crest, marché bio", "driver_name": "Inès", "mine": True, "handover_note": "Clé dans la boîte du n° 4",
    "can_approve": False, "can_cancel": True, "can_say_late": True, "free_until": at(23, 18), "charge": None,
}
MAY = date(2026, 5, 1)


def rule(key: str, exact: Decimal | Fraction | int | str, vehicle_name: str | None = None) -> Row:
    return Row(key=key, rule=parameter(key), exact=exact, vehicle_name=vehicle_name, since=MAY, href=vehicle_name and "/p")


RULES = [
    rule("price_per_km", Decimal("0.30"), "Clio de Maryse"),
    rule("max_duration_hours", 72),
    rule("quorum", Fraction(1, 3)),
    rule("majority", "more_than_half"),
    rule("balance_limit", Decimal("-150.00")),
    rule("settlement_period", "on_demand"),
]
COUNT = Count(
    registered=9, cast=8, in_favour=5, against=2, abstaining=1, blank=0, quorum_needed=3, quorum_met=True, base_votes=7,
    favour_needed=4, favour_met=True, one_more_against_passes=False,
)  # fmt: skip
PROCEDURE = Procedure(quorum=Ratio(1, 3), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)
PROPOSAL = {
    "proposal_id": ID, "title": "Le kilomètre de la Clio à 0,34 €", "by_name": "Maryse", "state": "open",
    "opened_at": at(20, 19), "closes_at": at(27, 20), "effective_from": date(2026, 12, 1), "may_vote": True,
    "my_choice": None, "count": None, "explained": (), "voted": False, "needed": 3, "registered": 9, "rationale": "Le carburant a pris 8 % depuis l’été et les pneus sont à changer avant l’hiver.",
}
TRANSFER = {
    "line_id": ID, "can_be_declared": True, "can_be_confirmed": False, "from_name": "Inès", "to_name": "Maryse", "name": "Maryse", "amount": Money(2340), "i_pay": True,
    "state": "to_pay", "iban": "FR7630006000011234567890189", "reference": "VOISITURE 2026-4 7KQ", "qr": None,
}
POINTS = [
    Point(f"{month:02}/2026", Money(cents))
    for month, cents in enumerate((0, 1200, -3000, -1850, 900, 2600, -4100, -2340), start=4)
]


def epc() -> Markup:
    code = segno.helpers.make_epc_qr(name="Maryse Roux", iban=TRANSFER["iban"], amount=Decimal("23.40"), text="VOISITURE")
    return qr(code)


def week() -> list[Row]:
    spans = [[Span(480, 660, "booked")], [Span(1080, 1200, "mine")], [], [Span(0, 1440, "closed")], [Span(540, 1440, "booked")],
             [Span(0, 1140, "booked")], []]  # fmt: skip
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
        Row(day=day, in_month=day.month == 11, today=day == NOW.date(), trips=[Row(**BOOKING)] if day.day in {12, 24} else [])
        for day in days
    ]
    weeks = [cells[start : start + 7] for start in range(0, 42, 7)]
    return Row(first=date(2026, 11, 1), weeks=weeks, before="?", after="?")


def vehicle_page() -> dict[str, object]:
    vehicle = Row(
        **CLIO, model="Renault Clio IV, 2017", handover="in_person", handover_note=None, key_holder="Maryse",
        equipment=("child_seat", "bike_rack"), seats=5, sharing="lent", owners=[Row(name="Maryse", share=None)],
        odometer_km=84210, day_cap_hours=None, price_since=date(2026, 5, 1), price_href="/p", bookable=True, why_not=None,
        can_edit=True,
    )  # fmt: skip
    papers = [
        PaperRow("insurance", "in_order", date(2027, 3, 31), 128, insurer_consents=True),
        PaperRow("inspection", "soon", date(2026, 12, 12), 19, insurer_consents=False),
        PaperRow("registration", "in_order", None, None, insurer_consents=False),
    ]
    damages = [Row(part="left", sentence="rayure sur la portière arrière", reported_at=at(3, 9))]
    plans = [Row(member_name="Louise", period=WEEKEND, destination="Valence")]
    return {"vehicle": vehicle, "week": week(), "papers": papers, "damages": damages, "plans": plans, "period": TOMORROW}


def booking_page() -> dict[str, object]:
    trip = Row(odometer_out_km=84210, odometer_in_km=84310, km=100, level_out=100, level_in=50, energy_paid=Money(6000),
               photos=[], charge=Money(3000), why_href="/why")  # fmt: skip
    told = [("booked", "Inès"), ("approved", "Maryse"), ("keys_taken", "Inès"), ("returned", "Inès"), ("charged", None)]
    story = [Row(at=at(18 + i, 9), who=who, kind=kind, note=None, km=None, amount=None) for i, (kind, who) in enumerate(told)]
    return {"booking": Row(**BOOKING), "trip": trip, "story": story}


def why_page() -> dict[str, object]:
    return {
        "entry": Row(entry_id=ID, at=at(22, 20), kind="trip", text="Clio de Maryse", amount=Money(3000)),
        "trip": Row(booking_id=ID, vehicle_name="Clio de Maryse", period=Period(at(22, 8), at(22, 19)), odometer_out_km=84210,
                    odometer_in_km=84310, km=100, hours=None),
        "rule": Row(version=3, per_km=Decimal("0.30"), per_hour=None, agreed_at=at(19, 12), decision_title="Prix de mai",
                    decision_href="/p"),
        "expense": None,
        "steps": [Row(text="100 km × 0,30 €", amount=Money(-3000)), Row(text="Carburant payé en route", amount=Money(6000))],
        "postings": [Row(name="Inès", amount=Money(3000)), Row(name="Maryse", amount=Money(-3000))],
        "remainder": None,
        "contest_href": None,
    }  # fmt: skip


def accounts_page() -> dict[str, object]:
    lines = [
        Row(entry_id=ID, at=at(22, 20), kind="trip", text="Clio de Maryse", amount=Money(3000)),
        Row(entry_id=ID, at=at(15, 12), kind="share", text="assurance du Kangoo", amount=Money(-1600)),
        Row(entry_id=ID, at=at(9, 18), kind="trip", text="Vélo cargo", amount=Money(-100)),
    ]
    return {
        "balance": Money(-2340), "with_whom": [Row(name="Maryse", amount=Money(-2340))], "lines": lines, "points": POINTS,
        "plan": Row(plan_id=ID, issued_at=at(21, 9), mine=[Row(**TRANSFER)]), "can_settle": True, "more_href": None,
        "everyone": [Row(name="Maryse", balance=Money(3340)), Row(name="Inès", balance=Money(-2340)),
                     Row(name="Caisse commune", balance=Money(-1000))],
    }  # fmt: skip


def community_page() -> dict[str, object]:
    return {
        "open_proposals": [Row(**PROPOSAL)],
        "decided": [Row(**PROPOSAL | {"title": "Une caution de vélo", "state": "failed"})],
        "rules": RULES,
        "members": [
            Row(name="Maryse", roles=["referent"], since=date(2026, 3, 1), vehicles=["Clio de Maryse"]),
            Row(name="Inès", roles=[], since=date(2026, 5, 1), vehicles=[]),
        ],
        "vehicles": [Row(**CLIO, sharing="lent", owners=["Maryse"]), Row(**ZOE, sharing="group", owners=[])],
        "log": [Row(at=at(22, 20), text="Inès a rendu la Clio de Maryse.")],
        "can_invite": True, "can_propose": True,
    }  # fmt: skip


def proposal_page() -> dict[str, object]:
    mine = Row(trips=3, km=182, today=Money(5460), proposed=Money(6188), difference=Money(728))
    today, proposed = RULES[0], rule("price_per_km", Decimal("0.34"), "Clio de Maryse")
    return {"proposal": Row(**PROPOSAL | {"voted": 4}), "today": today, "proposed": proposed, "for_me": mine}


def pages() -> dict[str, tuple[str, dict[str, object]]]:
    """Return name → (template, what it is given), every page in its filled state and some in others."""
    members = [Row(member_id=ID, name="Inès", me=True), Row(member_id=UUID(int=8), name="Maryse", me=False)]
    commune = Row(code="26113", name="Die", departement_name="Drôme", postcodes=("26150",))
    asks = [
        Row(kind="vote", title=PROPOSAL["title"], closes_at=at(27, 20), href="/p", act=None),
        Row(kind="approve", name="Tom", vehicle_name="vélo cargo", period=WEEKEND, href="/b", act="/b/approval"),
        Row(kind="pay", name="Maryse", amount=Money(2340), href="/plan", act=None),
    ]
    home = {"next": Row(**BOOKING), "asks": asks, "has_vehicles": True, "invite_href": "/poster"}
    vehicles = {"when": Row(choice="tomorrow", period=TOMORROW), "free": FREE, "not_free": [KANGOO, VAN], "can_add": True}
    book = {"vehicle": Row(**CLIO), "period": TOMORROW, "alternatives": []}
    counted = {"state": "passed", "may_vote": False, "count": COUNT, "explained": explain(COUNT, PROCEDURE)}
    result = {"proposal": Row(**PROPOSAL | counted)}
    coming = [Row(**BOOKING), Row(**BOOKING | {"status": "requested", "period": WEEKEND})]
    packs = [Row(key="light", name="Léger", text="Un prix au kilomètre, et la confiance.")]
    wrong = {"refusal": None, "errors": {"amount": "Écrivez un montant, par exemple 12,50."}, "typed": {"amount": "douze"}}
    person = Row(person_id=ID, name="Inès", coop_name="Les Voisins du Diois", what="Emprunte la Clio pour le marché.")
    invitation = Row(token="t", coop_name="Les Voisins du Diois", locality="Die", by_name="Maryse", members=8, vehicles=FREE,
                     email=None)  # fmt: skip
    chosen = Row(**vars(RULES[0]), lowest="0,10", highest="0,70", unit="€/km", earliest=date(2026, 12, 1))
    mail = Row(at=at(23, 17), to="ines@example.org", subject="Votre lien", lines=[Row(text="Entrer", href="/x")])
    profile = Row(name="Inès Faure", email="ines@example.org", phone="06 12 34 56 78", iban=TRANSFER["iban"])
    device = Row(device_id=ID, name="Téléphone", last_seen=NOW, current=True)
    expense = {"vehicles": FREE, "members": members, "today": NOW.date()}
    take = {"booking": Row(**BOOKING), "odometer_km": 84210, "damages": vehicle_page()["damages"], "handbook": None, "parts_of": ("front", "left")}
    plan = Row(plan_id=ID, issued_at=at(21, 9), by_name="Hugo", count=3)
    others = [Row(**TRANSFER | {"from_name": "Tom", "can_be_declared": False, "i_pay": False, "state": "declared"})]
    return {
        "home": ("home.html", home),
        "home-empty": ("home.html", home | {"next": None, "asks": []}),
        "vehicles": ("vehicles.html", vehicles),
        "vehicles-choose": ("vehicles.html", vehicles | {"when": Row(choice="choose", period=WEEKEND), "free": []}),
        "vehicle": ("vehicle.html", vehicle_page()),
        "book": ("book.html", book),
        "book-refused": ("book.html", book | {"refusal": "Tom l’a réservée juste avant vous.", "alternatives": FREE[1:]}),
        "trips": ("trips.html", {"coming": coming, "past": [Row(**BOOKING | {"status": "over", "charge": Money(3000)})],
                                 "month": month(), "more_href": None}),
        "booking": ("booking.html", booking_page()),
        "take_keys": ("take_keys.html", take),
        "return": ("return.html", {"booking": Row(**BOOKING), "odometer_out_km": 84210, "note": None, "parts_of": ("front",)}),
        "accounts": ("accounts.html", accounts_page()),
        "why": ("why.html", why_page()),
        "expense": ("expense_form.html", expense),
        "expense-refused": ("expense_form.html", expense | wrong),
        "plan": ("plan.html", {"plan": plan, "mine": [Row(**TRANSFER | {"qr": epc()})], "others": others}),
        "community": ("community.html", community_page()),
        "proposal": ("proposal.html", proposal_page()),
        "proposal-result": ("proposal.html", proposal_page() | result),
        "propose": ("propose.html", {"rules": RULES, "chosen": None}),
        "propose-chosen": ("propose.html", {"rules": RULES, "chosen": chosen}),
        "sign_in": ("sign_in.html", {"me": None, "coop": None, "next": None, "demo": True}),
        "check_mail": ("check_mail.html", {"me": None, "coop": None, "email": "ines@example.org", "minutes": 20,
                                           "mailbox_href": "/mailbox"}),
        "arrive": ("arrive.html", {"me": None, "coop": None, "token": "t", "name": "Inès"}),
        "join": ("join.html", {"me": None, "coop": None, "invitation": invitation, "needs_account": True,
                               "charter": ["Je rends la voiture comme je l’ai trouvée.", "Je dis ce qui s’est abîmé."]}),
        "poster": ("poster.html", {"join_address": "https://voisiture.example/join/9kq2", "vehicles": FREE,
                                   "qr": qr_of("https://voisiture.example/join/9kq2"),
                                   "contact": Row(name="Maryse", phone="06 12 34 56 78")}),
        "start": ("start_coop.html", {"me": None, "coop": None, "q": "die", "communes": [commune], "commune": None,
                                      "packs": packs, "needs_account": True}),
        "start-named": ("start_coop.html", {"me": None, "coop": None, "q": "", "communes": [], "commune": commune,
                                            "packs": packs, "needs_account": True}),
        "people": ("people.html", {"me": None, "coop": None, "people": [person]}),
        "mailbox": ("mailbox.html", {"me": None, "coop": None, "mails": [mail]}),
        "profile": ("profile.html", {"profile": profile, "devices": [device]}),
        "leave": ("leave.html", {"balance": Money(-2340), "hindrances": []}),
        "refused": ("refused.html", {"status": 404, "sentence": None, "back_href": "/", "back_text": "Accueil"}),
        "offline": ("offline.html", {"me": None, "coop": None}),
    }  # fmt: skip


def frame(lang: str, static: str) -> dict[str, object]:
    """Return what the server gives to every page."""
    coop = Row(coop_id=ID, name="Les Voisins du Diois", accent="green", tz=PARIS)
    return {
        **spoken(lang, PARIS, NOW.astimezone(UTC)),
        "me": Row(member_id=ID, name="Inès"), "coop": coop, "here": "", "path": "/", "flash": None, "refusal": None,
        "coops": [Row(name=coop.name, href="/", current=True), Row(name="La Roue libre", href="/2", current=False)],
        "errors": {}, "typed": {}, "csrf_input": Markup('<input type="hidden" name="csrf" value="0">'),
        "new_id": lambda: ID, "asset": lambda name: f"{static}/{name}",
    }  # fmt: skip


def draw(name: str, lang: str = "fr", static: str = "/static", accent: str = "green") -> str:
    """Return one page of the gallery as HTML."""
    template, given = pages()[name]
    whole = frame(lang, static) | given
    if whole["coop"]:
        whole["coop"].accent = accent  # type: ignore[attr-defined]
    return environment().get_template(template).render(whole)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    accents = ("green", "blue", "teal", "plum", "terracotta", "ochre")
    for index, each in enumerate(pages()):
        accent = accents[index % 6] if "--accents" in sys.argv else "green"
        (folder / f"{each}.html").write_text(draw(each, (sys.argv + ["fr"])[2], str(STATIC), accent), encoding="utf-8")
