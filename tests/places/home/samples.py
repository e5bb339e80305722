"""Home as it would be shown, filled and empty."""

from datetime import date
from decimal import Decimal
from typing import get_args

from msgspec.structs import replace

from api.places.home.borne import AskedContest, AskedForYes, Borne, PurseLost
from api.places.home.duties import Duties
from api.places.home.home import AskedOfPurse, Doubted, DraftPlan, DueTransfer, Home, Next, OpenVote, Request, Untold
from api.speech.rules import Stated
from api.web.answers import View
from booking.hours.usual import Usual
from fleet.catalogue import PaperKind
from fleet.papers.queries import Ended, Lacking
from governance.inviting.queries import Newcomer
from governance.rules.catalogue import rule_of
from kernel.money import Money
from tests.api.samples import ID, WEEKEND, at
from tests.places.accounts.samples import TOM
from tests.places.bookings.samples import BOOKING, KNOW, LAST_NIGHT
from tests.places.contests.samples import PUT
from tests.places.members.samples import MARYSE, VOUCHED
from tests.places.vehicles.samples import CARD
from usecases.home.first_steps import FirstStep, FirstSteps, Step
from usecases.home.ready import ToBeReady
from usecases.money.accounts import Holder
from usecases.money.owing import Owing
from usecases.money.settling import RhythmNow

EXPIRED = date(2026, 11, 13)


def lacks(name: str, *papers: PaperKind, until: date | None = None, ended: Ended | None = None) -> Lacking:
    return Lacking(vehicle_id=ID, name=name, papers=papers, until=until, ended=ended)


QUARTER = RhythmNow(period="quarter", due_at=at(30, 8), until=date(2026, 9, 30), overdue_at=at(27, 8), waits=True)
HOME = Home(
    next=Next(booking=BOOKING, vehicle=CARD, to_do="take_keys", state="confirmed", to_know=KNOW),
    usual=Usual(period=WEEKEND, vehicle_id=ID),
    untold=[Untold(booking_id=ID, vehicle_name="Zoé du village", period=LAST_NIGHT)],
    requests=[Request(booking_id=ID, driver_name="Tom", vehicle_name="vélo cargo", period=WEEKEND)],
    doubted=[Doubted(booking_id=ID, driver_name="Tom", vehicle_name="vélo cargo", distance_km=111_115)],
    votes=[
        OpenVote(
            proposal_id=ID,
            proposed=Stated(rule=rule_of("price_per_km", "EUR"), exact=Decimal("0.34"), vehicle_name="Clio de Maryse"),
            closes_at=at(27, 20),
        )
    ],
    draft=DraftPlan(plan_id=ID, issue_at=at(27, 20)),
    to_pay=[DueTransfer(plan_id=ID, other=Holder(account=ID, name="Maryse", is_purse=False), amount=Money(2340))],
    to_confirm=[DueTransfer(plan_id=ID, other=Holder(account=ID, name=None, is_purse=True), amount=Money(1200))],
    of_purse=[AskedOfPurse(plan_id=ID, count=3)],
    borne=Borne(
        put_on_me=[PUT],
        more=2,
        contests=[AskedContest(contest_id=ID, contester=TOM, amount=Money(1200))],
        waiting=[AskedForYes(expense_id=ID, noted_by=TOM, amount=Money(48_000))],
        purse_lost=[PurseLost(booking_id=ID, vehicle_name="Zoé du village", set_right_by=TOM)],
    ),
    ready=ToBeReady(
        lacks=("iban", "coop_iban"),
        owed_cents=1250,
        currency="EUR",
        vehicles=(
            lacks("Clio", "consent", "inspection", ended=Ended(kind="inspection", valid_until=EXPIRED, days=10)),
            lacks("Kangoo", "consent", until=date(2026, 12, 23)),
            *(lacks(name, "consent") for name in ("Zoé", "Jumpy", "Trafic")),
        ),
        first_steps=None,
        never_booked=False,
    ),
    newcomers=[
        Newcomer(member_id=ID, name="Inès Roche", joined_at=at(22, 18)),
        Newcomer(member_id=ID, name="Tom", joined_at=at(18, 9)),
    ],
    has_vehicles=True,
    duties=Duties(suspended=None, owing=None, recovery=None, to_settle=QUARTER, unvoted=2, may_invite=True),
)
OWING = Owing(
    since=at(3, 9),
    books_until=at(28, 9),
    cents=-16234,
    contested_cents=0,
    said_cents=2000,
    lowest_cents=-15000,
    currency="EUR",
)
UNASKED = replace(HOME, untold=[], requests=[], doubted=[], votes=[], draft=None, to_pay=[], to_confirm=[], of_purse=[])
UNPUT = Borne(put_on_me=[], more=0, contests=[], waiting=[], purse_lost=[])
NO_DUTY = Duties(suspended=None, owing=None, recovery=None, to_settle=None, unvoted=0, may_invite=False)
READY = replace(HOME.ready, lacks=(), owed_cents=0, vehicles=())
NOTHING = replace(UNASKED, next=None, ready=READY, newcomers=[], borne=UNPUT, duties=NO_DUTY)
NEW_HERE = replace(NOTHING, ready=replace(READY, lacks=("phone", "place"), never_booked=True))
DONE = {"vehicle", "papers", "neighbours"}
STEPS = FirstSteps(steps=tuple(FirstStep(step=step, done=step in DONE) for step in get_args(Step)), vehicle_id=ID)
UNSTARTED = FirstSteps(steps=tuple(FirstStep(step=step, done=False) for step in get_args(Step)), vehicle_id=None)
REFERENT = replace(NO_DUTY, may_invite=True)

PAGES: dict[str, View] = {
    "home": HOME,
    "home-empty": NOTHING,
    "home-suspended": replace(HOME, duties=replace(HOME.duties, suspended=replace(MARYSE, suspended_until=at(27, 20)))),
    "home-recovery": replace(HOME, duties=replace(HOME.duties, recovery=VOUCHED.recovery)),
    "home-owing": replace(HOME, duties=replace(HOME.duties, owing=OWING)),
    "home-owing-long": replace(HOME, duties=replace(HOME.duties, owing=replace(OWING, books_until=at(3, 9)))),
    "home-new-here": NEW_HERE,
    "home-five-requests": replace(NOTHING, requests=[*HOME.requests] * 5),
    "home-young": replace(
        NOTHING,
        ready=replace(READY, lacks=("place",), first_steps=STEPS),
        newcomers=HOME.newcomers,
        duties=REFERENT,
    ),
    "home-no-vehicle": replace(
        NOTHING, has_vehicles=False, ready=replace(NEW_HERE.ready, first_steps=UNSTARTED), duties=REFERENT
    ),
}
