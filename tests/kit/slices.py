"""Long lists as programs read them: slice by slice, each item once, and nowhere but where a slice ended."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import msgspec

from tests.kit.browser import Browser

ELSEWHERE: tuple[object, ...] = ([], ["2026-11-02", 1, 2], [1, "x", 2, "y"], {"of": "somewhere"})
FOREIGN = ("nowhere", *(urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode() for key in ELSEWHERE))
"""Texts that mark a place in no list of one's own: not a cursor at all, and keys of other kinds."""


def walked(browser: Browser, path: str) -> list[Any]:
    """Return a list's items, having read them whole and by ones and twos, alike, and asked for places it has not."""
    whole = browser.api("GET", path).json()
    assert whole["after"] is None
    assert [[*_items(browser, path, limit)] for limit in (1, 2)] == [whole["items"]] * 2
    assert {browser.api("GET", f"{_asking(path)}after={mark}").code for mark in FOREIGN} == {"unreadable"}
    assert [browser.api("GET", f"{_asking(path)}limit={limit}").status for limit in (0, 1001, "1e0", "1.0")] == [
        422
    ] * 4
    return list(whole["items"])


def _items(browser: Browser, path: str, limit: int) -> Iterator[Any]:
    asked = f"{_asking(path)}limit={limit}"
    while asked:
        found = browser.api("GET", asked).json()
        assert len(found["items"]) <= limit
        yield from found["items"]
        asked = f"{_asking(path)}limit={limit}&after={found['after']}" if found["after"] else ""


def _asking(path: str) -> str:
    """Return a path, with what it asks, to which one more question can be added."""
    return f"{path}&" if "?" in path else f"{path}?"
