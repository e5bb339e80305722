"""How far it is on foot: the distance as the crow flies, made longer as streets make it."""

import math
from decimal import Decimal

EARTH_M = 6_371_000
DETOUR = 1.3  # usual ratio of streets to a straight line in a village


def walk_m(from_degrees: tuple[Decimal, Decimal] | None, to_degrees: tuple[Decimal, Decimal] | None) -> int | None:
    """Return whole metres to walk between two (latitude, longitude) in degrees, or `None` when one is unknown."""
    if from_degrees is None or to_degrees is None:
        return None
    (lat_1, lon_1), (lat_2, lon_2) = (tuple(map(math.radians, map(float, each))) for each in (from_degrees, to_degrees))
    half = math.sin((lat_2 - lat_1) / 2) ** 2
    half += math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return round(2 * EARTH_M * math.asin(math.sqrt(half)) * DETOUR)
