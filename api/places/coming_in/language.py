"""In which language the pages speak on this device."""

from api.web.answers import Go
from api.web.forms import inside
from api.web.routes import form
from api.web.visit import Visit
from kernel.refused import Unknown
from kernel.text import LANGUAGES


@form("/language", who="everyone")
def choose_language(visit: Visit) -> Go:
    """Choose the language of the pages on this device."""
    lang = visit.given("lang")
    if lang not in LANGUAGES:
        raise Unknown
    return Go(inside(visit.given("next")) or "/", cookies={"lang": lang})
