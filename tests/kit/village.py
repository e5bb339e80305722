"""The village page tests play in: a whole installation on a real database, on a clock the test winds.

Nothing runs in threads: whatever follows from an act has followed when its page answers.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Connection

from api.site import Site
from booking.application import Bookings
from booking.commands import ApproveBooking, BookVehicle, ReturnVehicle, TakeKeys
from fleet.application import Fleet
from fleet.commands import EnterService, Home, Owner, PaperOnFile
from fleet.queries import vehicle_page
from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind, RuleValue
from governance.member import member_id_of
from governance.roles import Role
from kernel.command import Asked
from kernel.money import Money
from kernel.period import Period
from people.person import Person, add_person
from people.photos import keep_photo
from people.sign_in import open_session
from sending.outbox import KeptLetter, kept_letters
from tests.kit.browser import Browser
from tests.kit.pictures import PDF
from tests.kit.still_site import (
    COOP,
    ELSEWHERE,
    NOW,
    Clock,
    Rows,
    StillSite,
    person_id_of,
    put_rows,
    rows_of,
    send_all,
    settings_of,
)

__all__ = [
    "COOP",
    "ELSEWHERE",
    "MEMBERS",
    "NOW",
    "PAPERS",
    "UNTIL",
    "Clock",
    "Rows",
    "StillSite",
    "Village",
    "person_id_of",
    "put_rows",
    "rows_of",
    "settings_of",
    "settle_in",
]

MEMBERS = ("Claire", "Jean", "Amina", "Paul", "Luc", "Nadia")
UNTIL = date(2028, 10, 31)
LETTER = UUID(int=0x1E77E2)  # under which the insurers' letter of consent is kept, one for all
PAPERS = (
    PaperOnFile(kind="insurance", valid_until=UNTIL),
    PaperOnFile(kind="consent", given_on=date(2026, 10, 1), photo_id=LETTER),
    PaperOnFile(kind="inspection", valid_until=UNTIL),
    PaperOnFile(kind="registration"),
)


class Village:
    """Les Voisins du Diois and how to act there; `as_("Claire")` gives her browser, signed in.

    Claire (référent, treasurer) started it; Jean lends the Clio; Amina, Paul and Luc own the Kangoo 2/2/1; the Zoé and
    the Biporteur are the group's; Nadia owns nothing. Olga belongs to another co-op, Sacha to none.
    """

    def __init__(self, site: Site, client: TestClient[Litestar], clock: Clock) -> None:
        self.site = site
        self.client = client
        self.clock = clock
        self._browsers: dict[str, Browser] = {}

    @property
    def now(self) -> datetime:
        """The village's present instant."""
        return self.clock.now

    def pass_time(self, **length: float) -> None:
        """Let time pass (`days=7`), do what is due then and all that follows from it."""
        self.clock.now += timedelta(**length)
        while self.site.keep_time():
            pass
        self.settle()

    def settle(self) -> None:
        """Let everything follow that has to."""
        self.site.follower.catch_up()

    def letters(self) -> list[KeptLetter]:
        """Send the letters that wait and return all that were, newest first."""
        send_all(self.site)
        with self.site.reading() as connection:
            return kept_letters(connection, 1000)

    def letters_to(self, name: str) -> list[KeptLetter]:
        """Return the letters sent to someone, newest first."""
        return [letter for letter in self.letters() if letter.address.lower() == f"{name.lower()}@example.org"]

    def as_(self, name: str, lang: str = "en") -> Browser:
        """Return someone's browser, signed in; the same one each time."""
        if name not in self._browsers:
            self._browsers[name] = Browser(self.client, self.session(name), lang)
        return self._browsers[name]

    def session(self, name: str, device: str = "Firefox") -> str:
        """Open a session for someone on a device; return its token."""
        with self.site.writing() as connection:
            return open_session(connection, person_id_of(name), uuid4(), device, self.now)

    def anyone(self, lang: str = "en") -> Browser:
        """Return the browser of someone not signed in."""
        return Browser(self.client, lang=lang)

    def member(self, name: str, coop_id: UUID = COOP) -> UUID:
        """Return the member id of a person."""
        return member_id_of(coop_id, person_id_of(name))

    def vehicle(self, name: str) -> UUID:
        """Return the id of a vehicle of the village: "Clio", "Kangoo", "Zoé" or "Biporteur"."""
        return uuid5(COOP, name)

    def person(self, name: str, **more: Any) -> UUID:
        """Make a person this installation knows, who reads English unless asked otherwise."""
        profile: dict[str, Any] = {"email": f"{name.lower()}@example.org", "name": name, "language": "en"}
        with self.site.writing() as connection:
            add_person(connection, Person(**{"person_id": person_id_of(name), **profile, **more}))
        return person_id_of(name)

    def asked(self, by: str | None = None, command_id: UUID | None = None) -> Asked:
        """Return an asking of now, by a member's name or by the system."""
        return Asked(command_id=command_id or uuid4(), by=self.member(by) if by else None, at=self.now)

    def invitation(self, kind: InvitationKind) -> UUID:
        """Let Claire make an invitation; return its id."""
        issue = g.IssueInvitation(coop_id=COOP, kind=kind)
        return self._governance.issue_invitation(issue, self.asked("Claire")).stream_id

    def join(self, name: str) -> UUID:
        """Make a person and let them join; return the member id."""
        self.person(name)
        invited = self.invitation(InvitationKind.MAIL)
        command = g.JoinCoop(
            coop_id=COOP, invitation_id=invited, person_id=person_id_of(name), charter_version=CHARTER_VERSION
        )
        joined = self._governance.join_coop(command, self.asked(name)).stream_id
        self.settle()
        return joined

    def leave(self, name: str) -> None:
        """Let a member leave."""
        self._governance.leave_coop(g.LeaveCoop(coop_id=COOP, member_id=self.member(name)), self.asked(name))
        self.settle()

    def give_role(self, name: str, role: Role) -> None:
        """Give a member a role."""
        command = g.GiveRole(coop_id=COOP, member_id=self.member(name), role=role)
        self._governance.give_role(command, self.asked("Claire"))
        self.settle()

    def booked(self, by: str, vehicle: str, start: datetime | None = None, hours: float = 2) -> UUID:
        """Book a vehicle (from now on unless asked otherwise); return the booking's id.

        Hours of a lent vehicle begin in a minute: once they have begun nobody is asked any more.
        """
        start = start or self.now + timedelta(minutes=self.is_lent(vehicle, by))
        period = Period(start, start + timedelta(hours=hours))
        command = BookVehicle(coop_id=COOP, vehicle_id=self.vehicle(vehicle), period=period)
        done = Bookings(self.site.history).book_vehicle(command, self.asked(by), "Europe/Paris")
        self.settle()
        return done.stream_id

    @staticmethod
    def is_lent(vehicle: str, to: str) -> bool:
        """Tell whether its owner has to say yes: the Clio is Jean's."""
        return vehicle == "Clio" and to != "Jean"

    def approved(self, by: str, booking_id: UUID) -> None:
        """Say yes to a request, as an owner."""
        command = ApproveBooking(coop_id=COOP, booking_id=booking_id)
        Bookings(self.site.history).approve_booking(command, self.asked(by))
        self.settle()

    def taken(self, by: str, booking_id: UUID, odometer_km: int) -> None:
        """Take the keys of a booking, now."""
        command = TakeKeys(
            coop_id=COOP, booking_id=booking_id, taken_at=self.now, odometer_km=odometer_km, level_percent=80
        )
        Bookings(self.site.history).take_keys(command, self.asked(by), "Europe/Paris")
        self.settle()

    def returned(self, by: str, booking_id: UUID, odometer_km: int, paid: Money | None = None) -> None:
        """Return the vehicle of a booking, now."""
        command = ReturnVehicle(
            coop_id=COOP,
            booking_id=booking_id,
            returned_at=self.now,
            odometer_km=odometer_km,
            level_percent=60,
            energy_paid=paid,
        )
        Bookings(self.site.history).return_vehicle(command, self.asked(by), "EUR")
        self.settle()

    def drove(self, by: str, vehicle: str, km: int, hours: float = 2, paid: Money | None = None) -> UUID:
        """Book, take, drive and return in one go, time passing meanwhile; return the booking's id."""
        booking_id = self.booked(by, vehicle, hours=hours)
        if self.is_lent(vehicle, by):
            self.approved("Jean", booking_id)
        start = self.odometer(vehicle)
        self.taken(by, booking_id, start)
        self.clock.now += timedelta(hours=hours)
        self.returned(by, booking_id, start + km, paid)
        return booking_id

    def odometer(self, vehicle: str) -> int:
        """Return a vehicle's odometer in km."""
        return int(self.ask(_odometer, self.vehicle(vehicle)))

    def ask(self, query: Callable[..., Any], *arguments: object, **named: object) -> Any:
        """Ask a context a question."""
        with self.site.reading() as connection:
            return query(connection, *arguments, **named)

    @property
    def _governance(self) -> Governance:
        return Governance(self.site.history)


