"""What tests of processes do and look at beside what the village already can."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import Table, func, select

from booking.terms.read_models import calendars, house_rules
from fleet.application import Fleet
from fleet.commands import EnterService, FilePaper, Home, LeaveService, Owner, PaperOnFile
from fleet.vehicle import Vehicle
from governance import commands as g
from governance.application import Governance
from governance.coop import CHARTER_VERSION
from governance.counting import Choice
from governance.events import InvitationKind, RuleValue
from kernel.event import Event
from kernel.log.follower import parked
from kernel.log.recorder import events
from kernel.log.transaction import Transaction
from ledger.pricing.queries import tariffs
from ledger.pricing.rate import Rate
from tests.kit.village import COOP, PAPERS, Village, person_id_of

FIRST_OF_DECEMBER = date(2026, 12, 1)
BERLINGO = EnterService(
    coop_id=COOP,
    name="Berlingo",
    kind="van",
    sharing="group",
    energy="diesel",
    seats=5,
    home=Home(text="Chamarges"),
    handover="in_person",
    odometer_km=10_000,
    papers=PAPERS,
)


def start_coop(village: Village, zone: str) -> UUID:
    """Let Sacha start a co-op that lives by other clocks; return its id."""
    coop_id = uuid4()
    command = g.StartCoop(
        coop_id=coop_id,
        founder_id=person_id_of("Sacha"),
        name="Les Voisins d'ailleurs",
        commune_code="98818",
        commune_name="Nouméa",
        departement="Nouvelle-Calédonie",
        time_zone=zone,
        currency="EUR",
        charter_version=CHARTER_VERSION,
    )
    Governance(village.site.history).start_coop(command, village.asked(command_id=coop_id))
    village.settle()
    return coop_id


def enter(village: Village, *, price: str = "", settle: bool = True, by: UUID | None = None, **more: Any) -> UUID:
    """Let another vehicle enter service, with its own price per km or the co-op's; return its id."""
    vehicle_id = uuid4()
    said = msgspec.structs.asdict(BERLINGO) | {"plate": f"BB-{vehicle_id.int % 1000:03}-BB"} | more
    values = (RuleValue("price_per_km", price),) if price else ()
    command = EnterService(**said)
    adopt = g.AdoptVehicleRules(coop_id=command.coop_id, vehicle_id=vehicle_id, values=values)
    Governance(village.site.history).adopt_vehicle_rules(adopt, village.asked())
    asked = replace(village.asked(command_id=vehicle_id), by=by or village.member("Claire"))
    Fleet(village.site.history).enter_service(command, asked)
    if settle:
        village.settle()
    return vehicle_id


def entered_before(village: Village, **more: Any) -> UUID:
    """Let a vehicle have entered service before its papers were asked for; return its id."""
    vehicle_id = uuid4()
    said = msgspec.structs.asdict(BERLINGO) | {"plate": f"CC-{vehicle_id.int % 1000:03}-CC", "papers": ()} | more
    command = EnterService(**said)

    def as_then(vehicle: Vehicle, _: Transaction) -> list[Event]:
        (entered,) = vehicle.enter(command, plate_taken=False)
        return [msgspec.structs.replace(entered, papers_asked=False)]

    asked = village.asked("Claire", vehicle_id)
    adopt = g.AdoptVehicleRules(coop_id=COOP, vehicle_id=vehicle_id, values=())
    Governance(village.site.history).adopt_vehicle_rules(adopt, village.asked())
    village.site.history.start(Vehicle, vehicle_id, command, asked, as_then)
    village.settle()
    return vehicle_id


def owned_by(village: Village, *names: str) -> tuple[Owner, ...]:
    """Return equal owners."""
    return tuple(Owner(member_id=village.member(name)) for name in names)


def file_paper(village: Village, vehicle_id: UUID, kind: Any, until: date | None = None, **more: Any) -> None:
    """Let a paper come on file."""
    paper = PaperOnFile(kind=kind, valid_until=until, **more)
    command = FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=paper)
    Fleet(village.site.history).file_paper(command, village.asked("Claire"))
    village.settle()


def leave_service(village: Village, vehicle_id: UUID) -> None:
    """Take a vehicle out of service."""
    Fleet(village.site.history).leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), village.asked("Jean"))
    village.settle()


def propose(
    village: Village,
    parameter: str,
    value: str | None,
    vehicle_id: UUID | None = None,
    agree: Sequence[str] = ("Amina", "Claire", "Luc"),
) -> UUID:
    """Let Amina propose a rule from the first of December on and some members agree; return the proposal's id."""
    command = g.ProposeRule(
        coop_id=COOP,
        parameter=parameter,
        vehicle_id=vehicle_id,
        value=value,
        effective_from=FIRST_OF_DECEMBER,
        rationale="Fuel costs more.",
    )
    governance = Governance(village.site.history)
    proposal_id = governance.propose_rule(command, village.asked("Amina")).stream_id
    for name in agree:
        ballot = g.CastBallot(coop_id=COOP, proposal_id=proposal_id, choice=Choice.YES)
        governance.cast_ballot(ballot, village.asked(name))
    village.settle()
    return proposal_id


def wait_until_december(village: Village) -> None:
    """Let the vote end, then the first of December begin: votes decided by then take effect."""
    village.pass_time(days=8)
    village.pass_time(days=21)


def come_back(village: Village, name: str) -> None:
    """Let a former member join again; nothing has followed from it yet."""
    invited = village.invitation(InvitationKind.MAIL)
    command = g.JoinCoop(
        coop_id=COOP, invitation_id=invited, person_id=person_id_of(name), charter_version=CHARTER_VERSION
    )
    Governance(village.site.history).join_coop(command, village.asked(name))


def rate_of(village: Village, vehicle_id: UUID) -> Rate:
    """Return a vehicle's price of this instant."""
    rate: Rate = village.ask(tariffs, COOP, village.now)[vehicle_id].rate
    return rate


def rules_of(village: Village, vehicle_id: UUID) -> dict[str, int]:
    """Return the house rules bookings of a vehicle are asked under."""
    found: dict[str, int] = _row(village, house_rules, vehicle_id).rules
    return found


def calendar_of(village: Village, vehicle_id: UUID) -> Any:
    """Return a vehicle's terms for bookings."""
    return _row(village, calendars, vehicle_id)


def count(village: Village, name: str) -> int:
    """Return how many events of a stored name there are."""
    with village.site.reading() as connection:
        counted = select(func.count()).select_from(events).where(events.c.name == name)
        return int(connection.execute(counted).scalar_one())


def failed(village: Village) -> list[str]:
    """Return why some of what had to follow did not."""
    with village.site.reading() as connection:
        return list(connection.execute(select(parked.c.reason)).scalars())


def _row(village: Village, table: Table, vehicle_id: UUID) -> Any:
    with village.site.reading() as connection:
        its = (table.c.coop_id == COOP) & (table.c.vehicle_id == vehicle_id)
        return connection.execute(select(table).where(its)).one()
