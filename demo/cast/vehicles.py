"""The vehicles of the first co-op, and what is said of any: papers, home, price, how much it is used."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from fleet.catalogue import MOTOR_VEHICLES, Energy, Equipment, Handover, Sharing, VehicleKind
from fleet.commands import Home, Owner, PaperOnFile
from usecases.bringing_in import BringIn, FirstPrice

TWO_WEEKS = 336  # hours: for holidays, instead of the three days of the light pack


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle before its co-op has it. `owners`: name → parts. `home`: words, and degrees (WGS 84) as text.

    `body` is its shape in its photo. `trips` are the bookings a month to expect, `range_km` what a full tank or battery
    gives, 0 when nothing is filled. `price` and `longest_hours`: what it comes with, where that is not the co-op's.
    """

    name: str
    body: str = "hatchback"
    plate: str | None
    colour: str | None = None
    kind: VehicleKind = "car"
    sharing: Sharing
    owners: dict[str, int] = {}
    energy: Energy = "petrol"
    seats: int = 5
    equipment: tuple[Equipment, ...] = ()
    home: tuple[str, str, str]
    handover: Handover = "spare_key"
    odometer_km: int = 0
    access_code: str | None = None
    handbook: str = ""
    price: FirstPrice = FirstPrice()
    longest_hours: int | None = None
    trips: float
    range_km: int = 650

    @property
    def has_motor(self) -> bool:
        """Whether the road asks for an inspection and an insurance."""
        return self.kind in MOTOR_VEHICLES

    def entering(
        self,
        coop_id: UUID,
        members: dict[str, UUID],
        inspection: date,
        insurance: date,
        letter: PaperOnFile | None,
        photo_id: UUID,
    ) -> BringIn:
        """Return the command that makes it the co-op's to book; without the insurer's `letter` it waits for that."""
        words, latitude, longitude = self.home
        papers = (
            PaperOnFile(kind="inspection", valid_until=inspection),
            PaperOnFile(kind="insurance", valid_until=insurance),
            PaperOnFile(kind="registration"),
            *((letter,) if letter else ()),
        )
        return BringIn(
            coop_id=coop_id,
            name=self.name,
            kind=self.kind,
            sharing=self.sharing,
            owners=tuple(Owner(member_id=members[name], parts=parts) for name, parts in self.owners.items()),
            plate=self.plate,
            energy=self.energy,
            seats=self.seats,
            equipment=self.equipment,
            home=Home(text=words, latitude=latitude, longitude=longitude),
            handover=self.handover,
            odometer_km=self.odometer_km,
            photo_id=photo_id,
            papers=papers if self.has_motor else (),
            price=self.price,
            longest_hours=self.longest_hours,
        )


class Vehicle(msgspec.Struct):
    """A vehicle as the world has it: what its odometer and gauge truly show, and whether someone is out with it."""

    vehicle_id: UUID
    model: Model
    km: int
    level_percent: int = 80
    out: bool = False
    in_service: bool = True

    def drive(self, km: int) -> None:
        """Go so far."""
        self.km += km
        if self.model.range_km:
            self.level_percent = max(self.level_percent - round(Decimal(km * 100) / self.model.range_km), 3)


CLIO = Model(
    name="Clio de Jean",
    plate="FB-482-KD",
    colour="rouge",
    sharing="lent",
    owners={"Jean Morin": 1},
    home=("12 rue du Bourg, Die", "44.75360", "5.37020"),
    handover="in_person",
    odometer_km=84_000,
    equipment=("child_seat",),
    handbook="Le frein à main est un peu dur. Carte grise dans la boîte à gants.",
    trips=4,
)
KANGOO = Model(
    name="Kangoo",
    body="panel van",
    plate="DW-907-LM",
    colour="blanc",
    kind="van",
    sharing="co_owned",
    owners={"Amina Benali": 2, "Paul Girard": 2, "Lucie Faure": 1},
    energy="diesel",
    home=("Parking de la Meyrosse, Die", "44.75520", "5.36630"),
    odometer_km=131_200,
    equipment=("tow_bar", "pets"),
    handbook="Diesel uniquement. La clé de secours est chez Lucie, au 4.",
    longest_hours=TWO_WEEKS,
    trips=15,
    range_km=700,
)
ZOE = Model(
    name="Zoé",
    body="small",
    plate="GH-215-PT",
    colour="bleu nuit",
    sharing="group",
    energy="electric",
    home=("Place de la République, Die", "44.75310", "5.37140"),
    handover="key_box",
    odometer_km=38_400,
    access_code="2611",
    handbook="Rebrancher au retour. Le câble est sous le plancher du coffre.",
    price=FirstPrice(per_km="0.18", per_hour="0.80", day_cap_hours=8),
    longest_hours=TWO_WEEKS,
    trips=10,
    range_km=260,
)
CARGO_BIKE = Model(
    name="Biporteur électrique",
    body="cargo bike",
    plate=None,
    kind="cargo_bike",
    sharing="group",
    energy="electric",
    seats=1,
    home=("Maison des associations, Die", "44.75190", "5.37480"),
    handover="key_box",
    access_code="0526",
    handbook="Deux enfants ou 80 kg devant. La batterie se recharge dans le local.",
    price=FirstPrice(per_km="0", per_hour="0.50", day_cap_hours=8),
    trips=9,
    range_km=0,
)
TWINGO = Model(
    name="Twingo de Sophie",
    body="small",
    plate="EY-604-VN",
    colour="jaune",
    sharing="lent",
    owners={"Sophie Lefèvre": 1},
    home=("Rue du Viaduc, Die", "44.75210", "5.36890"),
    odometer_km=62_700,
    trips=4,
)
BERLINGO = Model(
    name="Berlingo de Mathieu",
    body="ludospace",
    plate="CQ-338-RS",
    colour="bleu",
    sharing="lent",
    owners={"Mathieu Blanc": 1},
    energy="diesel",
    home=("Chemin de Chandillon, Die", "44.74810", "5.38020"),
    odometer_km=176_500,
    trips=4,
)
