"""A co-op lives its first month, by nine people through pages alone: on phones, and at a desk that runs no script."""

from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import DESK, PHONE
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.whole import live_the_month
from tests.journeys.server import serving
from tests.kit.scale import EVERYWHERE
from tests.kit.village import Clock

DEVICES = {"phone": PHONE, "desk": DESK}
ALWAYS = [("sqlite", "phone", True), ("postgresql", "desk", False)]
ALL = [(database, *one) for database in ("sqlite", "postgresql") for one in product(DEVICES, (True, False))]


@pytest.mark.parametrize(
    ("database_url", "name", "scripts"), ALL if EVERYWHERE else ALWAYS, indirect=["database_url"], ids=str
)
def test_neighbours_live_a_whole_month_through_pages_alone(
    browser: Browser,
    database_url: str,
    name: str,
    scripts: bool,  # noqa: FBT001 - a device's
) -> None:
    device: dict[str, Any] = {**DEVICES[name], "java_script_enabled": scripts}
    with serving(database_url, Clock()) as site:
        live_the_month(Neighbours(site, browser, **device))
