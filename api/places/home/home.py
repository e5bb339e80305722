"""Home: what is next for me, and what my neighbours wait for from me."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.home.borne import Borne, borne_by_others
from api.places.home.duties import Duties, duties_of
from api.speech.rules import Stated, stated
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from booking import queries as bookings
from booking.hours.usual import Usual
from booking.queries import BookingRow
from fleet.papers.queries import Lacking
from fleet.queries import VehicleCard, count_in_service, vehicle_page
from governance.inviting.queries import Newcomer
from governance.votes.queries import ProposalRow, votes_asked_of
from kernel.money import Money
from kernel.period import Period
from ledger.settlement.queries import PlanLineRow, lines_asked_of, open_plan
from usecases.actor import Actor
from usecases.driving.accepting import trips_to_accept
from usecases.driving.trips import State, ToDo, ToKnow, by_hand, known_of, state_of, to_do
from usecases.finding.usual import usual_hours
from usecases.home.newcomers import newcomers
from usecases.home.ready import ToBeReady, to_be_ready
from usecases.money.accounts import Holder, Holders
from usecases.money.acting import Acting
from usecases.neighbours import Neighbours


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """My trip under way, or my next booking."""

    booking: BookingRow
    state: State
    vehicle: VehicleCard
    to_do: ToDo
    to_know: ToKnow | None

    @property
    def by_hand(self) -> bool:
        """Whether somebody hands the keys over."""
        return by_hand(self.vehicle, self.to_know)


class Untold(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of mine that are over, of which nobody has told a trip."""

    booking_id: UUID
    vehicle_name: str | None
    period: Period


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A neighbour asks for hours of a vehicle I answer for."""

    booking_id: UUID
    driver_name: str | None
    vehicle_name: str | None
    period: Period


class Doubted(msgspec.Struct, frozen=True, kw_only=True):
    """A trip whose readings were confirmed though they look odd: I may say that they are right."""

    booking_id: UUID
    driver_name: str | None
    vehicle_name: str | None
    distance_km: int | None


class OpenVote(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal I have not voted on: what the rule would become."""

    proposal_id: UUID
    proposed: Stated
    closes_at: datetime


class DueTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer of a settlement plan, between me and someone or the common purse."""

    plan_id: UUID
    other: Holder
    amount: Money


class DraftPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A settlement plan that all can look at until it is issued."""

    plan_id: UUID
    issue_at: datetime


class AskedOfPurse(msgspec.Struct, frozen=True, kw_only=True):
    """A plan in which the common purse, for which I act, has transfers to make or to confirm."""

    plan_id: UUID
    count: int


VEHICLES_SHOWN = 3
"""Of those that wait for papers: a référent of many reads how many more there are."""


class Home(View, frozen=True, kw_only=True):
    """What is next, what is usual, what is asked (trips to tell, votes, transfers), what is lacking, and who joined."""

    template: ClassVar[str] = "home/home.html"

    next: Next | None
    usual: Usual | None
    untold: Sequence[Untold]
    requests: Sequence[Request]
    doubted: Sequence[Doubted]
    votes: Sequence[OpenVote]
    draft: DraftPlan | None
    to_pay: Sequence[DueTransfer]
    to_confirm: Sequence[DueTransfer]
    of_purse: Sequence[AskedOfPurse]
    borne: Borne
    ready: ToBeReady
    newcomers: Sequence[Newcomer]
    has_vehicles: bool
    duties: Duties

    @property
    def first_lacking(self) -> Sequence[Lacking]:
        """Those of the vehicles that wait for papers that are shown."""
        return self.ready.vehicles[:VEHICLES_SHOWN]

    @property
    def more_lacking(self) -> int:
        """How many more there are."""
        return len(self.ready.vehicles[VEHICLES_SHOWN:])

    @property
    def asked(self) -> bool:
        """Whether the group asks anything."""
        of_money = (self.to_pay, self.to_confirm, self.of_purse)
        asked = (self.untold, self.requests, self.doubted, self.votes, self.draft, *of_money, self.duties)
        return any(map(bool, asked)) or self.borne.asks


