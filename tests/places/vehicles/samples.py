"""Pages about vehicles as they would be shown, one of each in its filled state and some in others."""

from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from api.drawing.charts import Span
from api.places.bookings.new import NewBooking
from api.places.vehicles.entering import Entering
from api.places.vehicles.finding.availability import Unavailable, WhoIsFree
from api.places.vehicles.finding.days import DayOfFleet, FromStart, HoursOfVehicle, UntilWhen
from api.places.vehicles.finding.hours import days_from
from api.places.vehicles.papers import OddDays, Papers
from api.places.vehicles.upkeep import Upkeep
from api.places.vehicles.vehicle import OneVehicle, Outing
from api.places.vehicles.week import Day, Taken
from api.speech.called import NamedOwner
from api.web.answers import View
from booking.hours.day import DayHours, FreeUntil, Hour
from booking.hours.usual import Usual
from booking.policies import PapersExpired, VehicleTaken, WaitsForPapers, YoursAlready
from fleet.damages import DamageRow
from fleet.events import Place
from fleet.papers.queries import PaperRow
from fleet.queries import VehicleCard
from kernel.money import Money
from kernel.period import Period
from ledger.pricing.rate import Rate
from tests.api.samples import ID, NOW, TOMORROW, WEEKEND, at
from usecases.choosing import Candidate, Choosable
from usecases.driving.gaps import Breaks, Gap, Overlap
from usecases.driving.terms import Terms
from usecases.finding.availability import Availability
from usecases.finding.day import VehicleDay

TODAY = NOW.date()
CLIO = Availability(
    vehicle_id=ID,
    name="Clio de Maryse",
    kind="car",
    energy="petrol",
    colour="bleu nuit",
    photo_id=None,
    place="Rue du Viaduc, devant le lavoir",
    walk_m=320,
    needs_approval=True,
    owner_id=ID,
    owner_name="Maryse",
    estimate=Money(600),
    estimate_km=20,
    per_km=Decimal("0.30"),
    per_hour=Decimal(0),
    free=True,
    why_not=None,
    free_from=None,
    late=None,
)
ZOE = replace(CLIO, name="Zoé du village", energy="electric", needs_approval=False, per_hour=Decimal("0.50"))
BIKE = replace(ZOE, name="Vélo cargo", kind="cargo_bike", per_km=Decimal(0), walk_m=None)
EVENING = VehicleTaken(start=at(24, 18), end=at(24, 21)).reason()
MINE = YoursAlready(start=at(24, 18), end=at(24, 20), booking_id=ID).reason()
KANGOO = replace(CLIO, name="Kangoo", kind="van", free=False, why_not=EVENING, free_from=at(24, 21))
PAST = PapersExpired(paper="inspection", until=date(2026, 11, 2)).reason()
WAITS = WaitsForPapers(papers=("insurance", "consent")).reason()
VAN = replace(CLIO, name="Fourgon", kind="van", free=False, why_not=PAST)
MINIBUS = replace(VAN, name="Minibus de la mairie")
CARD = VehicleCard(
    vehicle_id=ID,
    name="Clio de Maryse",
    kind="car",
    sharing="lent",
    energy="petrol",
    colour="bleu nuit",
    seats=5,
    equipment=("child_seat", "bike_rack"),
    home=Place("Rue du Viaduc, devant le lavoir"),
    handover="in_person",
    photo_id=None,
    entered_at=at(1, 9),
    left_at=None,
    odometer_km=84210,
    known_damages=1,
    past_due=(),
    owners=(),
)
INSURANCE = PaperRow(
    kind="insurance",
    state="in_order",
    valid_until=date(2027, 3, 31),
    days_left=128,
    insurer_consents=False,
    needed=True,
    given_on=None,
    has_file=False,
    first_registered_on=None,
)
CONSENT = replace(
    INSURANCE, kind="consent", valid_until=None, days_left=None, given_on=date(2026, 10, 3), has_file=True
)
INSPECTION = replace(INSURANCE, kind="inspection", state="soon", valid_until=date(2026, 12, 12), days_left=19)
YOUNG = replace(INSPECTION, first_registered_on=date(2022, 12, 13))
REGISTRATION = replace(INSURANCE, kind="registration", valid_until=None, days_left=None, needed=False)
PAPERS = [INSURANCE, CONSENT, INSPECTION, REGISTRATION]
NO_CONSENT = replace(CONSENT, state="missing", given_on=None, has_file=False)
WAITING = [
    replace(INSURANCE, state="past_due", days_left=-3),
    NO_CONSENT,
    YOUNG,
    replace(REGISTRATION, state="missing"),
]
SCRATCH = DamageRow(
    damage_id=ID,
    part="left",
    sentence="rayure sur la portière arrière",
    photo_id=ID,
    trip_id=None,
    reported_at=at(3, 9),
    mended_at=None,
)
RATE = Rate(
    since=at(1, 9),
    per_km=Decimal("0.30"),
    per_hour=Decimal("0.50"),
    day_cap_hours=8,
    rulebook_version=2,
    decision_id=ID,
)


