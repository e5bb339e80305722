"""The pages of the desk as they would be shown, in their filled states and some empty."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from api.places.desk.chronicle import WholeChronicle
from api.places.desk.fleet import WholeFleet
from api.places.desk.logbook import BookOfCosts, BookOfDamages, BookOfReadings, BookOfTrips, ReadBy
from api.places.desk.trips import AllTrips, DrivenTrip
from api.places.tables import Order
from api.speech.chronicle import Chronicled
from api.web.answers import View
from fleet.queries import VehicleLook
from fleet.readings import ReadingRow
from kernel.money import Money
from tests.api.samples import ID, at
from tests.places.accounts.samples import CHOICES, booked
from tests.places.vehicles.samples import SCRATCH
from usecases.desk.driven import DrivenSummed, TripDone
from usecases.desk.vehicles import VehicleInUse

CLIO = VehicleLook(ID, "Clio de Maryse", "car", "petrol", "blue")
TRIP = TripDone(
    booking_id=ID,
    vehicle_id=ID,
    driver_id=ID,
    started_at=at(20, 9),
    ended_at=at(20, 18, 30),
    km=134,
    waits=False,
    cents=4020,
    currency="EUR",
)
ROWS = [
    DrivenTrip(trip=TRIP, driver_name="Inès", vehicle_name="Clio de Maryse"),
    DrivenTrip(trip=replace(TRIP, waits=True, cents=None, km=1340), driver_name="Tom", vehicle_name="Kangoo"),
    DrivenTrip(trip=replace(TRIP, cents=None, km=3), driver_name=None, vehicle_name="Biporteur"),
]
SUMMED = DrivenSummed(count=31, km=2140, cents=64200)
TRIPS = AllTrips(
    trips=ROWS,
    summed=SUMMED,
    sum=Money(SUMMED.cents),
    after="next",
    order=Order(path="/trips", sort="-when", kept={}),
    choices=CHOICES,
    me=ID,
    everyone=True,
    driver_name=None,
    mine=False,
)
BY_DAY = Order(path="/", sort="-day", kept={})
UNSORTED = Order(path="/", sort="", kept={})
BOOK = BookOfTrips(
    vehicle=CLIO,
    trips=ROWS,
    summed=SUMMED,
    sum=Money(SUMMED.cents),
    after="next",
    order=Order(path="/", sort="-km", kept={}),
    choices=CHOICES,
)
READING = ReadingRow(km=84310, at=at(20, 18), trip_id=ID, read_by=ID, anomaly=None)
READINGS = BookOfReadings(
    vehicle=CLIO,
    readings=[
        ReadBy(READING, "Inès"),
        ReadBy(replace(READING, km=843100, anomaly="absurd_jump"), None),
        ReadBy(replace(READING, read_by=None), None),
    ],
    after=None,
    order=UNSORTED,
)
COSTS = BookOfCosts(
    vehicle=CLIO,
    costs=[booked("Assurance, Clio (3/12)", 4000), booked("Énergie payée par Tom : Clio", 6000, undone=True)],
    count=2,
    sum=Money(10000),
    after=None,
    order=BY_DAY,
)
DAMAGES = BookOfDamages(
    vehicle=CLIO,
    damages=[SCRATCH, replace(SCRATCH, mended_at=at(12, 9), sentence=None, photo_id=None)],
    after=None,
    order=UNSORTED,
)
IN_USE = VehicleInUse(
    vehicle_id=ID,
    name="Clio de Maryse",
    kind="car",
    plate="AB-123-CD",
    place="Place de la République, Die",
    odometer_km=84310,
    papers_until=date(2027, 3, 14),
    held_from=at(24, 18),
    trips=12,
    km=834,
)
CARGO = replace(IN_USE, vehicle_id=UUID(int=8), name="Biporteur", plate=None, odometer_km=0, papers_until=None)
FLEET = WholeFleet(
    vehicles=[IN_USE, replace(CARGO, held_from=None)],
    count=2,
    q="",
    after="next",
    order=Order(path="/fleet", sort="name", kept={}),
)
CHRONICLE = WholeChronicle(
    happened=[
        Chronicled(at(22, 20), "Un papier de la Clio de Maryse a été classé."),
        Chronicled(at(21, 9), "Tom a rejoint le groupe."),
    ],
    after="next",
    order=UNSORTED,
)

PAGES: dict[str, View] = {
    "all-trips": TRIPS,
    "all-trips-mine": replace(TRIPS, mine=True, driver_name="Inès", after=None),
    "all-trips-none": replace(TRIPS, trips=[], everyone=False, mine=True, after=None),
    "fleet": FLEET,
    "fleet-none": replace(FLEET, vehicles=[], q="zz", after=None),
    "book-trips": BOOK,
    "book-trips-none": replace(BOOK, trips=[], after=None),
    "book-readings": READINGS,
    "book-readings-none": replace(READINGS, readings=[]),
    "book-costs": COSTS,
    "book-costs-none": replace(COSTS, costs=[]),
    "book-damages": DAMAGES,
    "book-damages-none": replace(DAMAGES, damages=[]),
    "chronicle": CHRONICLE,
}
