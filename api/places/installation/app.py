"""What makes the pages an app that installs, and that says something without a network."""

from typing import ClassVar

import msgspec

from api.web.answers import Content, Page, View
from api.web.frame import STATIC
from api.web.routes import page
from api.web.visit import Visit

ICONS = (
    {"src": "/static/icons/voisiture.svg", "type": "image/svg+xml", "sizes": "any"},
    {"src": "/static/icons/voisiture-192.png", "type": "image/png", "sizes": "192x192"},
    {"src": "/static/icons/voisiture-512.png", "type": "image/png", "sizes": "512x512"},
    {"src": "/static/icons/voisiture-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
)
LOOK = {"display": "standalone", "background_color": "#f5efe3", "theme_color": "#dfe9dc"}


class Offline(View, frozen=True, kw_only=True):
    """What can be said without network; kept on the phone, so it names nobody."""

    template: ClassVar[str] = "installation/offline.html"


@page("/manifest.webmanifest", who="everyone")
def manifest(visit: Visit) -> Content:
    """Say how to install the app."""
    described = {
        "name": "Voisiture",
        "short_name": "Voisiture",
        "description": visit.say("Neighbours share their vehicles."),
        "lang": visit.lang,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "icons": ICONS,
    }
    return Content(msgspec.json.encode(described | LOOK), "application/manifest+json")


@page("/service-worker.js", who="everyone")
def service_worker(_: Visit) -> Content:
    """Give the script that keeps one's next booking for when there is no network."""
    return Content((STATIC / "service-worker.js").read_bytes(), "text/javascript")


@page("/offline", who="everyone")
def offline(_: Visit) -> Page:
    """Show what can be said without network."""
    return Page(Offline())
