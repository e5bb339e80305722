"""The tables of the terms on which vehicles are had, and how each event writes them."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, String, Table, Uuid

from booking.events import (
    CalendarClosed,
    CalendarLimited,
    CalendarOpened,
    DriverAdmitted,
    DriverOwes,
    DriverRemoved,
    DriverSuspended,
    HouseRulesSet,
)
from kernel.event import Event, Recorded
from kernel.read_models.projection import Change, Set, Write
from kernel.tables import Instant, derived

calendars = Table(
    "booking_calendars",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("open", Boolean, nullable=False),
    Column("approval", String(10), nullable=False),
    Column("owners", JSON, nullable=False),
    Column("papers_until", Date),
    Column("paper", String(40)),
    Column("missing", String(60)),
    Column("waits_after", Date),
)

drivers = Table(
    "booking_drivers",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("driver_id", Uuid, primary_key=True),
    Column("admitted", Boolean, nullable=False),
    Column("suspended_until", Instant),
    Column("owes_since", Instant),
)

house_rules = Table(
    "booking_house_rules",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("vehicle_id", Uuid, primary_key=True),
    Column("rules", JSON, nullable=False),
)


def terms(recorded: Recorded[Event]) -> Iterable[Write]:
    """Return what an event changes in the terms."""
    coop = {"coop_id": recorded.coop_id}
    match recorded.event:
        case CalendarOpened(vehicle_id=vehicle_id) as opened:
            terms = {"open": True, "approval": opened.approval, "owners": [str(owner) for owner in opened.owners]}
            yield Set(calendars, coop | {"vehicle_id": vehicle_id}, terms)
        case CalendarLimited(vehicle_id=vehicle_id) as limited:
            limits = {name: getattr(limited, name) for name in ("papers_until", "paper", "waits_after")}
            yield Change(calendars, coop | {"vehicle_id": vehicle_id}, limits | {"missing": " ".join(limited.missing)})
        case CalendarClosed(vehicle_id=vehicle_id):
            yield Change(calendars, coop | {"vehicle_id": vehicle_id}, {"open": False})
        case DriverAdmitted(driver_id=driver_id):
            yield Set(drivers, coop | {"driver_id": driver_id}, {"admitted": True})
        case DriverRemoved(driver_id=driver_id):
            yield Change(drivers, coop | {"driver_id": driver_id}, {"admitted": False})
        case DriverSuspended(driver_id=driver_id, until=until):
            yield Change(drivers, coop | {"driver_id": driver_id}, {"suspended_until": until})
        case DriverOwes(driver_id=driver_id, since=since):
            yield Change(drivers, coop | {"driver_id": driver_id}, {"owes_since": since})
        case HouseRulesSet(vehicle_id=vehicle_id, rules=rules):
            yield Set(house_rules, coop | {"vehicle_id": vehicle_id}, {"rules": msgspec.structs.asdict(rules)})
