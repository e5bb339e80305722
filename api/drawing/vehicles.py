"""Vehicles drawn on the server as inline SVG: no image to download, colours from the page's own.

A drawing is decoration or has its name beside it, so it is hidden from screen readers (`aria-hidden`).
"""

import re
from typing import Protocol
from uuid import UUID

from markupsafe import Markup

from api.drawing.svg import TINTS, svg

WHEEL = '<circle class="tyre" cx="{x}" cy="{y}" r="{r}"/><circle class="hub" cx="{x}" cy="{y}" r="{hub}"/>'
SPOKED = '<circle class="rim" cx="{x}" cy="{y}" r="{r}"/><circle class="tyre" cx="{x}" cy="{y}" r="{hub}"/>'

CAR = (
    '<path class="body" d="M8 43c0-7 3-10 12-11l10-12c2-2 4-3 7-3h19c4 0 6 1 9 4l10 11c9 1 13 4 13 11v3c0 2-1 3-3 3H11'
    'c-2 0-3-1-3-3z"/><path class="glass" d="M36 21h10v11H27l7-9q1-2 2-2zm14 0h5q3 0 5 2l8 9H50z"/>'
    '<path class="trim" d="M8 41h6M82 39h6M42 36h5"/>'
)
VAN = (
    '<path class="body" d="M8 44V18c0-4 2-6 6-6h44c4 0 7 1 9 5l7 13c10 1 14 4 14 11v4c0 2-1 4-4 4H12c-3 0-4-2-4-5z"/>'
    '<path class="glass" d="M56 17q5 0 7 4l5 9H51V17zM14 17h14v11H14z"/>'
    '<path class="trim" d="M8 40h5M83 39h5M33 17v30"/>'
)
MINIBUS = (
    '<path class="body" d="M6 44V16c0-4 2-6 6-6h60c5 0 7 2 9 6l6 14c3 1 3 4 3 8v7c0 2-1 4-4 4H10c-3 0-4-2-4-5z"/>'
    '<path class="glass" d="M12 16h14v12H12zm18 0h14v12H30zm18 0h14v12H48zm18 0h5l6 12H66z"/>'
    '<path class="trim" d="M6 40h5M85 38h5"/>'
)
BOLT = '<path class="bolt" d="M51 33l-7 9h5l-2 7 8-10h-5z"/>'
BIKE = (
    '<path class="frame" d="M26 42l12-20h22l11 20M38 22l10 20 12-20M26 42h22M33 17h9M60 22l-3-8h8"/>'
    '<path class="frame" d="M48 42l4 4"/>'
)
CARGO_BIKE = (
    '<path class="frame" d="M20 43l9-20h15L34 43zM29 23l-1-6M24 16h9M44 23l-2-9h-7M34 43h8l4-13"/>'
    '<path class="body" d="M44 25h38l-5 18H48z"/><path class="trim" d="M46 31h34"/>'
)
TRAILER = (
    '<path class="body" d="M24 20h60v18c0 2-1 3-3 3H27c-2 0-3-1-3-3z"/>'
    '<path class="frame" d="M24 38H8v5"/><path class="trim" d="M39 20v21M54 20v21M69 20v21"/>'
)
TWO_WHEELS = WHEEL.format(x=27, y=48, r=8, hub=3.5) + WHEEL.format(x=70, y=48, r=8, hub=3.5)
BIKE_WHEELS = SPOKED.format(x=26, y=42, r=12, hub=2) + SPOKED.format(x=71, y=42, r=12, hub=2)
CARGO_WHEELS = SPOKED.format(x=20, y=44, r=11, hub=2) + SPOKED.format(x=78, y=47, r=8, hub=2)
SILHOUETTES = {
    "car": CAR + TWO_WHEELS,
    "electric-car": CAR + BOLT + TWO_WHEELS,
    "van": VAN + TWO_WHEELS,
    "minibus": MINIBUS + TWO_WHEELS,
    "bike": BIKE_WHEELS + BIKE,
    "e-bike": BIKE_WHEELS + BIKE + BOLT,
    "cargo-bike": CARGO_WHEELS + CARGO_BIKE,
    "trailer": TRAILER + WHEEL.format(x=54, y=46, r=10, hub=4),
}


PAINTS = {
    word: paint
    for paint, words in {
        "white": "blanc blanche white",
        "grey": "gris grise argent grey gray silver",
        "black": "noir noire anthracite black",
        "red": "rouge bordeaux red",
        "orange": "orange",
        "yellow": "jaune yellow",
        "beige": "beige crème cream",
        "brown": "brun brune marron brown",
        "green": "vert verte kaki green",
        "blue": "bleu bleue turquoise blue",
        "violet": "violet violette mauve purple",
        "pink": "rose pink",
    }.items()
    for word in words.split()
}
"""The paint of a drawing (`.tint-…` of voisiture.css) by the words for it."""


class Drawable(Protocol):
    """A vehicle, as far as its drawing goes."""

    @property
    def vehicle_id(self) -> UUID:
        """Its id, which gives its tint."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def energy(self) -> str:
        """What it runs on."""

    @property
    def colour(self) -> str | None:
        """What colour it is said to have."""


def drawn(vehicle: Drawable) -> Markup:
    """Draw a vehicle of the fleet in the colour it is said to have; always in one tint of its own when none is."""
    return silhouette(look_of(vehicle.kind, vehicle.energy), paint_of(vehicle.colour) or tint_of(vehicle.vehicle_id))


def silhouette(kind: str, tint: int | str = 0) -> Markup:
    """Draw a vehicle of that `kind` (snake_case or kebab-case; else a car) in one of the tints or paints."""
    outline = SILHOUETTES.get(kind.replace("_", "-"), SILHOUETTES["car"])
    return svg(f"vehicle tint-{tint % TINTS if isinstance(tint, int) else tint}", "0 0 96 60", outline)


def look_of(kind: str, energy: str) -> str:
    """Return the drawing of a vehicle of the fleet: a car that runs on electricity wears a bolt."""
    return "electric-car" if (kind, energy) == ("car", "electric") else kind


def paint_of(colour: str | None) -> str | None:
    """Return the paint that the words for a colour begin with, or hold first; grey for words that are not known."""
    if colour is None:
        return None
    words = re.findall(r"\w+", colour.lower())
    return next((PAINTS[word] for word in words if word in PAINTS), "grey")


def tint_of(vehicle_id: UUID) -> int:
    """Return the tint a vehicle keeps everywhere, whatever it is called."""
    return vehicle_id.int % TINTS
