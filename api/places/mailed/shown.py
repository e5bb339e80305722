"""What a letter's link is about, as whom the letter was written to may read it."""

import msgspec

from api.places.settlement.plan import plan
from api.speech.rules import Stated, stated
from booking.queries import BookingRow
from fleet.queries import VehicleCard
from governance.votes.queries import ProposalRow, proposal
from kernel.money import Money
from kernel.refused import Unknown
from ledger.settlement.queries import TransferState
from usecases.actor import Actor
from usecases.driving.trips import booking_of, vehicle_of
from usecases.mailed.link import ToDo
from usecases.money.accounts import Holder, Holders
from usecases.money.spending import known_expense
from usecases.neighbours import Neighbours


class AskedFor(msgspec.Struct, frozen=True, kw_only=True):
    """A request for a vehicle."""

    booking: BookingRow
    vehicle: VehicleCard
    driver_name: str | None


class PutToVote(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal."""

    proposal: ProposalRow
    before: Stated
    proposed: Stated
    rationale: str | None


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money said to be paid: how much waits for an answer, how much that makes with what had come."""

    debtor: Holder
    said: Money
    in_all: Money
    state: TransferState


class WaitsForYes(msgspec.Struct, frozen=True, kw_only=True):
    """An expense over what one may put on others alone."""

    kind: str
    amount: Money
    note: str | None


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What a link is about, one of these; it `waits` as long as nobody has done what it would do."""

    waits: bool
    request: AskedFor | None = None
    vote: PutToVote | None = None
    transfer: Payment | None = None
    expense: WaitsForYes | None = None


def about_of(reader: Actor, to_do: ToDo) -> tuple[Pending, str]:
    """Return what a link is about, for whom it was written to, and the address where all of it is seen."""
    here = f"/coops/{to_do.coop_id}"
    match to_do.act:
        case "approve" | "refuse":
            return _asked_for(reader, to_do), f"{here}/bookings/{to_do.about}"
        case "vote":
            return _put_to_vote(reader, to_do), f"{here}/proposals/{to_do.about}"
        case "receive":
            return _said_paid(reader, to_do), f"{here}/plans/{to_do.about}"
        case "agree":
            return _waits_for_yes(reader, to_do), f"{here}/expenses/{to_do.about}"


def _asked_for(reader: Actor, to_do: ToDo) -> Pending:
    booking = booking_of(reader, to_do.about)
    name = Neighbours(reader).member(booking.driver_id)
    request = AskedFor(booking=booking, vehicle=vehicle_of(reader, booking), driver_name=name)
    return Pending(waits=booking.status == "requested", request=request)


def _put_to_vote(reader: Actor, to_do: ToDo) -> Pending:
    row = proposal(reader.connection, reader.coop_id, to_do.about, reader.me, reader.now)
    if row is None:
        raise Unknown
    vehicle = Neighbours(reader).vehicle(row.vehicle_id) if row.vehicle_id else None
    vote = PutToVote(
        proposal=row,
        before=stated(row.rule, row.standing, vehicle),
        proposed=stated(row.rule, row.value, vehicle),
        rationale=reader.opened(row.rationale),
    )
    return Pending(waits=row.may_vote and row.my_choice is None, vote=vote)


def _said_paid(reader: Actor, to_do: ToDo) -> Pending:
    found = next((line for line in plan(reader, to_do.about).transfers if line.line_id == to_do.line_id), None)
    if found is None:
        raise Unknown
    paid = found.said_in_all if found.said_cents else found.amount
    transfer = Payment(debtor=Holders(reader).of(found.debtor), said=found.said, in_all=paid, state=found.state)
    return Pending(waits=found.can_be_confirmed and found.said_cents > 0, transfer=transfer)


def _waits_for_yes(reader: Actor, to_do: ToDo) -> Pending:
    noted = known_expense(reader, to_do.about)
    expense = WaitsForYes(kind=noted.kind, amount=reader.money(noted.cents), note=reader.opened(noted.note))
    return Pending(waits=noted.waiting, expense=expense)
