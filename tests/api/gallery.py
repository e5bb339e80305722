"""Draw every page with sample content into a folder, to look at: `python -m tests.api.gallery FOLDER [LANG]`.

The samples are the contracts of the templates made real: the tests of pages render them too.
"""

import sys
from datetime import UTC, date
from pathlib import Path
from types import SimpleNamespace as Row

from markupsafe import Markup

from api import places
from api.drawing.codes import qr_of
from api.speech.texts import counter, translator
from api.speech.words import Words
from api.web.answers import View
from api.web.frame import Frame, Here
from api.web.frame import draw as drawn
from api.web.routes import every_route
from governance.votes.explanation import explain
from kernel.money import Money
from tests.api.samples import (
    BOOKING,
    COUNT,
    FREE,
    ID,
    MEMBERS,
    NOW,
    PARIS,
    PROCEDURE,
    PROPOSAL,
    RULES,
    WEEKEND,
    at,
    booking_page,
    community_page,
    month,
    proposal_page,
    vehicle_page,
)
from tests.api.samples_money import (
    EXPENSE,
    IBAN,
    PURSE,
    accounts_page,
    books_page,
    plan_page,
    why_page,
    why_undone_page,
)
from tests.places.coming_in import samples as coming_in
from tests.places.installation import samples as installation
from tests.places.profile import samples as profile
from tests.places.vehicles import samples as vehicles

every_route(places)  # a form asks its act what its fields may hold
STATIC = Path(__file__).parents[2] / "api" / "static"


Former = dict[str, tuple[str, dict[str, object]]]
Gallery = dict[str, View | tuple[str, dict[str, object]]]
VISITED: Gallery = {**coming_in.PAGES, **installation.PAGES}
HERS: Gallery = {**profile.PAGES}
JOIN = "https://voisiture.example/join/9kq2"


def pages() -> Gallery:
    """Return name → (template, what it is given), every page in its filled state and some in others."""
    return {**_driving(), **_money(), **_together(), **VISITED, **HERS, **vehicles.PAGES}


def _driving() -> Former:
    vote = Row(kind="vote", title=PROPOSAL["title"], closes_at=at(27, 20), href="/p", act=None)
    wish = Row(kind="approve", name="Tom", vehicle_name="vélo cargo", period=WEEKEND, href="/b", act="/b/approval")
    due = Row(kind="pay", name="Maryse", amount=Money(2340), href="/plan", act=None)
    home = {"next": Row(**BOOKING), "asks": [vote, wish, due], "has_vehicles": True, "invite_href": "/poster"}
    coming = [Row(**BOOKING), Row(**BOOKING | {"status": "requested", "period": WEEKEND})]
    past = [Row(**BOOKING | {"status": "over", "charge": Money(3000)})]
    at_the_car = {"booking": Row(**BOOKING), "parts_of": ("front", "left"), "kept": {"photo": None, "receipt": None}}
    know = {"handbook": "Le démarreur demande deux tours.", "access_code": "2580"}
    take = at_the_car | {"odometer_km": 84210, "damages": vehicle_page()["damages"], "to_know": know}
    return {
        "home": ("home.html", home),
        "home-empty": ("home.html", home | {"next": None, "asks": []}),
        "trips": ("trips.html", {"coming": coming, "past": past, "month": month(), "more_href": None}),
        "booking": ("booking.html", booking_page()),
        "take_keys": ("take_keys.html", take),
        "return": ("return.html", at_the_car | {"odometer_out_km": 84210, "to_know": know}),
    }


def _money() -> Former:
    expense: dict[str, object] = {"vehicles": FREE, "members": MEMBERS, "purse": PURSE, "ticked": [], "several": False}
    expense |= {"kept": None, "today": NOW.date()}
    wrong = {"errors": {"amount": "Écrivez un montant, par exemple 12,50."}, "typed": {"amount": "douze"}}
    return {
        "accounts": ("accounts.html", accounts_page()),
        "why": ("why.html", why_page()),
        "why-undone": ("why.html", why_undone_page()),
        "expense": ("expense_form.html", expense),
        "expense-refused": ("expense_form.html", expense | wrong),
        "expense-one": ("expense.html", {"expense": Row(**EXPENSE)}),
        "expenses": ("expenses.html", {"expenses": [Row(**EXPENSE)]}),
        "plan": ("plan.html", plan_page()),
        "books": ("books.html", books_page()),
        "gift": ("gift.html", {"balance": Money(2340)}),
    }