def week() -> list[Day]:
    evening = Taken(span=Span(1080, 1260, "booked"), name="Louise", period=Period(at(23, 18), at(23, 21)))
    days = [Day(day=TODAY + timedelta(days=ahead), taken=[], now_minute=None) for ahead in range(7)]
    return [replace(days[0], taken=[evening], now_minute=1040), *days[1:]]


FREE = WhoIsFree(
    choice="tomorrow",
    usual=Usual(period=WEEKEND, vehicle_id=ID),
    days=days_from(TODAY, 14),
    period=TOMORROW,
    misread=False,
    km=20,
    near={},
    free=[CLIO, BIKE, ZOE],
    not_free=[Unavailable(PAST, [VAN, MINIBUS]), Unavailable(EVENING, [KANGOO])],
    goes_on=False,
    last=None,
)
TERMS = Terms(rate=RATE, needs_approval=True, why_not=None, late=None)
ONE = OneVehicle(
    vehicle=CARD,
    plate="FB-482-KD",
    owners=[NamedOwner("Maryse", None, 1)],
    walk_m=320,
    terms=TERMS,
    can_edit=True,
    week=week(),
    outings=[Outing("Louise", WEEKEND, "Valence")],
    papers=PAPERS,
    papers_by=None,
    damages=[SCRATCH],
    breaks=Breaks(
        gaps=(Gap(since=at(20, 18), until=at(22, 9), km=500, booking_id=ID),),
        overlaps=(
            Overlap(since=at(19, 18), until=at(19, 19), km=12, booking_id=ID, earlier_booking_id=ID),
            Overlap(since=at(18, 18), until=at(18, 19), km=0, booking_id=ID, earlier_booking_id=ID),
        ),
    ),
    parts=("front", "left"),
    kept_photo=None,
    hours=TOMORROW,
)
UPKEEP = Upkeep(
    vehicle=CARD,
    home=CARD.home,
    handbook="Le démarreur demande deux tours.",
    has_code=True,
    damages=[SCRATCH],
)
OWNERS = Choosable(
    members=[Candidate(ID, "Inès", me=True), Candidate(CLIO.vehicle_id, "Maryse", me=False)],
    everyone=True,
    called="",
    found=0,
    more=False,
)
MANY = replace(OWNERS, everyone=False, called="mary", found=1)
ENTERING = Entering(
    me=ID,
    choice=OWNERS,
    for_all=True,
    ways=("lent", "co_owned", "group"),
    per_km="0.30",
    per_hour="0.00",
    on_board=["pets"],
    kept_photo=None,
    kept_consent=None,
    odd=OddDays(),
)
ON_FILE = Papers(vehicle=CARD, papers=PAPERS, by=None, odd=OddDays(), typed_kind="", kept_photo=None)

