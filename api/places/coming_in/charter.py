"""What every member accepts, for programs: a text by nature, said in the reader's language."""

import msgspec

from api.speech.charter import charter
from api.web.answers import Json
from api.web.routes import Described, add_for_programs, summary_of
from api.web.visit import Visit
from governance.coop import CHARTER_VERSION


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What every member accepts, and the version to name when one does."""

    version: str
    sentences: tuple[str, ...]


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
