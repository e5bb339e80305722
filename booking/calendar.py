"""What booking knows of a vehicle, a driver and the rules, by commands: small values a decision reads."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from msgspec.structs import replace

from booking.commands import (
    AdmitDriver,
    CloseCalendar,
    LimitCalendar,
    NoteOwing,
    OpenCalendar,
    RemoveDriver,
    SetHouseRules,
    SuspendDriver,
)
from booking.events import (
    Approval,
    CalendarClosed,
    CalendarLimited,
    CalendarOpened,
    DriverAdmitted,
    DriverOwes,
    DriverRemoved,
    DriverSuspended,
    HouseRulesSet,
)
from booking.rules import Rules
from kernel.aggregate import Aggregate
from kernel.event import Event


class Calendar(Aggregate, frozen=True, kw_only=True):
    """One vehicle's terms for promises: open or not, who approves, until when its papers hold."""

    vehicle_id: UUID | None = None
    open: bool = False
    approval: Approval = "everyone"
    owners: tuple[UUID, ...] = ()
    papers_until: date | None = None
    paper: str = ""
    missing: tuple[str, ...] = ()
    waits_after: date | None = None

    def start(self, command: OpenCalendar) -> Sequence[Event]:
        """Open the calendar, or open it again with other terms."""
        opened = CalendarOpened(vehicle_id=command.vehicle_id, approval=command.approval, owners=command.owners)
        return () if self.evolve(opened) == self else (opened,)

    def limit(self, command: LimitCalendar) -> Sequence[Event]:
        """Hold promises within what the papers allow."""
        limited = CalendarLimited(
            vehicle_id=command.vehicle_id,
            papers_until=command.papers_until,
            paper=command.paper,
            missing=command.missing,
            waits_after=command.waits_after,
        )
        return () if self.evolve(limited) == self else (limited,)

    def close(self, command: CloseCalendar) -> Sequence[Event]:
        """Take no new promises."""
        return (CalendarClosed(vehicle_id=command.vehicle_id),) if self.open else ()

    def lacking(self, day: date) -> tuple[str, ...]:
        """Return the papers for want of which nobody has the vehicle on a day."""
        return () if self.waits_after and day <= self.waits_after else self.missing

    def needs_approval(self, driver_id: UUID) -> bool:
        """Tell whether an owner has to say yes to a driver; an owner needs nobody's approval."""
        return self.approval == "owner" and driver_id not in self.owners

    def evolve(self, event: Event) -> Self:
        """Return the calendar after `event`."""
        match event:
            case CalendarOpened():
                return replace(
                    self, vehicle_id=event.vehicle_id, open=True, approval=event.approval, owners=event.owners
                )
            case CalendarLimited():
                limits = ("papers_until", "paper", "missing", "waits_after")
                return replace(self, **{name: getattr(event, name) for name in limits})
            case CalendarClosed():
                return replace(self, open=False)
        return self


class Driver(Aggregate, frozen=True, kw_only=True):
    """Whether a member may drive, until when she books nothing new, and since when she owes more than she may."""

    driver_id: UUID | None = None
    admitted: bool = False
    suspended_until: datetime | None = None
    owes_since: datetime | None = None

    def admit(self, command: AdmitDriver) -> Sequence[Event]:
        """Let the member book."""
        return () if self.admitted else (DriverAdmitted(driver_id=command.driver_id),)

    def remove(self, command: RemoveDriver) -> Sequence[Event]:
        """Let the member no longer book."""
        return (DriverRemoved(driver_id=command.driver_id),) if self.admitted else ()

    def suspend(self, command: SuspendDriver) -> Sequence[Event]:
        """Let the member book nothing new until an instant, or again."""
        suspended = DriverSuspended(driver_id=command.driver_id, until=command.until)
        return () if command.until == self.suspended_until else (suspended,)

    def note_owing(self, command: NoteOwing) -> Sequence[Event]:
        """Note since when she owes more than she may, or that she does no more."""
        owes = DriverOwes(driver_id=command.driver_id, since=command.since)
        return () if command.since == self.owes_since else (owes,)

    def evolve(self, event: Event) -> Self:
        """Return the driver after `event`."""
        match event:
            case DriverAdmitted():
                return replace(self, driver_id=event.driver_id, admitted=True)
            case DriverRemoved():
                return replace(self, admitted=False)
            case DriverSuspended(until=until):
                return replace(self, suspended_until=until)
            case DriverOwes(since=since):
                return replace(self, owes_since=since)
        return self


class HouseRules(Aggregate, frozen=True, kw_only=True):
    """The rules bookings of one vehicle are asked under."""

    rules: Rules | None = None

    def set(self, command: SetHouseRules) -> Sequence[Event]:
        """Apply rules from now on."""
        return (
            () if command.rules == self.rules else (HouseRulesSet(vehicle_id=command.vehicle_id, rules=command.rules),)
        )

    def evolve(self, event: Event) -> Self:
        """Return the rules after `event`."""
        match event:
            case HouseRulesSet():
                return replace(self, rules=event.rules)
        return self
