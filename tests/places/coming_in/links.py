"""The sign-in link someone was mailed, and coming in by it."""

import re

from tests.kit.browser import Browser, Seen
from tests.kit.village import Village


def link_in(village: Village, name: str) -> str:
    """Return the path of the sign-in link last mailed to someone."""
    found = re.search(r"(/sign-in/\S+)", village.letters_to(name)[0].body)
    assert found is not None
    return found[1]


def came_in(village: Village, name: str, browser: Browser) -> Seen:
    """Press the button of the page the link opens."""
    return browser.post("/sessions", token=link_in(village, name).removeprefix("/sign-in/"))


def bearer(village: Village, name: str) -> Browser:
    """Sign someone in as a program does: a link by mail, its token, a bearer."""
    program = village.anyone()
    asked = program.api("POST", "/sign-in-links", {"email": f"{name.lower()}@example.org"})
    assert asked.json() == {"minutes": 30}
    found = re.search(r"/sign-in/(\S+)", village.letters_to(name)[0].body)
    assert found is not None
    opened = program.api("POST", "/sessions", {"token": found[1]})
    assert opened.status == 200, opened.text
    return Browser(village.client, opened.json()["bearer"])
