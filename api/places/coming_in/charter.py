"""What every member accepts: by a tick on the page that says it, or by its version, which programs name."""

import msgspec

from api.speech.charter import charter
from api.web.answers import Json
from api.web.forms import Form, Misread
from api.web.routes import Described, add_for_programs, summary_of
from api.web.visit import Visit
from governance.coop import CHARTER_VERSION
from kernel.text import N_


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What every member accepts, and the version to name when one does."""

    version: str
    sentences: tuple[str, ...]


def check_accepted(form: Form) -> None:
    """Refuse until she has said that she accepts the charter, which stands on the same page."""
    if not form.ticked("charter"):
        raise Misread({"charter": N_("Read the charter, then say that you accept it.")})


def read_charter(visit: Visit) -> Json:
    """What every member accepts."""
    return Json(Charter(version=CHARTER_VERSION, sentences=charter(visit.lang)))


add_for_programs(
    "GET",
    "/charter",
    read_charter,
    "everyone",
    read_charter,
    Described(summary=summary_of(read_charter), returns=Charter),
)
