"""A co-op lives its first month, by nine people through pages alone: on phones, and at a desk; in both databases."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import DESK, PHONE
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.whole import live_the_month
from tests.journeys.server import serving
from tests.kit.scale import EVERYWHERE
from tests.kit.village import Clock

ALWAYS = [pytest.param("sqlite", PHONE, id="phone-sqlite"), pytest.param("postgresql", DESK, id="desk-postgresql")]
OTHERS = [pytest.param("postgresql", PHONE, id="phone-postgresql"), pytest.param("sqlite", DESK, id="desk-sqlite")]


@pytest.mark.parametrize(("database_url", "device"), ALWAYS + OTHERS * EVERYWHERE, indirect=["database_url"])
def test_neighbours_live_a_whole_month_through_pages_alone(
    browser: Browser, database_url: str, device: dict[str, Any]
) -> None:
    with serving(database_url, Clock()) as site:
        live_the_month(Neighbours(site, browser, **device))
