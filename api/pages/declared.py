"""Pages declared the former way, until their place is built."""

from collections.abc import Callable

from api.web.routes import Answering, Method, Route
from api.web.who_may import WHO_MAY

PAGES: list[Route] = []


def get(path: str) -> Callable[[Answering], Answering]:
    """Declare a page."""
    return _declared("GET", path, None)


def post(path: str, again: Answering | None = None) -> Callable[[Answering], Answering]:
    """Declare where a form is sent; `again` is the page the form stands on."""
    return _declared("POST", path, again)


def _declared(method: Method, path: str, again: Answering | None) -> Callable[[Answering], Answering]:
    def declare(answer: Answering) -> Answering:
        name = answer.__name__
        PAGES.append(Route(method=method, path=path, name=name, who=WHO_MAY[name], answer=answer, again=again))
        return answer

    return declare
