"""What looks odd, as whoever judges readings would ask it."""

from kernel.refused import Saying, Unlikely


def odd_at(km: int) -> Unlikely:
    """Return the question whether a reading is right."""
    return Unlikely(Saying("{number}?", {"number": km}), field="odometer_km", number=km)
