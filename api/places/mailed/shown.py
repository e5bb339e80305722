"""What a letter's link is about, as whom the letter was written to may read it."""

import msgspec

from api.places.settlement.plan import plan
from api.places.settlement.shown import ShownTransfer, shown_transfers
from api.speech.rules import Stated, stated
from booking.queries import BookingRow
from fleet.queries import VehicleCard
from governance.votes.queries import ProposalRow, proposal
from kernel.money import Money
from kernel.refused import Unknown
from usecases.actor import Actor
from usecases.driving.trips import booking_of, vehicle_of
from usecases.mailed.link import ToDo
from usecases.money.accounts import Holders
from usecases.money.spending import known_expense
from usecases.neighbours import Neighbours


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a link is about; it `waits` as long as nobody has done what it would do."""

    waits: bool


class AskedFor(About, frozen=True, kw_only=True):
    """A request for a vehicle."""

    booking: BookingRow
    vehicle: VehicleCard
    driver_name: str | None


class PutToVote(About, frozen=True, kw_only=True):
    """A proposal."""

    proposal: ProposalRow
    before: Stated
    proposed: Stated
    rationale: str | None


class SaidPaid(About, frozen=True, kw_only=True):
    """A transfer said to be paid."""

    row: ShownTransfer


class WaitsForYes(About, frozen=True, kw_only=True):
    """An expense over what one may put on others alone."""

    kind: str
    amount: Money
    note: str | None


def about_of(reader: Actor, to_do: ToDo) -> tuple[About, str]:
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


def _asked_for(reader: Actor, to_do: ToDo) -> AskedFor:
    booking = booking_of(reader, to_do.about)
    name = Neighbours(reader).member(booking.driver_id)
    waits = booking.status == "requested"
    return AskedFor(waits=waits, booking=booking, vehicle=vehicle_of(reader, booking), driver_name=name)


def _put_to_vote(reader: Actor, to_do: ToDo) -> PutToVote:
    row = proposal(reader.connection, reader.coop_id, to_do.about, reader.me, reader.now)
    if row is None:
        raise Unknown
    vehicle = Neighbours(reader).vehicle(row.vehicle_id) if row.vehicle_id else None
    return PutToVote(
        waits=row.may_vote and row.my_choice is None,
        proposal=row,
        before=stated(row.rule, row.standing, vehicle),
        proposed=stated(row.rule, row.value, vehicle),
        rationale=reader.opened(row.rationale),
    )


def _said_paid(reader: Actor, to_do: ToDo) -> SaidPaid:
    found = next((line for line in plan(reader, to_do.about).transfers if line.line_id == to_do.line_id), None)
    if found is None:
        raise Unknown
    (row,) = shown_transfers(reader, [found], Holders(reader))
    return SaidPaid(waits=found.can_be_confirmed and found.said_cents > 0, row=row)


def _waits_for_yes(reader: Actor, to_do: ToDo) -> WaitsForYes:
    noted = known_expense(reader, to_do.about)
    note = reader.opened(noted.note)
    return WaitsForYes(waits=noted.waiting, kind=noted.kind, amount=reader.money(noted.cents), note=note)
