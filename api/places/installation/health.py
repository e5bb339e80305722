"""How the installation is, for those who watch over it."""

import msgspec

from api.web.answers import Json
from api.web.routes import page
from api.web.visit import Visit
from kernel.log.follower import parked_count


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The log can be read; `parked` is how many processes failed and wait for someone to mend the cause."""

    status: str = "ok"
    parked: int


@page("/health", who="everyone")
def health(visit: Visit) -> Json:
    """Tell whether the log can be read and how many processes are parked."""
    return Json(Health(parked=parked_count(visit.actor.connection)))
