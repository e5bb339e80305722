"""How the installation is, for those who watch over it."""

from api.site import Site
from api.web.answers import Json
from api.web.routes import from_memory


@from_memory("/health")
def health(site: Site) -> Json:
    """Tell whether all goes well, and what does not: 503 when something is away, full, dead or late."""
    known = site.watch.health(site.rebuilding)
    return Json(known, 200 if known.status == "ok" else 503)
