"""No room is left on the disk: who writes is told so kindly, who reads is answered, and it goes on once there is."""

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from api.web import serving
from tests.crash.whole import check_log
from tests.front.visitor import Visitor, visit
from tests.kit.databases import on_sqlite
from tests.kit.village import COOP, Village
from tests.places.conftest import village, village_rows

__all__ = ["village", "village_rows"]

pytestmark = on_sqlite

HERE = f"/coops/{COOP}"
GIFT = f"/api{HERE}/contributions"


@contextmanager
def full(village: Village) -> Iterator[None]:
    """Let the database's file grow no more meanwhile."""

    def bound(pages: int) -> Any:
        return lambda connection, *_: connection.execute(f"PRAGMA max_page_count={pages}").close()

    engine, as_it_is = village.site.engine, bound(1)  # SQLite takes for it what there is now
    event.listen(engine, "checkout", as_it_is)
    try:
        yield
    finally:
        event.remove(engine, "checkout", as_it_is)
        event.listen(engine, "checkout", bound(2**30))


def give_until_refused(nadia: Visitor) -> tuple[int, Any]:
    """Give a cent again and again until that is refused; return how often it went well, and the refusal."""
    for number in range(1_000):
        told = nadia.api("POST", GIFT, b'{"cents": 1}', **{"idempotency-key": str(UUID(int=number + 1))})
        if told.status_code != 201:
            return number, told
    raise AssertionError("it never fills up")


def test_who_writes_is_told_and_what_was_acknowledged_is_kept(village: Village) -> None:
    nadia, home = visit(village, "Nadia"), f"{HERE}/"
    nadia.api("POST", GIFT, json.dumps({"cents": 1}).encode())
    with full(village):
        given, told = give_until_refused(nadia)
        assert (told.status_code, told.headers["content-type"]) == (507, "application/problem+json")
        assert (told.json()["type"], told.headers["retry-after"]) == ("/api/problems/http-507", "5")
        assert told.headers["content-security-policy"].startswith("default-src 'none'")
        page = nadia.post(f"{HERE}/contributions", {"amount": "0,01"})
        assert (page.status_code, page.headers["content-type"]) == (507, "text/html; charset=utf-8")
        assert nadia.get(home).status_code == 200
        assert nadia.get(f"{HERE}/community").status_code == 200
        village.site.watch.writing.do_step()
        village.site.watch.looking.do_step()
        assert nadia.get("/health").json()["failing"] == ["disk"]
    again = nadia.api("POST", GIFT, b'{"cents": 1}', **{"idempotency-key": str(UUID(int=given + 1))})
    assert again.status_code == 201
    village.site.watch.writing.do_step()
    assert nadia.get("/health").json()["status"] == "ok"
    village.settle()
    check_log(village.site.engine)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_page_says_so_in_ones_own_language(village: Village, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    def break_down(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(serving, "_answer", break_down)
    told = visit(village, "Nadia").get(f"{HERE}/", **{"accept-language": lang})
    assert (told.status_code, told.headers["retry-after"]) == (507, "5")
    sentence = {"en": "No room is left to write.", "fr": "Il n’y a plus de place pour écrire."}[lang]
    assert sentence in told.text
