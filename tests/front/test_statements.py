"""What is asked of the database does not grow with the co-op: counted, for every page, question and command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event

from kernel.log import follower
from tests.front.forms import Shown, forms_by_way, forms_in
from tests.front.ground import Ground, Seen, kept
from tests.front.ids import ids_of
from tests.front.test_who_may import ASKED_FURTHER, STANDING, address_of, may
from tests.front.visitor import visit
from tests.front.ways import Way
from tests.front.well_made import content_for
from tests.kit.crowd import crowd
from tests.kit.scale import CROWD
from tests.kit.village import COOP, Village

MOST_STATEMENTS = 30
MOST_BYTES = 200_000

DESCRIPTION = "programs.openapi"
"""It grows with what can be asked, not with the co-op, and no phone on the road opens it."""

WHO = ("Nadia", "Amina", "Paul", "Jean", "Luc", None)


class Counted(msgspec.Struct):
    """How much was asked of the database: by what was sent itself, and by what followed from it.

    Letters go a thousand a statement: theirs are counted apart.
    """

    own: int = 0
    following: int = 0
    letters: int = 0
    size: int = 0


@contextmanager
def counted(village: Village) -> Iterator[Counted]:
    """Count the statements that are sent meanwhile."""
    count, catch_up = Counted(), village.site.follower.catch_up
    follows: list[bool] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT pg_advisory_xact_lock"):
            return  # a lock, which SQLite has without being asked
        if statement.startswith("INSERT INTO outbox"):
            count.letters += 1
        elif follows:
            count.following += 1
        else:
            count.own += 1

    def followed() -> None:
        follows.append(True)
        catch_up()
        follows.clear()

    event.listen(village.site.engine, "before_cursor_execute", listen)
    village.site.follower.catch_up = followed  # type: ignore[method-assign]
    try:
        yield count
    finally:
        village.site.follower.catch_up = catch_up  # type: ignore[method-assign]
        event.remove(village.site.engine, "before_cursor_execute", listen)


Found = dict[str, Counted]


def use_all(ground: Ground, ids: dict[str, dict[str, str]]) -> Found:
    """Use every way in, each by someone who may; return how much it asked, and how long its answer is."""
    forms, found = dict(ground.forms), {}
    for way in sorted(STANDING, key=lambda way: way.method != "GET"):  # pages first: they show the forms
        allowed = ASKED_FURTHER.get(way.name.removeprefix("api."), WHO)
        name = next(name for name in allowed if may(ground.village, way, name, ids["Nadia"]))
        found[way.name] = _used(ground, way, name, forms, ids)
    return found


def _used(
    ground: Ground, way: Way, name: str | None, forms: dict[str, Shown], ids: dict[str, dict[str, str]]
) -> Counted:
    mine = ids[name or "Nadia"]
    ground.stand(way.name.removeprefix("api."))
    sent = address_of(way, ids["Nadia"], mine), content_for(way, forms, mine)
    visitor = visit(ground.village, name)
    with counted(ground.village) as count:
        response = visitor.use(way, *sent)
    assert response.status_code < 400, (way, response.text)
    if way.method == "GET":
        forms |= forms_by_way(forms_in(response.text))
    else:
        ground.check(response, way)
    count.size = len(response.content)
    return count


def test_what_is_asked_does_not_grow_with_the_co_op(
    lived: Village, shown: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "BUSY_SECONDS", 60)  # a busy machine follows in more steps
    ids = {name: ids_of(lived, COOP, name) for name in WHO if name}
    small = use_all(Ground(lived, kept(lived, tmp_path), shown), ids)
    crowd(lived, vehicles=CROWD, members=10 * CROWD, trips=200)
    large = use_all(Ground(lived, kept(lived, tmp_path), shown), ids)
    grown = {
        name: (small[name], count)
        for name, count in large.items()
        if (count.own, count.following) != (small[name].own, small[name].following)
    }
    too_many = {name: count.own for name, count in large.items() if count.own > MOST_STATEMENTS}
    pages = {name: count.size for name, count in large.items() if not name.startswith("api.") and name != DESCRIPTION}
    too_large = {name for name, size in pages.items() if size > MOST_BYTES}
    assert (grown, too_many, too_large) == ({}, {}, set())
