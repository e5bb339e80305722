"""A co-op to measure on, made through the doors: members signed in, vehicles, rules that let the load through."""

import base64
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

import msgspec

from api.settings import Settings
from api.site import Site
from booking.application import Bookings
from booking.commands import BookVehicle, SetHouseRules
from booking.rules import Rules
from fleet.application import Fleet
from fleet.commands import EnterService, Home, PaperOnFile
from governance.application import Governance
from governance.commands import AdoptVehicleRules, IssueInvitation, JoinCoop, StartCoop
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from governance.member import member_id_of
from kernel.command import Asked
from kernel.period import Period
from people.person import Person, add_person
from people.sign_in import open_session

SECRET = base64.b64encode(bytes(range(32))).decode()
COOP = UUID(int=0xBE2C)
VEHICLES = 18
DRIVERS = 60
ACTIVE = 3  # how many bookings a driver may have ahead of her: what the light pack of rules says
UNTIL = date(2039, 1, 1)
FIRST_SLOT = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=30)


class World(NamedTuple):
    """Bearer tokens of the drivers and the ids of the vehicles."""

    tokens: list[str]
    vehicles: list[UUID]


def settings(database_url: str) -> Settings:
    """Return settings for a database under measure."""
    return Settings(database_url=database_url, secret=base64.b64decode(SECRET))


def make_world(site: Site, drivers: int = DRIVERS) -> World:
    """Found the co-op; its drivers may book as often as members usually may, and be as early as they like."""
    founder = _person(site, "Claire")
    start = StartCoop(
        coop_id=COOP,
        founder_id=founder,
        name="Banc",
        commune_code="26113",
        commune_name="Die",
        departement="26",
        time_zone="Europe/Paris",
        currency="EUR",
        charter_version=CHARTER_VERSION,
    )
    Governance(site.history).start_coop(start, _asked(None))
    me = member_id_of(COOP, founder)
    issue = IssueInvitation(coop_id=COOP, kind=InvitationKind.POSTER, days_valid=365)
    invitation = Governance(site.history).issue_invitation(issue, _asked(me)).stream_id
    people = [_join(site, invitation, number) for number in range(drivers)]
    vehicles = [_vehicle(site, me, number) for number in range(VEHICLES)]
    site.follower.catch_up()
    for vehicle_id in vehicles:
        _set_rules(site, vehicle_id)
    site.follower.catch_up()
    with site.writing() as connection:
        tokens = [open_session(connection, person_id, uuid4(), "bench", _now()) for person_id in people]
    return World(tokens, vehicles)


def live(site: Site, world: World, months: int) -> None:
    """Let the co-op's vehicles have been booked for some months: six times a month each, two hours, up to yesterday."""
    begin = _now().replace(minute=0, second=0, microsecond=0) - timedelta(days=30 * months)
    for number in range(6 * months * len(world.vehicles)):
        start = begin + timedelta(days=5 * (number // len(world.vehicles)))
        command = BookVehicle(
            coop_id=COOP,
            vehicle_id=world.vehicles[number % len(world.vehicles)],
            period=Period(start, start + timedelta(hours=2)),
        )
        by = member_id_of(COOP, uuid5(COOP, f"Driver-{number % DRIVERS}"))
        asked = Asked(command_id=uuid4(), by=by, at=start)
        Bookings(site.history).book_vehicle(command, asked, "Europe/Paris")
    site.follower.catch_up()


def _person(site: Site, name: str) -> UUID:
    person = Person(person_id=uuid5(COOP, name), email=f"{name.lower()}@example.org", name=name)
    with site.writing() as connection:
        add_person(connection, person)
    return person.person_id


def _join(site: Site, invitation: UUID, number: int) -> UUID:
    person_id = _person(site, f"Driver-{number}")
    command = JoinCoop(coop_id=COOP, invitation_id=invitation, person_id=person_id, charter_version=CHARTER_VERSION)
    Governance(site.history).join_coop(command, _asked(member_id_of(COOP, person_id)))
    return person_id


def _vehicle(site: Site, by: UUID, number: int) -> UUID:
    vehicle_id = uuid5(COOP, f"vehicle-{number}")
    Governance(site.history).adopt_vehicle_rules(AdoptVehicleRules(coop_id=COOP, vehicle_id=vehicle_id), _asked(by))
    command = EnterService(
        coop_id=COOP,
        name=f"Zoé {number}",
        kind="car",
        sharing="group",
        plate=f"AA-{100 + number}-BC",
        energy="electric",
        seats=5,
        home=Home(text="Place de la République", latitude="44.75321", longitude="5.37001"),
        handover="key_box",
        odometer_km=10_000,
        papers=(
            PaperOnFile(kind="insurance", valid_until=UNTIL),
            PaperOnFile(kind="consent", given_on=UNTIL - timedelta(days=700), photo_id=uuid5(COOP, "letter")),
            PaperOnFile(kind="inspection", valid_until=UNTIL),
        ),
    )
    Fleet(site.history).enter_service(command, msgspec.structs.replace(_asked(by), command_id=vehicle_id))
    return vehicle_id


def _set_rules(site: Site, vehicle_id: UUID) -> None:
    rules = Rules(
        min_duration_minutes=15,
        max_duration_hours=720,
        min_notice_hours=0,
        advance_horizon_days=365,
        max_active_bookings=ACTIVE,
        buffer_minutes=0,
        early_take_minutes=10_000_000,
        approval_timeout_hours=12,
        cancel_free_hours=24,
    )
    command = SetHouseRules(coop_id=COOP, vehicle_id=vehicle_id, rules=rules)
    Bookings(site.history).set_house_rules(command, _asked(None))


def _asked(by: UUID | None) -> Asked:
    return Asked(command_id=uuid4(), by=by, at=_now())


def _now() -> datetime:
    return datetime.now(UTC)


def slot(number: int, vehicles: list[UUID]) -> dict[str, Any]:
    """Return the body of booking `number`: its own quarter of an hour of one of the vehicles."""
    start = FIRST_SLOT + timedelta(minutes=15 * (number // len(vehicles)))
    period = {"start": start.isoformat(), "end": (start + timedelta(minutes=15)).isoformat()}
    return {"vehicle_id": str(vehicles[number % len(vehicles)]), "period": period}
