"""Checking an answer to something that should not have been sent: clear, no fault of ours, without a trace."""

from collections.abc import Callable

from httpx import Response

from tests.front.forms import Shown, forms_shown
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, stands, visit
from tests.kit.village import COOP, Village

WHO = ("Claire", "Nadia", "Jean", "Paul")  # a référent and treasurer first, then whoever owns or drives


class Ground:
    """The village, what stands in its log, and how to put it back."""

    def __init__(self, village: Village, again: Callable[[], None]) -> None:
        self.village = village
        self._again = again
        self._before = stands(village)

    def check(self, response: Response, what: object) -> None:
        """Check that an answer is no fault of ours and, when it refuses, clear and without effect."""
        assert response.status_code < 500, what
        if response.status_code < 400:
            self._again()
            return
        if str(response.url.path).startswith("/api/"):
            problem = response.json()
            assert response.headers["content-type"] == "application/problem+json", what
            assert problem["detail"], what
            assert problem["status"] == response.status_code, what
        else:
            assert response.headers["content-type"].startswith("text/html"), what
        assert stands(self.village) == self._before, what


def all_forms(ground: Ground) -> list[tuple[Visitor, Shown]]:
    """Return every sort of form that somebody sees, with who sees it."""
    ids, known = ids_of(ground.village, COOP, "Nadia"), set[str]()
    visitors = [visit(ground.village, name) for name in WHO]
    return [(someone, form) for someone in visitors for form in forms_shown(someone, ids, known)]
