"""`python -m tests.journeys.pictures`: take the README's three pictures again, from the demo that `make run` shows."""

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from api.site import Site
from demo.build import build
from demo.story import AMINA
from governance.member import member_id_of
from governance.queries import coops_of
from governance.votes.queries import open_proposals
from ledger.entries.queries import statement
from people.person import people
from people.sign_in import open_session
from tests.journeys.chromium import browsing, device
from tests.journeys.server import serving
from tests.kit.databases import prepared
from tests.kit.village import Clock, StillSite, settings_of

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 200  # of a page: a third of the bytes, and nobody sees it
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def main() -> None:
    """Write docs/pictures/{vehicles,why,proposal}.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        url = prepared(f"sqlite:///{folder}/demo.db")
        still = StillSite(settings_of(url), Clock(NOW))
        build(still)
        still.stop()
        with serving(url, Clock(NOW)) as site:
            address = site.settings.base_url
            token, pages = _hers(site)
            hers = device(browser, address, device_scale_factor=2)
            hers.add_cookies(
                [{"name": name, "value": value, "url": address} for name, value in (("lang", "fr"), ("session", token))]
            )
            page = hers.new_page()
            for name, path in pages.items():
                _picture(page, path, name)


def _hers(site: Site) -> tuple[str, dict[str, str]]:
    """Return a session of Amina's, and her pages: who is free, her last trip's why, a vote that is open."""
    with site.writing() as connection:
        person_id: UUID = connection.execute(select(people.c.person_id).where(people.c.name == AMINA)).scalars().one()
        token = open_session(connection, person_id, uuid4(), "a phone", NOW)
    with site.reading() as connection:
        coop_id = coops_of(connection, person_id)[0].coop_id
        member_id = member_id_of(coop_id, person_id)
        entry = next(line.entry_id for line in statement(connection, coop_id, member_id) if line.kind == "trip")
        proposal = open_proposals(connection, coop_id, member_id, NOW)[0].proposal_id
    here = f"/coops/{coop_id}"
    return token, {
        "vehicles": f"{here}/availability?when=tomorrow",
        "why": f"{here}/entries/{entry}",
        "proposal": f"{here}/proposals/{proposal}",
    }


def _picture(page: Page, path: str, name: str) -> None:
    page.goto(path, wait_until="networkidle")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
