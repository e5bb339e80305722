"""Draw every page with sample content into a folder, to look at: `python -m tests.api.gallery FOLDER [LANG]`.

The samples are the contracts of the templates made real: the tests of pages render them too.
"""

import sys
from datetime import UTC
from pathlib import Path
from types import SimpleNamespace as Row

from markupsafe import Markup

from api import places
from api.speech.charter import charter
from api.speech.texts import counter, translator
from api.speech.words import Words
from api.web.answers import View
from api.web.frame import Frame, Here
from api.web.frame import draw as drawn
from api.web.routes import every_route
from kernel.money import Money
from tests.api.samples import (
    FREE,
    ID,
    NOW,
    PARIS,
    at,
)
from tests.places.accounts import samples as accounts
from tests.places.bookings import samples as bookings
from tests.places.expenses import samples as expenses
from tests.places.home import samples as home
from tests.places.members import samples as members
from tests.places.settlement import samples as settlement
from tests.places.vehicles import samples as vehicles
from tests.places.votes import samples as votes

every_route(places)  # a form asks its act what its fields may hold
STATIC = Path(__file__).parents[2] / "api" / "static"


Former = dict[str, tuple[str, dict[str, object]]]
Gallery = dict[str, View | tuple[str, dict[str, object]]]
VISITOR: dict[str, object] = {"me": None, "coop": None}


def pages() -> Gallery:
    """Return name → (template, what it is given), every page in its filled state and some in others."""
    return {**_together(), **_coming_in(), **_built()}


def _built() -> dict[str, View]:
    places = (home, vehicles, bookings, accounts, expenses, settlement, votes, members)
    return {name: view for place in places for name, view in place.PAGES.items()}


def _together() -> Former:
    profile = Row(name="Inès Faure", email="ines@example.org", phone="06 12 34 56 78", iban=settlement.IBAN)
    profile.iban_holder, profile.language, profile.latitude, profile.longitude = "Inès Faure", "fr", None, None
    device = Row(device_id=ID, name="Téléphone", last_seen=NOW, current=True)
    return {
        "profile": ("profile.html", {"profile": profile, "devices": [device]}),
        "leave": ("leave.html", {"balance": Money(-2340), "hindrances": [], "elsewhere": False}),
        "refused": ("refused.html", {"status": 404, "sentence": "Il n’y a rien ici.", "back_href": "/"}),
    }


def _coming_in() -> Former:
    commune = Row(code="26113", name="Die", departement_name="Drôme", postcodes=("26150",))
    packs = [Row(key="light", name="Léger", text="Un prix au kilomètre, et la confiance.")]
    found: dict[str, object] = {
        "q": "die",
        "communes": [commune],
        "commune": None,
        "packs": packs,
        "needs_account": True,
    }
    person = Row(person_id=ID, name="Inès", coop_name="Les Voisins du Diois", what="Emprunte la Clio pour le marché.")
    mail = Row(at=at(23, 17), to="ines@example.org", subject="Votre lien", lines=[Row(text="Entrer", href="/x")])
    group = Row(token="t", coop_name="Les Voisins du Diois", locality="Die", by_name="Maryse", members=8, email=None)
    group.vehicles = FREE
    sent: dict[str, object] = {"email": "ines@example.org", "minutes": 20, "mailbox_href": "/mailbox"}
    shown: Former = {
        "sign_in": ("sign_in.html", {"next": None, "demo": True}),
        "check_mail": ("check_mail.html", sent),
        "arrive": ("arrive.html", {"token": "t", "name": "Inès"}),
        "join": ("join.html", {"invitation": group, "needs_account": True, "charter": charter("fr")}),
        "start": ("start_coop.html", found),
        "start-named": ("start_coop.html", found | {"commune": commune}),
        "people": ("people.html", {"people": [person]}),
        "mailbox": ("mailbox.html", {"mails": [mail]}),
        "offline": ("offline.html", {}),
    }
    return {name: (template, VISITOR | given) for name, (template, given) in shown.items()}


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
        return drawn(shown.template, shown.shown(), framed(lang, accent, visitor=False))
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