CLIO_ON = VehicleDay(
    vehicle=CARD,
    walk_m=320,
    rate=RATE,
    needs_approval=True,
    owner_name="Maryse",
    day=DayHours(
        hours=tuple(
            Hour(start=at(24, hour), state="taken" if hour in (18, 19, 20) else "yours" if hour == 9 else "free")
            for hour in range(24)
        ),
        why_not=None,
    ),
)
TODAY_ON = replace(
    CLIO_ON,
    vehicle=replace(CARD, name="Zoé du village"),
    needs_approval=False,
    day=DayHours(
        hours=(Hour(start=at(23, 17, 30), state="free"), *(Hour(start=at(23, hour), state="no") for hour in (18, 19))),
        why_not=None,
    ),
)
VAN_ON = replace(
    CLIO_ON, vehicle=replace(CARD, name="Fourgon", kind="van"), day=replace(CLIO_ON.day, hours=(), why_not=PAST)
)
DAY = DayOfFleet(
    days=days_from(TODAY, 14), day=TODAY + timedelta(days=1), vehicles=[CLIO_ON, TODAY_ON, VAN_ON], last=ID
)
FROM = at(28, 9)
SAME_DAY = UntilWhen(FROM.date(), [FROM + timedelta(minutes=30 * half) for half in range(1, 13)])
NEXT_DAY = UntilWhen(at(29, 0).date(), [at(29, hour) for hour in (1, 2, 3)] + [at(30, 0)])
ENDS = FreeUntil(start=FROM, ends=(), why_no_later=EVENING)
ONE_DAY = HoursOfVehicle(
    days=days_from(TODAY, 14), day=TODAY + timedelta(days=1), hours=CLIO_ON, start=None, until=None, ends=[]
)
FROM_NINE = replace(
    ONE_DAY,
    day=FROM.date(),
    start=FROM,
    ends=[
        FromStart(ENDS, [SAME_DAY, NEXT_DAY]),
        FromStart(replace(ENDS, start=FROM + timedelta(minutes=30)), [SAME_DAY]),
    ],
)

PAGES: dict[str, View] = {
    "vehicles": FREE,
    "vehicles-first": replace(FREE, usual=None, last=ID),
    "vehicles-next": replace(FREE, free=[], goes_on=True),
    "vehicles-choose": replace(FREE, choice="choose", days=days_from(TODAY, 63), period=WEEKEND, free=[]),
    "vehicles-misread": replace(FREE, choice="choose", misread=True, free=[], not_free=[]),
    "vehicles-none": replace(FREE, free=[], not_free=[]),
    "days": DAY,
    "days-none": replace(DAY, vehicles=[], last=None),
    "hours": ONE_DAY,
    "hours-closed": replace(ONE_DAY, hours=VAN_ON),
    "hours-from": FROM_NINE,
    "hours-until": replace(FROM_NINE, until=at(29, 0).date(), ends=[FromStart(ENDS, [])]),
    "vehicle": ONE,
    "vehicle-co-owned": replace(
        ONE,
        vehicle=replace(CARD, sharing="co_owned"),
        owners=[NamedOwner("Maryse", 2, 3), NamedOwner(None, 1, 3)],
        terms=replace(TERMS, rate=None),
    ),
    "vehicle-waits": replace(ONE, papers=WAITING, terms=replace(TERMS, why_not=WAITS)),
    "vehicle-waits-soon": replace(ONE, papers=WAITING, papers_by=date(2026, 12, 23)),
    "vehicle-gone": replace(ONE, terms=replace(TERMS, why_not=PAST)),
    "vehicle-new": ENTERING,
    "vehicle-new-large": replace(ENTERING, choice=MANY),
    "vehicle-new-lent": replace(ENTERING, for_all=False, ways=("lent", "co_owned")),
    "vehicle-papers": ON_FILE,
    "vehicle-papers-odd": replace(
        ON_FILE, papers=WAITING, odd=OddDays(insurance=date(2026, 1, 31), inspection=date(2025, 1, 31)), kept_photo=ID
    ),
    "vehicle-papers-soon": replace(ON_FILE, papers=WAITING, by=date(2026, 12, 23)),
    "vehicle-papers-gone": replace(ON_FILE, vehicle=replace(CARD, left_at=NOW)),
    "vehicle-edit": UPKEEP,
    "vehicle-edit-gone": replace(UPKEEP, vehicle=replace(CARD, left_at=NOW), damages=[], has_code=False),
    "book": NewBooking(offer=CLIO, period=TOMORROW, misread=False, mine=None, alternatives=[], more=False),
    "book-misread": NewBooking(offer=CLIO, period=TOMORROW, misread=True, mine=None, alternatives=[], more=False),
    "book-mine": NewBooking(
        offer=replace(KANGOO, why_not=MINE), period=TOMORROW, misread=False, mine=ID, alternatives=[], more=False
    ),
    "book-refused": NewBooking(
        offer=KANGOO, period=TOMORROW, misread=False, mine=None, alternatives=[BIKE, ZOE], more=True
    ),
}