@page(f"{COOP}/", who="member")
def home(visit: Visit) -> Page:
    """Show what is next and what is asked."""
    actor = visit.actor
    following, untold = bookings.next_and_untold(actor.connection, actor.keyring, actor.coop_id, actor.me, actor.now)
    waiting = bookings.requests_to(actor.connection, actor.keyring, actor.coop_id, actor.me)
    doubted, votes = trips_to_accept(actor), votes_asked_of(actor.connection, actor.coop_id, actor.me, actor.now)
    lines = lines_asked_of(actor.connection, actor.coop_id, actor.me, actor.coop_id)
    neighbours = _met(actor, (*waiting, *doubted, *untold), votes, lines)
    view = Home(
        next=_next(actor, following) if following else None,
        usual=usual_hours(actor),
        untold=_untold(untold, neighbours),
        requests=[_request(request, neighbours) for request in waiting],
        doubted=[_doubted(trip, neighbours) for trip in doubted],
        votes=[_vote(vote, neighbours) for vote in votes],
        draft=_draft(actor),
        to_pay=_to_pay(actor, lines, holders := Holders(actor, neighbours)),
        to_confirm=_to_confirm(actor, lines, holders),
        of_purse=_of_purse(actor, lines),
        borne=borne_by_others(actor, neighbours),
        ready=to_be_ready(actor, has_booked=following is not None),
        newcomers=newcomers(actor),
        has_vehicles=following is not None or count_in_service(actor.connection, actor.coop_id) > 0,
        duties=duties_of(actor),
    )
    return Page(view, mine=True)


def _met(
    actor: Actor, held: Sequence[BookingRow], votes: Sequence[ProposalRow], lines: Sequence[PlanLineRow]
) -> Neighbours:
    """Ask at once for the names of all whom and what these are about."""
    return Neighbours(actor).meet(
        members=[*(row.driver_id for row in held), *(side for line in lines for side in (line.debtor, line.receiver))],
        vehicles=[*(row.vehicle_id for row in held), *(vote.vehicle_id for vote in votes)],
    )


def _next(actor: Actor, booking: BookingRow) -> Next:
    found = vehicle_page(actor.connection, actor.coop_id, booking.vehicle_id, on=actor.today)
    known = None if booking.status == "requested" else known_of(actor, booking, found)
    return Next(
        booking=booking,
        state=state_of(booking, actor.now),
        vehicle=found.card,
        to_do=known.to_do if known else to_do(actor, booking),
        to_know=known,
    )


def _untold(found: Sequence[BookingRow], neighbours: Neighbours) -> list[Untold]:
    return [
        Untold(
            booking_id=booking.booking_id, vehicle_name=neighbours.vehicle(booking.vehicle_id), period=booking.period
        )
        for booking in found
    ]


def _request(booking: BookingRow, neighbours: Neighbours) -> Request:
    return Request(
        booking_id=booking.booking_id,
        driver_name=neighbours.member(booking.driver_id),
        vehicle_name=neighbours.vehicle(booking.vehicle_id),
        period=booking.period,
    )


def _doubted(trip: BookingRow, neighbours: Neighbours) -> Doubted:
    return Doubted(
        booking_id=trip.booking_id,
        driver_name=neighbours.member(trip.driver_id),
        vehicle_name=neighbours.vehicle(trip.vehicle_id),
        distance_km=trip.distance_km,
    )


def _vote(proposal: ProposalRow, neighbours: Neighbours) -> OpenVote:
    vehicle_name = neighbours.vehicle(proposal.vehicle_id)
    return OpenVote(
        proposal_id=proposal.proposal_id,
        proposed=stated(proposal.rule, proposal.value, vehicle_name),
        closes_at=proposal.closes_at,
    )


def _to_pay(actor: Actor, lines: Sequence[PlanLineRow], holders: Holders) -> list[DueTransfer]:
    mine = (line for line in lines if line.debtor == actor.me and line.is_to_pay)
    return [_transfer(actor, line, line.receiver, line.left_cents, holders) for line in mine]


def _to_confirm(actor: Actor, lines: Sequence[PlanLineRow], holders: Holders) -> list[DueTransfer]:
    mine = (line for line in lines if line.receiver == actor.me and line.said_cents)
    return [_transfer(actor, line, line.debtor, line.said_cents, holders) for line in mine]


def _draft(actor: Actor) -> DraftPlan | None:
    plan = open_plan(actor.connection, actor.coop_id)
    return DraftPlan(plan_id=plan.plan_id, issue_at=plan.issue_at) if plan and plan.issue_at else None


def _of_purse(actor: Actor, lines: Sequence[PlanLineRow]) -> list[AskedOfPurse]:
    """Return in which plans the purse, for which the reader acts, has transfers to make or to confirm."""
    acting, purse, asked = Acting(actor), actor.coop_id, Counter[UUID]()
    for line in lines:
        is_asked = line.is_to_pay if line.debtor == purse else line.receiver == purse and line.said_cents
        across = line.receiver if line.debtor == purse else line.debtor
        asked[line.plan_id] += bool(is_asked and acting(purse, across))
    return [AskedOfPurse(plan_id=plan_id, count=count) for plan_id, count in asked.items() if count]


def _transfer(actor: Actor, line: PlanLineRow, other: UUID, cents: int, holders: Holders) -> DueTransfer:
    return DueTransfer(plan_id=line.plan_id, other=holders.of(other), amount=actor.money(cents))
