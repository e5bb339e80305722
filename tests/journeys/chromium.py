"""Debian's Chromium, as journeys start it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.kit.scale import EVERYWHERE

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
MISSING = "No chromium here: the browser journeys were not made. Install it: apt-get install chromium-headless-shell"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
PATIENCE_MS = 20_000  # a busy machine, never a quiet one


def by_size(named: Sequence[str] = (), *, phone: Sequence[str] = (), desk: Sequence[str] = ()) -> pytest.MarkDecorator:
    """Let a journey be made on a phone, and in a siege at a desk too: its `size`, and what is named otherwise there."""
    sizes = [pytest.param(PHONE, *phone, id="phone"), pytest.param(DESK, *desk, id="desk")]
    return pytest.mark.parametrize(("size", *named), sizes if EVERYWHERE else sizes[:1])


def path_of_chromium() -> str | None:
    """Return where Chromium is, or `None` where it is not installed.

    Without the part that draws windows it loads a page in a third of the time.
    """
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def browsing(*more_flags: str) -> Iterator[Browser]:
    """Start Chromium, and close it at the end."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        flags = [*FLAGS.split(), *more_flags]
        browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=flags)
        yield browser
        browser.close()


def device(browser: Browser, site: str, **options: Any) -> BrowserContext:
    """Return a device of its own, in French unless asked otherwise; a phone unless it has another size."""
    settings = {"base_url": site, "locale": "fr-FR", "timezone_id": "Europe/Paris", **PHONE, **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(PATIENCE_MS)
    return context
