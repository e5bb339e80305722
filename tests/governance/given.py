"""Small facts the governance tests start from."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from governance.commands import AdoptVehicleRules, CastBallot, CloseProposal, ProposeRule, StartCoop
from governance.counting import Choice
from governance.events import RuleValue
from governance.rules.rulebook import Decision, Rulebook
from governance.votes.proposal import Proposal
from kernel.event import Event
from kernel.privacy import Sealed

COOP = UUID(int=1)
KANGOO = UUID(int=2)
PARIS = "Europe/Paris"
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)  # Monday 2 March 2026, noon in Paris
DAY = timedelta(days=1)


def person(number: int) -> UUID:
    return uuid5(COOP, f"person {number}")


def member(number: int) -> UUID:
    return uuid5(COOP, f"member {number}")


def members(count: int) -> tuple[UUID, ...]:
    return tuple(member(number) for number in range(count))


def sealed(writer: UUID, text: str) -> Sealed:
    return Sealed(COOP, writer, text.encode())


def start(founder_id: UUID, coop_id: UUID = COOP) -> StartCoop:
    return StartCoop(
        coop_id=coop_id,
        founder_id=founder_id,
        name="Les Voisins du Diois",
        commune_code="26113",
        commune_name="Die",
        departement="Drôme",
        time_zone=PARIS,
        currency="EUR",
        charter_version="light-1",
    )


def light_rules() -> Rulebook:
    return Rulebook().after(Rulebook().adopt(start(person(0)), at=NOON))


def rules_with_kangoo(price: str = "0.30") -> Rulebook:
    command = AdoptVehicleRules(coop_id=COOP, vehicle_id=KANGOO, values=(RuleValue("price_per_km", price),))
    book = light_rules()
    return book.after(book.adopt_for_vehicle(command, at=NOON))


def dearer_km(
    value: str | None = "0.34",
    *,
    parameter: str = "price_per_km",
    day: date = date(2026, 4, 1),
    vehicle_id: UUID | None = None,
) -> ProposeRule:
    return ProposeRule(
        coop_id=COOP,
        parameter=parameter,
        vehicle_id=vehicle_id,
        value=value,
        effective_from=day,
        rationale="Fuel costs more.",
    )


def opening(
    command: ProposeRule | None = None,
    *,
    electorate: tuple[UUID, ...] = members(3),
    rulebook: Rulebook | None = None,
    at: datetime = NOON,
) -> tuple[Event, ...]:
    return Proposal().open(
        command or dearer_km(),
        by=electorate[0],
        at=at,
        rulebook=rulebook or light_rules(),
        electorate=electorate,
        time_zone=PARIS,
        seal=sealed,
    )


def opened(
    command: ProposeRule | None = None,
    *,
    electorate: tuple[UUID, ...] = members(3),
    rulebook: Rulebook | None = None,
    at: datetime = NOON,
) -> Proposal:
    return Proposal().after(opening(command, electorate=electorate, rulebook=rulebook, at=at))


def voted(proposal: Proposal, choices: dict[UUID, Choice], at: datetime = NOON + DAY) -> Proposal:
    for voter, choice in choices.items():
        command = CastBallot(coop_id=COOP, proposal_id=UUID(int=9), choice=choice)
        proposal = proposal.after(proposal.cast(command, by=voter, at=at))
    return proposal


def closing(proposal: Proposal, at: datetime) -> tuple[Event, ...]:
    return proposal.close(CloseProposal(coop_id=COOP, proposal_id=UUID(int=9)), at=at)


def decided(
    value: str | None,
    *,
    number: int = 1,
    parameter: str = "price_per_km",
    vehicle_id: UUID | None = None,
    at: datetime = NOON + 30 * DAY,
    version: int = 1,
    passed: bool = True,
) -> Decision:
    return Decision(
        proposal_id=uuid5(COOP, f"proposal {number}"),
        parameter=parameter,
        vehicle_id=vehicle_id,
        value=value,
        effective_at=at,
        rulebook_version=version,
        passed=passed,
    )
