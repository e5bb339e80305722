"""How the installation is, for those who watch over it."""

from typing import Literal

import msgspec

from api.web.answers import Json
from api.web.routes import HEALTH, page
from api.web.visit import Visit
from kernel.log.follower import parked_count


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The log can be read; `parked` is how many processes failed and wait for someone to mend the cause.

    While the read models are made anew, `replayed` is how many events of the log have been; nothing else is answered.
    """

    status: Literal["ok", "rebuilding"]
    parked: int
    replayed: int | None = None


@page(HEALTH, who="everyone")
def health(visit: Visit) -> Json:
    """Tell whether the log can be read and how many processes are parked."""
    parked, replayed = parked_count(visit.actor.connection), visit.site.rebuilding
    if replayed is None:
        return Json(Health(status="ok", parked=parked))
    return Json(Health(status="rebuilding", parked=parked, replayed=replayed), 503)
