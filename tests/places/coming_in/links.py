"""The sign-in link someone was mailed, and coming in by it."""

import re

from tests.kit.browser import Browser, Seen
from tests.kit.village import Village


def link_in(village: Village, name: str) -> str:
    """Return the path of the sign-in link last mailed to someone."""
    return links_in(village, name)[0]


def token_in(village: Village, name: str) -> str:
    """Return the secret of the sign-in link last mailed to someone."""
    return link_in(village, name).removeprefix("/sign-in/")


def links_in(village: Village, name: str) -> list[str]:
    """Return the path of each sign-in link mailed to someone, the last first."""
    found = (re.search(r"/sign-in/\S+", letter.body) for letter in village.letters_to(name))
    return [link[0] for link in found if link]


def code_in(village: Village, name: str) -> str:
    """Return the six digits last mailed to someone, as they stand in the letter: "123 456"."""
    found = re.match(r"Your code: (\d{3}\s\d{3})\n", village.letters_to(name)[0].body)
    assert found
    return found[1]


def wrong(code: str) -> str:
    """Return six other digits."""
    return f"{(int(''.join(code.split())) + 1) % 10**6:06}"


def came_in(village: Village, name: str, browser: Browser) -> Seen:
    """Press the button that only comes in, on the page the link opens."""
    return browser.post("/sessions", token=token_in(village, name))


def accepted(village: Village, name: str, browser: Browser, /, **fields: str) -> Seen:
    """Say yes on the page the link opens, its charter accepted unless `fields` say otherwise."""
    return browser.post(f"{link_in(village, name)}/acceptance", **{"charter": "yes"} | fields)


def bearer(village: Village, name: str) -> Browser:
    """Sign someone in as a program does: a link by mail, its token, a bearer."""
    program = village.anyone()
    asked = program.api("POST", "/sign-in-links", {"email": f"{name.lower()}@example.org"})
    assert asked.json()["minutes"] == 30
    opened = program.api("POST", "/sessions", {"token": token_in(village, name)})
    assert opened.status == 200, opened.text
    return Browser(village.client, opened.json()["bearer"])
