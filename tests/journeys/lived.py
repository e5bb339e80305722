"""A village where everything is under way, served to browsers that come in already signed in, in French."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import update

from api.site import Site
from booking.application import Bookings
from booking.commands import RefuseBooking
from fleet.application import Fleet
from fleet.commands import ReportDamage, WriteHandbook
from governance.application import Governance
from governance.commands import CastBallot, ProposeRule
from governance.counting import Choice
from governance.events import InvitationKind
from kernel.money import Money
from ledger.settlement.commands import IssuePlan
from people.person import people
from people.photos import keep_photo
from tests.journeys.chromium import device
from tests.journeys.phone import Phone
from tests.journeys.server import WoundSite, serving
from tests.kit.erasing import erased
from tests.kit.money import charged, give_ibans, ledger_in, spent
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Clock, Rows, Village, put_rows

HERE = f"/coops/{COOP}"
NOBODY = cast("Any", None)  # asks in this process: browsers ask over the network


class Lived:
    """The village being served; `ids` names what stands in it: bookings, a plan, proposals, an expense, an entry."""

    def __init__(self, site: WoundSite, village: Village, browser: Browser) -> None:
        self.site = site
        self.village = village
        self.ids: dict[str, UUID] = {}
        self._browser = browser

    def device(self, name: str | None = None, **options: Any) -> BrowserContext:
        """Return a device of someone signed in, or of a stranger."""
        address = self.site.settings.base_url
        context = device(self._browser, address, **options)
        cookies = {"lang": "fr"} | ({"session": self.village.session(name)} if name else {})
        context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
        return context

    def phone(self, name: str, **size: Any) -> Phone:
        """Return the phone of someone signed in, or what stands on her desk."""
        page = self.device(name, **size, bypass_csp=True, service_workers="block").new_page()
        return Phone(page, name, touch=size["has_touch"])


@contextmanager
def lived(browser: Browser, rows: Rows, folder: Path) -> Iterator[Lived]:
    """Serve the village from a database of its own, with everything under way."""
    clock = Clock()
    with serving(f"sqlite:///{folder / 'village.db'}", clock) as site:
        put_rows(site, rows)
        _speak_french(site)
        served = Lived(site, Village(site, NOBODY, clock), browser)
        served.ids = _live(served.village)
        site.rest()
        yield served


def _speak_french(site: Site) -> None:
    with site.writing() as connection:
        connection.execute(update(people).values(language="fr"))


def _live(village: Village) -> dict[str, UUID]:
    give_ibans(village)
    over = village.drove("Amina", "Clio", 100, paid=Money(60_00))
    decided = _propose(village, "0.31", 30)
    for name in ("Claire", "Jean", "Paul"):
        vote = CastBallot(coop_id=COOP, proposal_id=decided, choice=Choice.YES)
        Governance(village.site.history).cast_ballot(vote, village.asked(name))
    gone = _come_and_go(village)
    village.pass_time(days=8)
    kangoo = {"kind": "insurance", "split": "shares", "vehicle_id": village.vehicle("Kangoo"), "months": 12}
    ids = {"over": over, "decided": decided, "gone": gone, "entry": charged(over)}
    ids["expense"] = spent(village, "Amina", 480_00, "Amina", "Paul", "Luc", **kangoo)
    village.drove("Paul", "Zoé", 34)
    plan = IssuePlan(coop_id=COOP, as_of=village.now.date())
    ids["plan"] = ledger_in(village).issue_plan(plan, village.asked("Claire")).stream_id
    ids["open"] = _propose(village, "0.34", 40, village.vehicle("Clio"))
    ids["mail"] = village.invitation(InvitationKind.MAIL)
    ids["poster"] = village.invitation(InvitationKind.POSTER)
    _look_after_kangoo(village)
    return ids | _bookings(village)


def _bookings(village: Village) -> dict[str, UUID]:
    """One to take now, one under way, one that waits for its owner, one refused, with others to come."""
    soon, tomorrow = village.now + timedelta(minutes=15), village.now + timedelta(days=1)
    under_way = village.booked("Paul", "Zoé", hours=3)
    village.taken("Paul", under_way, village.odometer("Zoé"))
    refused = village.booked("Nadia", "Clio", tomorrow + timedelta(days=1))
    no = RefuseBooking(coop_id=COOP, booking_id=refused, reason="J’en ai besoin ce jour-là.")
    Bookings(village.site.history).refuse_booking(no, village.asked("Jean"))
    return {
        "soon": village.booked("Amina", "Kangoo", soon),
        "under_way": under_way,
        "asked": village.booked("Nadia", "Clio", tomorrow),
        "refused": refused,
    }


def _propose(village: Village, value: str, days: int, vehicle_id: UUID | None = None) -> UUID:
    propose = ProposeRule(
        coop_id=COOP,
        parameter="price_per_km",
        vehicle_id=vehicle_id,
        value=value,
        effective_from=(village.now + timedelta(days=days)).date(),
        rationale="Le carburant a pris dix pour cent depuis l’an dernier.",
    )
    done = Governance(village.site.history).propose_rule(propose, village.asked("Luc"))
    village.settle()
    return done.stream_id


def _come_and_go(village: Village) -> UUID:
    gone = village.join("Odile")
    _speak_french(village.site)
    village.drove("Odile", "Zoé", 10)
    village.leave("Odile")
    erased(village.site.history, COOP, gone, village.now)
    village.settle()
    return gone


def _look_after_kangoo(village: Village) -> None:
    fleet, kangoo, photo = Fleet(village.site.history), village.vehicle("Kangoo"), uuid4()
    with village.site.writing() as connection:
        keep_photo(connection, village.site.keyring, COOP, photo, jpeg(), village.now)
    damage = ReportDamage(coop_id=COOP, vehicle_id=kangoo, part="rear", sentence="Rayure", photo_id=photo)
    fleet.report_damage(damage, village.asked("Paul"))
    words = WriteHandbook(coop_id=COOP, vehicle_id=kangoo, text="Diesel uniquement.", access_code="2611")
    fleet.write_handbook(words, village.asked("Amina"))
    village.settle()