def settle_in(village: Village) -> None:
    """Found both co-ops and bring everyone and every vehicle in, through the doors."""
    village.person("Sacha")
    for coop_id, founder, name in ((COOP, "Claire", "Les Voisins du Diois"), (ELSEWHERE, "Olga", "Ailleurs")):
        village.person(founder)
        command = g.StartCoop(
            coop_id=coop_id,
            founder_id=person_id_of(founder),
            name=name,
            commune_code="26113",
            commune_name="Die",
            departement="Drôme",
            time_zone="Europe/Paris",
            currency="EUR",
            charter_version=CHARTER_VERSION,
        )
        Governance(village.site.history).start_coop(command, village.asked(command_id=coop_id))
    for name in MEMBERS[1:]:
        village.join(name)
    with village.site.writing() as connection:
        keep_photo(connection, village.site.keyring, COOP, LETTER, PDF, village.now)
    for vehicle, price in (("Clio", "0.30"), ("Kangoo", "0.35"), ("Zoé", "0.25"), ("Biporteur", "0.00")):
        _enter(village, vehicle, price)
    village.settle()


def _enter(village: Village, name: str, price: str) -> None:
    shares = {"Clio": (("Jean", 1),), "Kangoo": (("Amina", 2), ("Paul", 2), ("Luc", 1))}.get(name, ())
    motor = name != "Biporteur"
    enter = EnterService(
        coop_id=COOP,
        name=name,
        kind={"Kangoo": "van", "Biporteur": "cargo_bike"}.get(name, "car"),  # type: ignore[arg-type]
        sharing={"Clio": "lent", "Kangoo": "co_owned"}.get(name, "group"),  # type: ignore[arg-type]
        owners=tuple(Owner(member_id=village.member(owner), parts=parts) for owner, parts in shares),
        plate=f"AB-12{len(name)}-CD" if motor else None,
        energy={"Clio": "petrol", "Kangoo": "diesel"}.get(name, "electric"),  # type: ignore[arg-type]
        seats=5 if motor else 1,
        home=Home(text="Place de la République, Die", latitude="44.75314", longitude="5.37088"),
        handover="in_person",
        odometer_km=10_000 if motor else 0,
        papers=PAPERS if motor else (),
    )
    by = shares[0][0] if shares else "Claire"
    Fleet(village.site.history).enter_service(enter, village.asked(by, village.vehicle(name)))
    adopt = g.AdoptVehicleRules(
        coop_id=COOP, vehicle_id=village.vehicle(name), values=(RuleValue("price_per_km", price),)
    )
    Governance(village.site.history).adopt_vehicle_rules(adopt, village.asked())


def _odometer(connection: Connection, vehicle_id: UUID) -> int:
    return vehicle_page(connection, COOP, vehicle_id, on=NOW.date()).card.odometer_km
