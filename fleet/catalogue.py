"""The fixed lists a vehicle is described with: kinds, ways of sharing, equipment, papers, parts of the drawing.

They are closed on purpose: pages draw and translate each of them, and searches filter by them.
"""

from typing import Literal, get_args

VehicleKind = Literal["car", "van", "minibus", "e_bike", "bike", "cargo_bike", "trailer"]
Sharing = Literal["lent", "co_owned", "group"]
Energy = Literal["petrol", "diesel", "electric", "hybrid", "none"]
Equipment = Literal["child_seat", "tow_bar", "bike_rack", "pets", "wheelchair"]
Handover = Literal["in_person", "spare_key", "key_box", "none"]
PaperKind = Literal["insurance", "consent", "inspection", "registration"]
PaperState = Literal["missing", "in_order", "soon", "past_due"]
Part = Literal["front", "left", "right", "rear", "roof", "inside"]
Anomaly = Literal["rolled_back", "absurd_jump"]

PAPERS: tuple[PaperKind, ...] = get_args(PaperKind)

NEEDED: tuple[PaperKind, ...] = ("insurance", "consent", "inspection")
"""Without these nobody may have a motor vehicle; `consent` is the insurer's, in writing, to its being shared."""

LETTERS_DAYS = (60, 30, 7, 0)
"""So many days before a paper ends, those who look after the vehicle are written to."""

MOTOR_VEHICLES: frozenset[VehicleKind] = frozenset({"car", "van", "minibus"})

ENERGIES: dict[VehicleKind, frozenset[Energy]] = {
    **dict.fromkeys(MOTOR_VEHICLES, frozenset[Energy]({"petrol", "diesel", "electric", "hybrid"})),
    "e_bike": frozenset({"electric"}),
    "cargo_bike": frozenset({"electric", "none"}),
    "bike": frozenset({"none"}),
    "trailer": frozenset({"none"}),
}
"""Which energies each kind of vehicle may run on."""

_ALL_PARTS: frozenset[Part] = frozenset(get_args(Part))
_OPEN_PARTS = _ALL_PARTS - {"roof", "inside"}

PARTS: dict[VehicleKind, frozenset[Part]] = {
    **dict.fromkeys(MOTOR_VEHICLES, _ALL_PARTS),
    **dict.fromkeys(("e_bike", "bike"), _OPEN_PARTS),
    **dict.fromkeys(("cargo_bike", "trailer"), _OPEN_PARTS | {"inside"}),
}
"""Which parts the drawing of each kind of vehicle has."""


def parts_of(kind: VehicleKind) -> tuple[Part, ...]:
    """Return the parts of a kind of vehicle as one walks around it."""
    return tuple(part for part in get_args(Part) if part in PARTS[kind])
