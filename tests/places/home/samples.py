"""Home as it would be shown, filled and empty."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from api.places.home.home import AskedOfPurse, Doubted, DraftPlan, DueTransfer, Home, Next, OpenVote, Request
from api.speech.rules import Stated
from api.web.answers import View
from fleet.papers.queries import Lacking
from governance.rules.catalogue import rule_of
from kernel.money import Money
from tests.api.samples import ID, WEEKEND, at
from tests.places.bookings.samples import BOOKING
from tests.places.members.samples import MARYSE
from tests.places.vehicles.samples import CARD
from usecases.money.accounts import Holder

HOME = Home(
    next=Next(booking=BOOKING, vehicle=CARD, plate="FB-482-KD", to_do="take_keys"),
    requests=[Request(booking_id=ID, driver_name="Tom", vehicle_name="vélo cargo", period=WEEKEND)],
    doubted=[Doubted(booking_id=ID, driver_name="Tom", vehicle_name="vélo cargo", distance_km=111_115)],
    votes=[
        OpenVote(
            proposal_id=ID,
            proposed=Stated(rule=rule_of("price_per_km"), exact=Decimal("0.34"), vehicle_name="Clio de Maryse"),
            closes_at=at(27, 20),
        )
    ],
    draft=DraftPlan(plan_id=ID, issue_at=at(27, 20)),
    to_pay=[DueTransfer(plan_id=ID, other=Holder(account=ID, name="Maryse", is_purse=False), amount=Money(2340))],
    to_confirm=[DueTransfer(plan_id=ID, other=Holder(account=ID, name=None, is_purse=True), amount=Money(1200))],
    of_purse=[AskedOfPurse(plan_id=ID, count=3)],
    lacking=[
        Lacking(vehicle_id=ID, name="Clio", papers=("consent", "inspection"), until=None),
        Lacking(vehicle_id=ID, name="Kangoo", papers=("consent",), until=date(2026, 12, 23)),
        *(Lacking(vehicle_id=ID, name=name, papers=("consent",), until=None) for name in ("Zoé", "Jumpy", "Trafic")),
    ],
    has_vehicles=True,
    may_invite=True,
    suspended=None,
)
UNASKED = replace(HOME, requests=[], doubted=[], votes=[], draft=None, to_pay=[], to_confirm=[], of_purse=[])
NOTHING = replace(UNASKED, next=None, lacking=[], may_invite=False)

PAGES: dict[str, View] = {
    "home": HOME,
    "home-empty": NOTHING,
    "home-suspended": replace(HOME, suspended=replace(MARYSE, suspended_until=at(27, 20))),
    "home-no-vehicle": replace(NOTHING, has_vehicles=False, may_invite=True),
}
