"""A car of the group at 0.34 €/km, whose odometer is known to the test, and what one types of it."""

from typing import Any
from uuid import UUID, uuid5

from booking.queries import booking as booking_row
from fleet.application import Fleet
from fleet.commands import EnterService, Home
from governance import commands as g
from governance.application import Governance
from governance.events import RuleValue
from kernel.command import Done
from kernel.log.history import History
from ledger.entries.queries import balance
from tests.kit.browser import Seen
from tests.kit.village import COOP, PAPERS, Village


def enter(village: Village, km: int, name: str = "Twingo") -> UUID:
    """Let the car enter service at so many km; return a booking of it by Nadia, from now on."""
    vehicle_id = uuid5(COOP, name)
    command = EnterService(
        coop_id=COOP,
        name=name,
        kind="car",
        sharing="group",
        plate=f"{name[:2].upper()}-345-GO",
        energy="petrol",
        seats=4,
        home=Home(text="Place de la République, Die"),
        handover="in_person",
        odometer_km=km,
        papers=PAPERS,
    )
    price = g.AdoptVehicleRules(coop_id=COOP, vehicle_id=vehicle_id, values=(RuleValue("price_per_km", "0.34"),))

    def at_its_price(history: History) -> Done:
        Governance(history).adopt_vehicle_rules(price, village.asked())
        return Fleet(history).enter_service(command, village.asked("Claire", vehicle_id))

    village.site.history.together(at_its_price)
    village.settle()
    village.pass_time(minutes=1)
    return village.booked("Nadia", name)


def at(booking_id: UUID) -> str:
    """Return the address of a booking."""
    return f"/coops/{COOP}/bookings/{booking_id}"


def take(village: Village, booking_id: UUID, km: int, **more: Any) -> Seen:
    """Take the keys by the page."""
    return village.as_("Nadia").post(
        f"{at(booking_id)}/keys", odometer_km=km, level_percent=75, seen="nothing_new", **more
    )


def bring_back(village: Village, booking_id: UUID, km: int, **more: Any) -> Seen:
    """Return it by the page."""
    return village.as_("Nadia").post(f"{at(booking_id)}/return", odometer_km=km, level_percent=50, **more)


def set_right(village: Village, booking_id: UUID, out_km: int, in_km: int, who: str = "Nadia", **more: Any) -> Seen:
    """Set both readings right by the page."""
    read = {"odometer_out_km": out_km, "odometer_in_km": in_km, "reason": "Un chiffre de trop."} | more
    return village.as_(who).post(f"{at(booking_id)}/readings", **read)


def row(village: Village, booking_id: UUID) -> Any:
    """Return a booking as it stands."""
    return village.ask(booking_row, village.site.keyring, COOP, booking_id)


def owed(village: Village, name: str) -> int:
    """Return a member's balance in cents."""
    cents: int = village.ask(balance, COOP, village.member(name))
    return cents
