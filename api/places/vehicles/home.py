"""Where a vehicle sleeps, as two forms ask for it."""

from typing import Any

from api.web.forms import Form, read_parts

HOME = {"text": "Place de la République, Die", "latitude": "44.75314", "longitude": "5.37088"}
"""An example for programs."""


def typed_home(form: Form) -> dict[str, Any]:
    """Return a place as typed: its words, and both degrees or neither."""
    typed: dict[str, Any] = read_parts({"text": lambda: form.needed("place"), "position": form.position})
    position = typed.pop("position")
    degrees = dict(zip(("latitude", "longitude"), map("{:f}".format, position), strict=True)) if position else {}
    return typed | degrees
