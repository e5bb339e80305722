"""Strangers cannot lock anybody out: a browser she has come in by before has an allowance of links of its own."""

import re
from collections import Counter
from functools import partial
from itertools import chain
from uuid import uuid4

import pytest

from people.marks import MOST, mark_of, marked
from people.sign_in import LINKS_AN_HOUR
from tests.front.visitor import Visitor
from tests.kit.browser import Browser
from tests.kit.databases import once
from tests.kit.races import at_once
from tests.kit.village import Village, person_id_of
from tests.places.coming_in.links import came_in

NADIA = "nadia@example.org"
KEY = bytes(range(32))


def ask(browser: Browser, email: str = NADIA) -> int:
    """Ask for a link by the sign-in page."""
    return browser.post("/sign-in-links", email=email).status


def marked_browser(village: Village, name: str, browser: Browser | None = None) -> Browser:
    """Let somebody come in by a browser, and sign out."""
    browser = browser or village.anyone()
    assert ask(browser, f"{name.lower()}@example.org") == 200
    assert came_in(village, name, browser).status == 200
    browser.post("/sessions/current")
    assert not browser.token
    return browser


def lock_out(village: Village) -> None:
    """Let strangers use up the links for Nadia's address, and those of everyone who comes from there."""
    stranger = village.anyone()
    while ask(stranger) == 200:
        pass
    while ask(stranger, f"{uuid4()}@example.org") == 200:
        pass
    assert ask(village.anyone(), "amina@example.org") == 429


def test_she_gets_her_link_whatever_strangers_ask_for(lived: Village) -> None:
    hers = marked_browser(lived, "Nadia")
    lock_out(lived)
    before = len(lived.letters_to("Nadia"))
    assert ask(hers, " NADIA@Example.org ") == 200
    assert len(lived.letters_to("Nadia")) == before + 1
    assert came_in(lived, "Nadia", hers).status == 200
    assert hers.token


def test_her_browser_is_limited_too(lived: Village) -> None:
    hers = marked_browser(lived, "Nadia")
    assert [ask(hers) for _ in range(LINKS_AN_HOUR + 1)] == [200] * LINKS_AN_HOUR + [429]


def test_the_limits_hold_when_she_and_strangers_ask_at_once(lived: Village) -> None:
    hers = marked_browser(lived, "Nadia")
    strangers = [lived.anyone() for _ in range(12)]
    for browser in strangers:
        browser.get("/offline")
    copies = [Browser(lived.client) for _ in range(12)]
    for browser in copies:
        browser.cookies = dict(hers.cookies)
    answers = at_once(*(partial(ask, browser) for browser in chain(*zip(strangers, copies, strict=True))))
    assert Counter(answers[1::2]) == {200: LINKS_AN_HOUR, 429: 12 - LINKS_AN_HOUR}
    assert Counter(answers[0::2])[200] < LINKS_AN_HOUR  # one was asked for before, and hers count among them
    assert ask(hers) == ask(lived.anyone()) == 429


@once
def test_a_mark_is_good_for_her_alone(lived: Village) -> None:
    hers = marked_browser(lived, "Nadia")
    lock_out(lived)
    assert ask(hers, "amina@example.org") == 429


@once
def test_those_who_share_a_browser_have_each_her_mark(lived: Village) -> None:
    theirs = marked_browser(lived, "Amina", marked_browser(lived, "Nadia"))
    lock_out(lived)
    assert (ask(theirs), ask(theirs, "amina@example.org")) == (200, 200)


@once
@pytest.mark.parametrize("cookie", ["", ".", "-", "a-b.c-d", "%C3%A9-%C3%A8", "x" * 4_000, "0-0." * 500])
def test_a_mark_that_nobody_made_is_none(lived: Village, cookie: str) -> None:
    lock_out(lived)
    browser = lived.anyone()
    browser.get("/offline")
    browser.cookies["marks"] = cookie
    assert ask(browser) == 429


@once
def test_a_program_has_no_mark(lived: Village) -> None:
    hers = marked_browser(lived, "Nadia")
    lock_out(lived)
    asked = Visitor(lived.client).api(
        "POST", "/api/sign-in-links", b'{"email": "nadia@example.org"}', cookie=f"marks={hers.cookies['marks']}"
    )
    assert asked.status_code == 429


@once
def test_a_session_of_before_leaves_a_mark_as_it_ends(lived: Village) -> None:
    nadia = lived.as_("Nadia")
    assert "marks" not in nadia.cookies
    nadia.post("/sessions/current")
    lock_out(lived)
    assert ask(nadia) == 200


@once
def test_a_mark_says_nothing_of_whose_it_is(lived: Village) -> None:
    one, other = (marked_browser(lived, "Nadia").cookies["marks"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{24}-[0-9a-f]{64}", one)
    assert {*one.split("-")}.isdisjoint(other.split("-"))
    assert person_id_of("Nadia").hex not in one


def test_a_browser_keeps_its_mark_and_forgets_who_came_in_longest_ago() -> None:
    people = [uuid4() for _ in range(MOST + 1)]
    kept = ""
    for person_id in people:
        before, kept = kept, marked(KEY, kept, person_id)
        assert marked(KEY, kept, person_id) == kept
        assert kept.startswith(before) or person_id == people[-1]
    assert [mark_of(KEY, kept, person_id) is not None for person_id in people] == [False] + [True] * MOST
    assert mark_of(bytes(32), kept, people[-1]) is None
