"""Les Voisins du Diois in November 2026: nine neighbours, each with a device, and a clock that the story winds."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser

from tests.journeys.chromium import device
from tests.journeys.phone import Phone
from tests.journeys.server import WoundSite

ZONE = ZoneInfo("Europe/Paris")
BY_POSTER = ("Paul", "Lucie", "Karim", "Odile", "Mathieu", "Sophie")


class Neighbours:
    """Who is there and what time it is; all have the same `device`. `here` is the co-op's address, once started."""

    def __init__(self, site: WoundSite, browser: Browser, **device: Any) -> None:
        self.site = site
        self.here = ""
        self._browser = browser
        self._device = device
        self._phones: dict[str, Phone] = {}

    def phone(self, name: str) -> Phone:
        """Return someone's phone; a new one the first time."""
        if name not in self._phones:
            options = {"service_workers": "block", **self._device}  # these have their own test
            phone = device(self._browser, self.site.settings.base_url, **options)
            self._phones[name] = Phone(phone.new_page(), name, touch=options.get("has_touch", True))
        return self._phones[name]

    def phones(self, *names: str) -> tuple[Phone, ...]:
        """Return the phones of several."""
        return tuple(self.phone(name) for name in names)

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
        """Let time pass until an hour of the village's clocks, and do what is due then."""
        self.site.wind(datetime(2026, month, day, hour, minute, tzinfo=ZONE))
