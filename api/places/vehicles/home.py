"""Where a vehicle sleeps, as two forms ask for it."""

from typing import Any

from api.web.forms import Form, Misread
from kernel.text import N_

HOME = {"text": "Place de la République, Die", "latitude": "44.75314", "longitude": "5.37088"}
"""An example for programs."""


def typed_home(form: Form) -> dict[str, Any]:
    """Return a place as typed: its words, and both degrees or neither."""
    latitude, longitude = form.degrees("latitude", 90), form.degrees("longitude", 180)
    if (latitude is None) != (longitude is None):
        raise Misread({"latitude" if latitude is None else "longitude": N_("Fill this in.")})
    degrees = {} if latitude is None else {"latitude": f"{latitude:f}", "longitude": f"{longitude:f}"}
    return {"text": form.needed("place"), **degrees}
