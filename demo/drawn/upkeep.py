"""What a vehicle costs: tickets at the pump, upkeep, repairs, damages, insurance each year, papers renewed in time."""

from datetime import date, timedelta
from functools import partial
from random import Random

from demo.cast.vehicles import Vehicle
from demo.coop import Coop
from fleet.catalogue import MOTOR_VEHICLES, Part, VehicleKind
from fleet.commands import PaperOnFile

_FILL_UNDER = 28  # percent left in the tank
_UPKEEP_PER_KM, _REPAIR_PER_KM, _FINE_PER_KM, _DAMAGE_PER_TRIP = 0.15 / 1_000, 0.02 / 1_000, 1 / 35_000, 1 / 80
_TO_MOTORS: tuple[tuple[Part, str], ...] = (
    *(("left", "Rayure sur la portière avant gauche."), ("rear", "Petit choc sur le pare-chocs.")),
    *(("right", "Rétroviseur droit fêlé."), ("front", "Éclat sur le phare."), ("rear", "Feu arrière à changer.")),
)
DAMAGES: dict[VehicleKind, tuple[tuple[Part, str], ...]] = {
    **dict.fromkeys(MOTOR_VEHICLES, _TO_MOTORS),
    "cargo_bike": (
        *(("inside", "Une planche de la caisse est fendue."), ("left", "Pédale gauche abîmée.")),
        *(("front", "Garde-boue avant tordu."), ("rear", "Le frein arrière frotte.")),
    ),
    "trailer": (
        ("rear", "Feu arrière cassé."),
        ("inside", "Une latte du plancher bouge."),
        ("left", "Pneu gauche usé."),
    ),
}
"""What is seen on a vehicle of each kind that the demo has."""


class Upkeep:
    """The costs of one co-op's vehicles, and who bears them: the owners by shares, or the co-op."""

    def __init__(self, coop: Coop, rng: Random) -> None:
        self.coop, self.clock = coop, coop.clock
        self._rng = rng

    def fills(self, vehicle: Vehicle) -> int:
        """Fill the tank when it is low; return what was paid in cents, 0 for nothing."""
        if not vehicle.model.range_km:
            return 0
        if vehicle.model.energy == "electric":
            vehicle.level_percent, before = (85, vehicle.level_percent)  # plugged in at its place, the co-op pays
            return self._rng.randint(500, 1_400) if before < 12 else 0
        if vehicle.level_percent > _FILL_UNDER:
            return 0
        vehicle.level_percent = 98
        return self._rng.randint(5_000, 7_500)

    def wears(self, vehicle: Vehicle, name: str, km: int) -> None:
        """Let a trip leave its traces now and then: upkeep, a repair, a fine, a damage seen."""
        rng = self._rng
        if rng.random() < km * _UPKEEP_PER_KM:
            self.spend(vehicle, rng.randint(8_000, 45_000), "upkeep", "Vidange et pneus.")
        if rng.random() < km * _REPAIR_PER_KM:
            self.spend(vehicle, rng.randint(30_000, 150_000), "repair", "Réparation au garage.")
        if rng.random() < km * _FINE_PER_KM and vehicle.model.owners:
            self._fined(vehicle, name)
        if rng.random() < _DAMAGE_PER_TRIP:
            damage_id = self.coop.report(vehicle, name, rng.choice(DAMAGES[vehicle.model.kind]))
            if rng.random() < 0.6:
                self.clock.after(partial(self.coop.mend, damage_id, name), days=rng.randint(10, 60))

    def spend(self, vehicle: Vehicle, cents: int, kind: str, note: str, months: int = 1) -> None:
        """Let one of those who bear it pay for all; a lender's costs are his own and never enter the books."""
        owners = [name for name in vehicle.model.owners if name in self.coop.members]
        if vehicle.model.sharing == "lent":
            return
        payer = self._rng.choice(owners or list(self.coop.members))
        bearers = self.coop.bearers(vehicle.model)
        self.coop.spend(payer, cents, kind, bearers, months=months, vehicle=vehicle, note=note)  # type: ignore[arg-type]

    def insure(self, vehicle: Vehicle, renewed: date) -> None:
        """Pay the year's insurance, spread over its months, and renew it a week before it ends."""
        if not vehicle.in_service:
            return
        self.spend(vehicle, self._rng.randint(42_000, 75_000), "insurance", "Assurance de l’année.", months=12)
        until = renewed + timedelta(days=365)
        paper = PaperOnFile(kind="insurance", valid_until=until)
        self.coop.file_paper(vehicle, paper, self.keeper(vehicle))
        self.clock.at(self.clock.now + timedelta(days=358), partial(self.insure, vehicle, until))

    def inspect(self, vehicle: Vehicle) -> None:
        """Have the vehicle inspected, good for two years."""
        if not vehicle.in_service:
            return
        self.spend(vehicle, self._rng.randint(8_000, 9_000), "inspection", "Contrôle technique.")
        paper = PaperOnFile(kind="inspection", valid_until=self.clock.today + timedelta(days=730))
        self.coop.file_paper(vehicle, paper, self.keeper(vehicle))

    def keeper(self, vehicle: Vehicle) -> str:
        """Return who looks after a vehicle's papers."""
        return next((name for name in vehicle.model.owners if name in self.coop.members), self.coop.referent)

    def _fined(self, vehicle: Vehicle, name: str) -> None:
        owner = self.keeper(vehicle)
        if name in self.coop.members and owner != name:
            at_midnight = "Amende de stationnement, relevée à 00 h 00."
            driver = {self.coop.members[name]: 1}
            self.coop.spend(owner, 3_500, "other", driver, vehicle=vehicle, note=at_midnight)
