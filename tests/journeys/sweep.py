"""What is wrong with a page as it is shown: to axe, light, dark, narrow and wide; in width; in its language."""

import re
from typing import Any
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.kit.scale import PAGES_SEEN_TWICE

SIZES = ((1280, 800), (640, 400), (320, 640), (195, 422), (390, 844))  # 640 and 195: the desk and the phone at 200 %
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe().axe_script
RUN = "(options) => axe.run(options)"
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All that axe knows, WCAG 2.2's size of what one taps included, which it leaves out unless asked."""
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
TARGETS = {"runOnly": {"type": "rule", "values": ["target-size"]}, "resultTypes": ["violations"]}
AT_BOTH_ENDS = (320, 1280)
ID = re.compile(r"[0-9a-f-]{36}")
ENGLISH = re.compile(r"\b(the|you|your|and|with|they|this|that|what)\b", re.IGNORECASE)


def faults_of(page: Page, state: str) -> list[str]:
    """Return what is wrong with the page one looks at, `state` being how it came to look so.

    Every page is seen by axe as a phone shows it by day, and is never too wide; some are seen again, by a number that
    their state gives: each in a siege.
    """
    again = crc32(ID.sub("", state).encode()) % PAGES_SEEN_TWICE == 0
    page.evaluate(AXE)
    found = [f"{state}: {fault}" for fault in _faults(page, EVERY_RULE)]
    if again:
        page.emulate_media(color_scheme="dark")
        found += [f"{state}, in the dark: {fault}" for fault in _faults(page, CONTRAST)]
        page.emulate_media(color_scheme="light")
    found += [f"{state}: English {word.group()!r}" for word in ENGLISH.finditer(page.inner_text("main"))]
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if beyond := page.evaluate(OVERFLOW):
            found.append(f"{state}: {beyond} px beyond {width}: {page.evaluate(WIDEST)}")
        if again and width in AT_BOTH_ENDS:
            found += [f"{state}, at {width}: {fault}" for fault in _faults(page, TARGETS)]
    return found


WIDEST = """() => [...document.querySelectorAll("main *, header *, nav *")]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(-2).map((each) => each.outerHTML.slice(0, 120))"""


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    return [
        f"{fault['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for fault in page.evaluate(RUN, options)["violations"]
        for node in fault["nodes"]
    ]
