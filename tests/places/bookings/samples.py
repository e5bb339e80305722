"""Pages about bookings as they would be shown, one of each in its filled state and some in others."""

from datetime import date, timedelta
from uuid import UUID

from msgspec.structs import replace

from api.places.bookings.driver import DriverShown
from api.places.bookings.keys import TakingKeys
from api.places.bookings.mine import MyTrips, Trip
from api.places.bookings.month import Cell, Month, Stop
from api.places.bookings.one import OneBooking, StoryLine
from api.places.bookings.returning import Returning
from api.places.bookings.setting_right import SettingRight
from api.web.answers import View
from booking.queries import BookingRow
from fleet.queries import VehicleLook
from kernel.money import Money
from kernel.period import Period
from tests.api.samples import ID, NOW, TOMORROW, WEEKEND, at
from tests.places.vehicles.samples import CARD, SCRATCH
from usecases.driving.fines import WhoDrove
from usecases.driving.gaps import Gap
from usecases.driving.keys import Beside, Reached
from usecases.driving.trip_history import Charge, Happened, Kind, SetRight, TripEntry
from usecases.driving.trips import ToKnow

LAST_NIGHT = Period(at(22, 18), at(22, 20))
CLIO = VehicleLook(ID, "Clio de Maryse", "car", "petrol", "bleu nuit")
ZOE = VehicleLook(UUID(int=8), "Zoé du village", "car", "electric", None)
BOOKING = BookingRow(
    booking_id=ID,
    vehicle_id=ID,
    driver_id=ID,
    status="confirmed",
    period=TOMORROW,
    asked_at=at(20, 9),
    answer_until=None,
    agreed_at=at(20, 10),
    cancel_free_until=at(24, 6),
    cancelled_late=False,
    approvers=(),
    flexible=False,
    destination="Crest, marché bio",
    reason=None,
    started_at=None,
    ended_at=None,
    told_by=None,
    odometer_out_km=None,
    odometer_in_km=None,
    level_out_percent=None,
    level_in_percent=None,
    energy_paid_cents=None,
    photos=(),
    odd=False,
    first_revision=1,
    revision=0,
    corrected_by=None,
)
OVER = replace(
    BOOKING,
    status="over",
    started_at=at(24, 18),
    ended_at=at(24, 20),
    odometer_out_km=84210,
    odometer_in_km=84310,
    level_out_percent=100,
    level_in_percent=50,
    energy_paid_cents=6000,
    photos=(ID,),
    revision=1,
)
KNOW = ToKnow(
    vehicle_id=ID,
    to_do="take_keys",
    plate="FB-482-KD",
    colour="bleu nuit",
    handbook="Le démarreur demande deux tours.",
    access_code="2580",
    with_another=None,
    hand_over=(Reached(member_id=ID, name="Maryse", phone="06 12 34 56 78", email="maryse@example.org"),),
    before=Beside(name="Tom", at=at(24, 16)),
    after=Beside(name="Louise", at=at(24, 21)),
)
PRICE = TripEntry(entry_id=ID, of="price", amount=Money(-3000))
ENERGY = TripEntry(entry_id=ID, of="energy", amount=Money(6000))


def step(kind: Kind, day: int, name: str | None, km: int | None = None) -> StoryLine:
    return StoryLine(happened=Happened(kind=kind, at=at(day, 9), by=ID if name else None, km=km), name=name)


def month() -> Month:
    first = date(2026, 10, 26)
    trip = Stop(booking_id=ID, vehicle_name=CLIO.name)
    days = [first + timedelta(days=ahead) for ahead in range(42)]
    cells = [
        Cell(
            day=day,
            in_month=day.month == 11,
            today=day == NOW.date(),
            trips=[trip] if day in (date(2026, 11, 12), date(2026, 11, 24)) else [],
        )
        for day in days
    ]
    return Month(first=date(2026, 11, 1), weeks=[cells[start : start + 7] for start in range(0, 42, 7)])


