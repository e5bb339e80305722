"""Draw every page with sample content into a folder, to look at: `python -m tests.api.gallery FOLDER [LANG]`.

The samples are views, as pages make them: the tests of pages render them too.
"""

import sys
from datetime import UTC
from pathlib import Path

from markupsafe import Markup
from msgspec.structs import replace

from api import places
from api.speech.words import Words
from api.web.answers import View
from api.web.frame import Frame, HerCoop
from api.web.frame import draw as drawn
from api.web.refusals import Kept, RefusedPage
from api.web.routes import every_route
from tests.api.samples import NOW, PARIS
from tests.places.accounts import samples as accounts
from tests.places.bookings import samples as bookings
from tests.places.chain import samples as chain
from tests.places.coming_in import samples as coming_in
from tests.places.contests import samples as contests
from tests.places.desk import samples as desk
from tests.places.expenses import samples as expenses
from tests.places.home import samples as home
from tests.places.installation import samples as installation
from tests.places.mailed import samples as mailed
from tests.places.members import samples as members
from tests.places.profile import samples as profile
from tests.places.settlement import samples as settlement
from tests.places.vehicles import samples as vehicles
from tests.places.votes import samples as votes

every_route(places)  # a form asks its act what its fields may hold
STATIC = Path(__file__).parents[2] / "api" / "static"


VISITED = {**coming_in.PAGES, **installation.PAGES, **mailed.PAGES}
HERS = (home, desk, vehicles, bookings, accounts, chain, contests, expenses, settlement, votes, members, profile)
REFUSED = RefusedPage(kind="404", sentence="Il n’y a rien ici.", back_href="/")

STALE = replace(
    REFUSED,
    kind="stale",
    kept=Kept("/coops/7/expenses", [("amount", "45,50")], ["Pneus neufs, posés à Crest"], without_photos=False),
    csrf=Markup('<input type="hidden" name="csrf">'),
)


def pages() -> dict[str, View]:
    """Return the view of each page by the page's name, in its filled state and some in others."""
    hers = {name: view for place in HERS for name, view in place.PAGES.items()}
    return {"refused": REFUSED, "refused-kept": STALE, **VISITED, **hers}


def framed(lang: str, accent: str, *, visitor: bool) -> Frame:
    """Return what a page stands in."""
    return Frame(
        words=Words(lang, PARIS, NOW.astimezone(UTC)),
        reader=None if visitor else "Inès",
        person=None if visitor else "Inès",
        coop_name=None if visitor else "Les Voisins du Diois",
        currency="EUR",
        accent=accent,
        coops=()
        if visitor
        else (HerCoop("Les Voisins du Diois", "/", current=True), HerCoop("La Roue", "/2", current=False)),
        here="",
        path="/",
        address="/",
        csrf=Markup('<input type="hidden" name="csrf" value="0">'),
        flash=None,
        refusal=None,
        errors={},
        typed={},
    )


def draw(name: str, lang: str = "fr", accent: str = "green") -> str:
    """Return one page of the gallery as HTML."""
    view = pages()[name]
    return drawn(view.template, view.shown(), framed(lang, accent, visitor=name in VISITED))


def put_into(folder: Path, name: str, lang: str = "fr", accent: str = "green") -> Path:
    """Draw one page into a folder, its styles found where they are; return where it is."""
    path = folder / f"{name}.html"
    path.write_text(draw(name, lang, accent).replace('"/static/', f'"{STATIC}/'), encoding="utf-8")
    return path


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    accents = ("green", "blue", "teal", "plum", "terracotta", "ochre")
    for index, name in enumerate(pages()):
        put_into(folder, name, [*sys.argv, "fr"][2], accents[index % 6] if "--accents" in sys.argv else "green")
