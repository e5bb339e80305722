"""Checking an answer to something that should not have been sent: clear, no fault of ours, without a trace."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from httpx import Response

from tests.front.forms import Shown, forms_by_way, forms_shown, way_of
from tests.front.ids import ids_of
from tests.front.lived import FIRST, with_a_draft
from tests.front.undone import FIRST_SAID
from tests.front.visitor import Visitor, stands, visit
from tests.kit.kept_beside import kept_beside
from tests.kit.village import COOP, Village

WRONG = re.compile(r'id="([\w-]+)-wrong"')
WHO = ("Claire", "Nadia", "Jean", "Paul", "Luc")  # a référent and treasurer, whoever owns or drives, who has left

Seen = list[tuple[str | None, Shown]]


class Ground:
    """The village, the forms somebody sees there, what stands in its log, and how to put it back."""

    def __init__(self, village: Village, again: Callable[[], None], shown: Seen) -> None:
        self.village = village
        self.shown = shown
        self.forms = forms_by_way(form for _, form in shown)
        self._again = again
        self._way = ""
        self._before = stands(village)

    def stand(self, way: str) -> None:
        """Put the village as it has to be for a way in to be used."""
        if way in FIRST or self._way in FIRST:
            self._way = way
            self._put_back()
            self._before = stands(self.village)

    def check(self, response: Response, what: object) -> None:
        """Check that an answer is no fault of ours and, when it refuses, clear and without effect."""
        assert response.status_code < 500, what
        if response.status_code < 400:
            self._put_back()
            return
        if str(response.url.path).startswith("/api/"):
            problem = response.json()
            assert response.headers["content-type"] == "application/problem+json", what
            assert problem["detail"], what
            assert problem["status"] == response.status_code, what
        else:
            assert response.headers["content-type"].startswith("text/html"), what
        assert stands(self.village) == self._before, what

    def _put_back(self) -> None:
        self._again()
        if self._way in FIRST:
            FIRST[self._way](self.village)


def kept(village: Village, folder: Path) -> Callable[[], None]:
    """Keep all that stands now; return what puts it back."""
    engine = village.site.engine
    if engine.dialect.name == "postgresql":
        return kept_beside(engine)
    copy = sqlite3.connect(folder / f"{uuid4()}.db")
    with closing(sqlite3.connect(engine.url.database or "")) as now:
        now.backup(copy)

    def put_back() -> None:
        with closing(sqlite3.connect(engine.url.database or "")) as now:
            copy.backup(now)

    return put_back


def seen(village: Village) -> Seen:
    """Return every sort of form somebody sees, with who sees it: a stranger first, then whoever may."""
    ids, known = ids_of(village, COOP, "Nadia"), set[str]()
    found: Seen = [(name, form) for name in (None, *WHO) for form in forms_shown(visit(village, name), ids, known)]
    for make_room in dict.fromkeys(FIRST.values()):
        if make_room not in (with_a_draft, *FIRST_SAID.values()):
            make_room(village)
    found += [
        (name, form)
        for name in ("Claire", "Paul", "Nadia", "Luc")
        for form in forms_shown(visit(village, name), ids, known)
    ]
    with_a_draft(village)  # no other plan can be drawn up meanwhile
    return found + [("Claire", form) for form in forms_shown(visit(village, "Claire"), ids, known)]


def all_forms(ground: Ground) -> Iterator[tuple[Visitor, Shown]]:
    """Give every sort of form that somebody sees, with who sees it, where it can be used."""
    for name, form in ground.shown:
        ground.stand(way_of(form))
        yield visit(ground.village, name), form
    ground.stand("")


def told_beside(response: Response) -> set[str]:
    """Return the fields that a refusal names: on a page those with a sentence beside them, to a program `fields`."""
    if str(response.url.path).startswith("/api/"):
        return set(response.json().get("fields", ()))
    return set(WRONG.findall(response.text))