def _together() -> Former:
    counted = {"state": "passed", "may_vote": False, "count": COUNT, "explained": explain(COUNT, PROCEDURE)}
    chosen = Row(**vars(RULES[0]), own=True, lowest="0,10", highest="0,70", unit="€/km", earliest=date(2026, 12, 1))
    invited = Row(invitation_id=ID, kind="mail", until=at(27, 20), link=JOIN)
    printed = {"join_address": JOIN, "until": at(27, 20), "vehicles": FREE, "qr": qr_of(JOIN)}
    member = Row(member_id=ID, phone="06 12 34 56 78", email="m@example.org", joined_at=at(3, 9), left_at=None)
    given = {"member": member, "name": "Maryse", "vehicles": ["Clio"], "to_give": [("steward", "responsable")]}
    given |= {"roles": [Row(role="referent", name="référent")], "may_give": True, "may_end": True, "may_erase": False}
    scopes: dict[str, object] = {"scopes": [Row(vehicle_id=ID, name="Clio")], "scope": None}
    changes = [Row(label="Prix au km", rows=RULES[:2])]
    account: dict[str, object] = {"holder": "Les Voisins du Diois", "iban": IBAN}
    contact = Row(name="Maryse", phone="06 12 34 56 78")
    return {
        "community": ("community.html", community_page()),
        "proposal": ("proposal.html", proposal_page()),
        "proposal-result": ("proposal.html", proposal_page() | {"proposal": Row(**PROPOSAL | counted)}),
        "propose": ("propose.html", {"rules": RULES, "chosen": None} | scopes),
        "propose-chosen": ("propose.html", {"rules": RULES, "chosen": chosen} | scopes),
        "invite": ("invite.html", {"open": [invited], "days": 30}),
        "poster": ("poster.html", printed | {"contact": contact}),
        "poster-none": ("poster.html", printed | {"join_address": None, "contact": contact}),
        "member": ("member.html", given),
        "bank_account": ("bank_account.html", account),
        "rules": ("rules.html", {"day": NOW.date(), "today": NOW.date(), "rules": RULES, "changes": changes}),
        "refused": ("refused.html", {"status": 404, "sentence": "Il n’y a rien ici.", "back_href": "/"}),
    }


def frame(lang: str, static: str) -> dict[str, object]:
    """Return what the server gives to every page."""
    coop = Row(coop_id=ID, name="Les Voisins du Diois", accent="green", tz=PARIS)
    return {
        "lang": lang,
        "_": translator(lang),
        "ngettext": counter(lang),
        "words": Words(lang, PARIS, NOW.astimezone(UTC)),
        "me": Row(member_id=ID, name="Inès"),
        "coop": coop,
        "here": "",
        "path": "/",
        "refusal": None,
        "errors": {},
        "typed": {},
        "csrf_input": Markup('<input type="hidden" name="csrf" value="0">'),
        "new_id": lambda: ID,
        "asset": lambda name: f"{static}/{name}",
    }


def framed(lang: str, accent: str, *, visitor: bool) -> Frame:
    """Return what a page stands in."""
    return Frame(
        words=Words(lang, PARIS, NOW.astimezone(UTC)),
        reader=None if visitor else "Inès",
        coop_name=None if visitor else "Les Voisins du Diois",
        accent=accent,
        coops=()
        if visitor
        else (Here("Les Voisins du Diois", "/", current=True), Here("La Roue", "/2", current=False)),
        here="",
        path="/",
        csrf=Markup('<input type="hidden" name="csrf" value="0">'),
        flash=None,
        refusal=None,
        errors={},
        typed={},
    )


def draw(name: str, lang: str = "fr", static: str = "/static", accent: str = "green") -> str:
    """Return one page of the gallery as HTML."""
    shown = pages()[name]
    if isinstance(shown, View):
        return drawn(shown.template, shown.shown(), framed(lang, accent, visitor=name in VISITED))
    template, given = shown
    whole = frame(lang, static) | given
    return drawn(template, whole, framed(lang, accent, visitor=not whole["coop"]))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    accents = ("green", "blue", "teal", "plum", "terracotta", "ochre")
    for index, each in enumerate(pages()):
        accent = accents[index % 6] if "--accents" in sys.argv else "green"
        html = draw(each, [*sys.argv, "fr"][2], str(STATIC), accent)
        (folder / f"{each}.html").write_text(html.replace('"/static/', f'"{STATIC}/'), encoding="utf-8")
