"""One booking: its whole story, the trip made of it, and what can be done with it now."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from api.places.bookings.new import BOOKINGS
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from booking.queries import BookingRow
from fleet.queries import VehicleCard
from kernel.aggregate import TIME_TO_UNDO
from kernel.event import Event, Recorded
from kernel.money import Money
from people.photos import kept_among, pdfs_among
from usecases.actor import Actor
from usecases.driving.accepting import may_accept
from usecases.driving.fines import may_open_driver
from usecases.driving.gaps import Gap, gap_before
from usecases.driving.trip_history import Charge, Happened, charges, recorded_of, story_of
from usecases.driving.trips import (
    State,
    ToDo,
    ToKnow,
    booking_of,
    by_hand,
    concerned_by_booking,
    may_correct,
    state_of,
    to_do,
    vehicle_of,
)
from usecases.driving.trips import to_know as known_of
from usecases.neighbours import Neighbours
from usecases.undoing.undoable import Undoable, undoable_at_booking

BOOKING = f"{BOOKINGS}/{{booking_id:uuid}}"
BACK = "/coops/{coop_id}/bookings/{booking_id}"


class StoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, and what who did it is called."""

    happened: Happened
    name: str | None


class OneBooking(View, frozen=True, kw_only=True):
    """A booking for those it concerns. `charge` is `None` before its trip is over; only its driver has `to_know`.

    `pdfs` are those of its photos that are receipts to be saved.
    """

    template: ClassVar[str] = "bookings/one.html"

    booking: BookingRow
    vehicle: VehicleCard
    driver_name: str | None
    mine: bool
    can_answer: bool
    can_accept: bool
    can_correct: bool
    to_do: ToDo
    to_know: ToKnow | None
    charge: Charge | None
    energy_paid: Money | None
    gap: Gap | None
    story: Sequence[StoryLine]
    undoable: Undoable | None
    can_open_driver: bool
    pdfs: Collection[UUID]
    now: datetime

    @property
    def state(self) -> State:
        """How it stands now."""
        return state_of(self.booking, self.now)

    @property
    def by_hand(self) -> bool:
        """Whether somebody hands the keys over."""
        return by_hand(self.vehicle, self.to_know)

    @property
    def can_cancel(self) -> bool:
        """Whether its hours can still be given back."""
        open_still = self.booking.status in ("requested", "confirmed") and self.now < self.booking.period.end
        return self.mine and open_still

    @property
    def free_until(self) -> datetime | None:
        """Until when giving them back does not count as late; `None` when that is past."""
        booking = self.booking
        if booking.status == "requested":
            return booking.period.end
        just_booked = booking.cancel_free_until if booking.approvers else booking.asked_at + TIME_TO_UNDO
        until = max(booking.cancel_free_until, just_booked)
        return until if until >= self.now else None


@page(BOOKING, who=concerned_by_booking)
def show_booking(visit: Visit, booking_id: UUID) -> Page:
    """A booking's whole story, and what can be done with it now."""
    actor = visit.actor
    booking = _shown(actor, booking_id)
    recorded, mine = recorded_of(actor, booking_id), booking.driver_id == actor.me
    neighbours = Neighbours(actor).meet(members=[booking.driver_id, *(event.by for event in recorded)])
    view = OneBooking(
        booking=booking,
        vehicle=vehicle_of(actor, booking),
        driver_name=(driver_name := neighbours.member(booking.driver_id)),
        mine=mine,
        can_answer=booking.status == "requested" and actor.me in booking.approvers,
        can_accept=booking.waits and may_accept(actor, booking),
        can_correct=booking.status == "over" and may_correct(actor, booking),
        to_do=to_do(actor, booking),
        to_know=known_of(actor, booking) if mine and booking.status in ("confirmed", "under_way") else None,
        charge=charges(actor, booking.driver_id, [booking]).get(booking_id),
        energy_paid=actor.money(booking.energy_paid_cents) if booking.energy_paid_cents else None,
        gap=gap_before(actor, booking),
        story=_told(actor, recorded, neighbours),
        undoable=undoable_at_booking(actor, recorded),
        can_open_driver=may_open_driver(actor, booking, driver_name),
        pdfs=pdfs_among(actor.connection, actor.coop_id, booking.photos),
        now=actor.now,
    )
    return Page(view, mine=True)


def _told(actor: Actor, recorded: Sequence[Recorded[Event]], neighbours: Neighbours) -> list[StoryLine]:
    return [StoryLine(happened=event, name=neighbours.member(event.by)) for event in story_of(actor, recorded)]


@question(BOOKING, who=concerned_by_booking)
def booking(actor: Actor, booking_id: UUID) -> BookingRow:
    """A booking and the trip made of it."""
    return _shown(actor, booking_id)


@question(f"{BOOKING}/to-know", who=concerned_by_booking)
def to_know(actor: Actor, booking_id: UUID) -> ToKnow:
    """The plate, colour and handbook of its vehicle, and the code of its key box while I have it."""
    return known_of(actor, booking_of(actor, booking_id))


@question(f"{BOOKING}/story", who=concerned_by_booking)
def story(actor: Actor, booking_id: UUID) -> tuple[Happened, ...]:
    """What happened to a booking and on its trip, the first first; what was set right with both readings, and why."""
    return tuple(story_of(actor, recorded_of(actor, booking_of(actor, booking_id).booking_id)))


def _shown(actor: Actor, booking_id: UUID) -> BookingRow:
    """Return a booking with those of its photos that are still there: a driver's go with her."""
    booking = booking_of(actor, booking_id)
    return replace(booking, photos=kept_among(actor.connection, actor.coop_id, booking.photos))
