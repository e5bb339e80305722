"""`python -m tests.journeys.pictures`: take the README's three pictures again, from the village under way."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.chromium import browsing
from tests.journeys.lived import HERE, NOBODY, Lived, lived
from tests.kit.databases import prepared
from tests.kit.village import Clock, Rows, StillSite, Village, rows_of, settings_of, settle_in

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> None:
    """Write docs/pictures/{vehicles,why,proposal}.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        browsing() as browser,
        lived(browser, _founded(Path(folder)), Path(folder)) as village,
    ):
        _take(village)


def _take(village: Lived) -> None:
    page = village.device("Amina", device_scale_factor=2).new_page()
    _picture(page, f"{HERE}/availability?when=tomorrow", "vehicles")
    _picture(page, f"{HERE}/entries/{village.ids['entry']}", "why")
    _picture(page, f"{HERE}/proposals/{village.ids['open']}", "proposal")


def _picture(page: Page, path: str, name: str) -> None:
    page.goto(path, wait_until="networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def _founded(folder: Path) -> Rows:
    clock = Clock()
    site = StillSite(settings_of(prepared(f"sqlite:///{folder / 'founded.db'}")), clock)
    settle_in(Village(site, NOBODY, clock))
    rows = rows_of(site)
    site.stop()
    return rows


if __name__ == "__main__":
    main()