PAID = Money(6000)
ONE = OneBooking(
    booking=BOOKING,
    vehicle=CARD,
    driver_name="Inès",
    mine=True,
    can_answer=False,
    can_accept=False,
    can_correct=False,
    to_do="take_keys",
    to_know=KNOW,
    charge=None,
    energy_paid=None,
    gap=None,
    story=[step("requested", 20, "Inès"), step("approved", 21, "Maryse")],
    undoable=None,
    can_open_driver=False,
    pdfs=(),
    now=NOW,
)
CORRECTED = StoryLine(
    happened=Happened(
        kind="corrected",
        at=at(25, 9),
        by=ID,
        note="Un chiffre de trop.",
        set_right=SetRight(was_out_km=84210, was_in_km=843100, out_km=84210, in_km=84310),
    ),
    name="Inès",
)
RETURNED = [*ONE.story, step("keys_taken", 24, "Inès", 84210), step("returned", 24, "Inès", 84310)]
OF_ANOTHER = {"driver_name": "Tom", "mine": False, "to_do": "none", "to_know": None}
DROVE = WhoDrove(
    booking_id=ID,
    vehicle_id=ID,
    started_at=at(24, 18),
    ended_at=at(24, 20),
    name="Tom",
    email="tom@example.org",
    phone="06 12 34 56 78",
)
TRIPS = MyTrips(
    coming=[
        Trip(booking=BOOKING, state="confirmed", vehicle=CLIO, charge=None),
        Trip(booking=replace(BOOKING, status="requested", period=WEEKEND), state="requested", vehicle=ZOE, charge=None),
    ],
    past=[
        Trip(booking=replace(BOOKING, period=LAST_NIGHT), state="untold", vehicle=ZOE, charge=None),
        Trip(booking=OVER, state="over", vehicle=CLIO, charge=Money(3000)),
    ],
    month=month(),
    older=False,
    after="WyIyMDI2",
    cancelled_late=2,
)
KEYS = TakingKeys(
    booking=BOOKING,
    vehicle=CARD,
    odometer_km=84210,
    over=False,
    damages=[SCRATCH],
    parts=("front", "left"),
    to_know=KNOW,
    kept_photo=None,
    kept_damage=None,
)
RETURNING = Returning(
    booking=BOOKING,
    vehicle=CARD,
    odometer_out_km=84210,
    late=False,
    from_before=False,
    parts=("front", "left"),
    to_know=KNOW,
    kept_photo=None,
    kept_receipt=None,
    kept_damage=None,
)

UNPRICED = Charge(moved=(), priced=False, currency="EUR")
PRICED = Charge(moved=(PRICE, ENERGY), priced=True, currency="EUR")
PAGES: dict[str, View] = {
    "trips": TRIPS,
    "trips-none": replace(TRIPS, coming=[], past=[], after=None),
    "trips-older": replace(TRIPS, coming=[], older=True, after=None),
    "booking": ONE,
    "booking-over": replace(
        ONE,
        booking=OVER,
        energy_paid=PAID,
        to_do="none",
        to_know=None,
        charge=PRICED,
        gap=Gap(since=at(20, 18), until=at(24, 18), km=500, booking_id=ID),
        story=RETURNED,
    ),
    "booking-fine": replace(
        ONE, booking=OVER, energy_paid=PAID, story=RETURNED, can_open_driver=True, **OF_ANOTHER | {"driver_name": None}
    ),
    "who-drove": DriverShown(driver=DROVE, vehicle_name="Zoé du village"),
    "booking-unpriced": replace(
        ONE,
        booking=OVER,
        energy_paid=PAID,
        to_do="none",
        to_know=None,
        charge=UNPRICED,
        story=RETURNED,
    ),
    "booking-odd": replace(
        ONE,
        energy_paid=PAID,
        booking=replace(OVER, odometer_in_km=843100, odd=True, revision=0),
        charge=UNPRICED,
        can_accept=True,
        can_correct=True,
        story=RETURNED,
        **OF_ANOTHER,
    ),
    "booking-corrected": replace(
        ONE,
        energy_paid=PAID,
        booking=replace(OVER, revision=2),
        to_do="none",
        to_know=None,
        charge=PRICED,
        can_correct=True,
        story=[*RETURNED, CORRECTED],
    ),
    "booking-asked": replace(
        ONE, booking=replace(BOOKING, status="requested"), can_answer=True, story=ONE.story[:1], **OF_ANOTHER
    ),
    "booking-expired": replace(
        ONE, booking=replace(BOOKING, status="expired"), story=[*ONE.story[:1], step("expired", 23, None)], **OF_ANOTHER
    ),
    "booking-cancelled_late": replace(
        ONE,
        booking=replace(BOOKING, status="cancelled", cancelled_late=True),
        to_do="none",
        to_know=None,
        story=[*ONE.story, step("cancelled_late", 23, "Inès")],
    ),
    "booking-not_driven": replace(
        ONE,
        booking=replace(BOOKING, status="not_driven"),
        to_do="none",
        to_know=None,
        story=[*ONE.story, step("not_driven", 23, None)],
    ),
    "booking-untold": replace(
        ONE, booking=replace(BOOKING, period=LAST_NIGHT), to_do="tell", to_know=replace(KNOW, to_do="tell")
    ),
    "booking-said_not_driven": replace(
        ONE,
        booking=replace(BOOKING, status="not_driven", period=LAST_NIGHT),
        to_do="none",
        to_know=None,
        story=[*ONE.story, step("said_not_driven", 24, "Inès")],
    ),
    "take_keys": KEYS,
    "take_keys-over": replace(KEYS, booking=replace(BOOKING, period=LAST_NIGHT), over=True),
    "take_keys-electric": replace(KEYS, vehicle=replace(CARD, energy="electric"), damages=[], kept_photo=ID),
    "set_right": SettingRight(booking=OVER, vehicle=CLIO),
    "return": RETURNING,
    "return-late": replace(RETURNING, late=True),
    "return-from_before": replace(RETURNING, booking=replace(BOOKING, period=LAST_NIGHT), late=True, from_before=True),
    "return-bike": replace(RETURNING, vehicle=replace(CARD, kind="bike", energy="none"), odometer_out_km=None),
}
