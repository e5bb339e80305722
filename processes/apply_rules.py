"""When the rulebook changes, the software changes: prices in the ledger, house rules in every calendar."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from booking.application import Bookings
from booking.commands import SetHouseRules
from booking.rules import Rules
from fleet.events import VehicleEnteredService
from fleet.queries import vehicles_in_service
from governance.events import RuleEnacted, RulesAdopted, VehicleRulesAdopted
from governance.rules.catalogue.prices import PRICES
from governance.rules.queries import RuleRow, rules_in_force
from kernel.command import Asked
from kernel.event import Event, Recorded
from kernel.log.history import History
from ledger.entries.commands import SetBalanceLimit
from ledger.pricing.commands import OpenTariff, SetRate
from ledger.pricing.queries import tariffs
from usecases.money.books import ledger_of

InForce = Mapping[str, RuleRow]


def price_new_vehicle(recorded: Recorded[VehicleEnteredService], history: History) -> None:
    """Open the tariff of a vehicle that enters service, at the price in force for it, paid to its owners by shares."""
    entered, coop_id, vehicle_id = recorded.event, recorded.coop_id, recorded.stream_id
    in_force = rules_in_force(history.connection, coop_id, recorded.effective_at, vehicle_id)
    owners = {owner.member_id: owner.parts for owner in entered.owners}
    command = OpenTariff(
        coop_id=coop_id,
        vehicle_id=vehicle_id,
        sharing=entered.sharing,
        receivers=owners or {coop_id: 1},
        **_rate(in_force),
    )
    ledger_of(history, recorded.coop_id).open_tariff(command, Asked.because_of(recorded, "price new vehicle"))
    _set_house_rules(history, recorded, vehicle_id, in_force)


def apply_rules(recorded: Recorded[RulesAdopted | VehicleRulesAdopted | RuleEnacted], history: History) -> None:
    """Tell the ledger and every calendar concerned what is in force from the rule's effective date."""
    at, ledger = recorded.event.effective_at, ledger_of(history, recorded.coop_id)
    for vehicle_id in _concerned(recorded, history):
        in_force = rules_in_force(history.connection, recorded.coop_id, at, vehicle_id)
        _set_house_rules(history, recorded, vehicle_id, in_force)
        if isinstance(recorded.event, RuleEnacted) and recorded.event.parameter in PRICES:
            rate = SetRate(coop_id=recorded.coop_id, vehicle_id=vehicle_id, **_rate(in_force))
            ledger.set_rate(rate, Asked.because_of(recorded, f"price of {vehicle_id}"))


def limit_balances(recorded: Recorded[RulesAdopted | RuleEnacted], history: History) -> None:
    """Tell the ledger how low a gift may bring its giver's balance."""
    in_force = rules_in_force(history.connection, recorded.coop_id, recorded.event.effective_at)
    command = SetBalanceLimit(coop_id=recorded.coop_id, cents=in_force["balance_limit"].cents)
    ledger_of(history, recorded.coop_id).set_balance_limit(command, Asked.because_of(recorded, "limit balances"))


def _concerned(recorded: Recorded[RulesAdopted | VehicleRulesAdopted | RuleEnacted], history: History) -> list[UUID]:
    scope, coop_id, at = getattr(recorded.event, "vehicle_id", None), recorded.coop_id, recorded.recorded_at
    known = vehicles_in_service(history.connection, coop_id, on=at.date())  # any day does: no paper is looked at
    # A vehicle that entered since the rule changed gets what is in force when its own entering is followed.
    priced = tariffs(history.connection, coop_id, at)
    settled = [card.vehicle_id for card in known if card.vehicle_id in priced or card.entered_at < at]
    return [vehicle_id for vehicle_id in settled if scope in (None, vehicle_id)]


def _set_house_rules(history: History, recorded: Recorded[Event], vehicle_id: UUID, in_force: InForce) -> None:
    rules = Rules(**{name: int(in_force[name].number) for name in Rules.__struct_fields__})
    command = SetHouseRules(coop_id=recorded.coop_id, vehicle_id=vehicle_id, rules=rules)
    Bookings(history).set_house_rules(command, Asked.because_of(recorded, f"house rules of {vehicle_id}"))


def _rate(in_force: InForce) -> dict[str, Any]:
    """Return a rate's fields; since when it holds, its version and its decision are those of the last price changed."""
    latest = max((in_force[name] for name in PRICES), key=lambda rule: rule.version)
    return {
        "since": latest.effective_at,
        "per_km": in_force["price_per_km"].number,
        "per_hour": in_force["price_per_hour"].number,
        "day_cap_hours": int(in_force["day_cap_hours"].number),
        "rulebook_version": latest.version,
        "decision_id": latest.proposal_id,
        "currency": latest.currency,
    }
