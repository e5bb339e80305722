"""Long lists asked for by programs: each place in one is a place in no other, and nothing is asked twice at once."""

from tests.front.ids import ids_of
from tests.front.visitor import visit
from tests.front.ways import WAYS, Way
from tests.kit.databases import once
from tests.kit.village import COOP, Village

pytestmark = once


def cursors(village: Village) -> dict[Way, str]:
    """Return where a list's second slice begins, for each list that has more than one thing in it."""
    claire, ids = visit(village, "Claire"), ids_of(village, COOP, "Claire")
    lists = [
        way
        for way in WAYS
        if way.route.described and "after" in getattr(way.route.described.query, "__struct_fields__", ())
    ]
    found = {way: claire.get(f"{way.to(ids)}?limit=1").json()["after"] for way in lists}
    return {way: after for way, after in found.items() if after}


def test_a_place_in_one_list_is_none_in_any_other(lived: Village) -> None:
    claire, ids, known = visit(lived, "Claire"), ids_of(lived, COOP, "Claire"), cursors(lived)
    assert len(known) >= 6
    for way in known:
        for other, after in known.items():
            response = claire.get(f"{way.to(ids)}?limit=1&after={after}")
            assert response.status_code == (200 if other is way else 400), (way, other)
            assert other is way or response.json()["type"].endswith("/unreadable")


def test_what_an_address_asks_twice_is_refused(lived: Village) -> None:
    claire, ids = visit(lived, "Claire"), ids_of(lived, COOP, "Claire")
    for way in WAYS:
        if way.method == "GET" and way.route.from_memory is None and not way.name.startswith("moved."):
            response = claire.get(f"{way.to(ids)}?after=a&q=x&after=a")
            assert response.status_code in (400, 403, 404), way
            if response.status_code == 400:
                assert "after stands twice in the address" in response.text, way
