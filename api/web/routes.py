"""The ways in: a route is declared beside what it does, and found by walking the package of places.

`page` declares what is looked at, `question` what a program asks; `api.web.acts.act` declares what changes something,
for both; `form` and `api.web.acts.write` what is no command. Each says who may; a route that does not say so cannot be
declared.
"""

import inspect
import pkgutil
import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, Literal, TypeVar, get_type_hints

import msgspec

from api.site import Site
from api.web.access import Who, ids_asked_for, with_ids
from api.web.answers import Answer, Json
from api.web.fields import read_query
from api.web.visit import Visit

Method = Literal["GET", "POST", "PUT", "DELETE"]
Answering = Callable[[Visit], Answer]
F = TypeVar("F", bound=Callable[..., Any])


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What the API's description says of a route: its sentence, what is asked and answered, and an example of it.

    A `keyed` one carries an Idempotency-Key. What is no JSON (a photo) says as what it is sent and answered.
    """

    summary: str
    returns: Any
    body: Any = None
    query: type[msgspec.Struct] | None = None
    example: Any = None
    keyed: bool = False
    status: int = 200
    sent_as: tuple[str, ...] = ("application/json",)
    answered_as: tuple[str, ...] = ("application/json",)


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One way in. `again` is the page to show, with what was typed, when this is refused, to who may see that page.

    `name` is the function's, after its place: `vehicles.move_home`. What is answered `from_memory` needs no database
    and no thread.
    """

    method: Method
    path: str
    name: str
    who: Who
    answer: Answering
    from_memory: Callable[[Site], Json] | None = None
    again: "Route | None" = None
    described: Described | None = None

    @property
    def may_bring_photos(self) -> bool:
        """Whether what is sent may hold photos: any form may, and of what programs send a body that is one."""
        return self.described is None or self.described.body is bytes

    def __post_init__(self) -> None:
        """Refuse at once a right, or a page to show again, that asks for an id the path does not hold."""
        asked = {
            "its right": ids_asked_for(self.who) if callable(self.who) else (),
            "its page": tuple(path_fields(self.again.path)) if self.again else (),
        }
        for asking, names in asked.items():
            if absent := {*names} - {*path_fields(self.path)}:
                raise TypeError(f"{self.path} holds no {', '.join(sorted(absent))}, which {asking} asks for")


ROUTES: list[Route] = []
PAGES: dict[Callable[..., Answer], Route] = {}
"""The way in to each page, by its function: a form that is refused leads back to it."""


def every_route(places: ModuleType) -> list[Route]:
    """Return every route of a package, all its modules imported: what is written there is served."""
    for module in pkgutil.walk_packages(places.__path__, f"{places.__name__}."):
        import_module(module.name)
    return ROUTES


def page(path: str, *, who: Who) -> Callable[[F], F]:
    """Declare a page: a function of the visit and of the ids of its address."""

    def declare(function: F) -> F:
        PAGES[function] = add_for_people("GET", path, function, who, _answering(function))
        return function

    return declare


def from_memory(path: str) -> Callable[[F], F]:
    """Declare what everyone may ask and nothing can hold up: a function of the site alone, which knows it already."""

    def declare(function: F) -> F:
        name = qualified(function)
        ROUTES.append(
            Route(
                method="GET",
                path=path,
                name=name,
                who="everyone",
                answer=lambda visit: function(visit.site),
                from_memory=function,
            )
        )
        return function

    return declare


def form(path: str, *, who: Who, page: Callable[..., Answer] | None = None) -> Callable[[F], F]:
    """Declare where a form is sent that asks for no command: a function of the visit and of the ids of its address.

    `page` is the one the form stands on, shown again with what was typed when it is refused.
    """

    def declare(function: F) -> F:
        add_for_people("POST", path, function, who, _answering(function), page)
        return function

    return declare


def _answering(function: Callable[..., Answer]) -> Answering:
    return lambda visit: with_ids(function, visit.sent.ids, visit)


def add_for_people(
    method: Method,
    path: str,
    function: Callable[..., Any],
    who: Who,
    answer: Answering,
    page: Callable[..., Answer] | None = None,
) -> Route:
    """Serve a path to people; `page` is shown again when what was sent is refused."""
    again = PAGES[page] if page else None
    route = Route(method=method, path=path, name=qualified(function), who=who, answer=answer, again=again)
    ROUTES.append(route)
    return route


def question(path: str, *, who: Who) -> Callable[[F], F]:
    """Declare a question that programs ask: a function of the actor, of the ids of its address, and of its `query`.

    Its answer is served as it is. `query` is a struct: each of its fields may be asked for in the address.
    """

    def declare(function: F) -> F:
        hints = get_type_hints(function)
        query: type[msgspec.Struct] | None = hints.get("query")

        def answer(visit: Visit) -> Answer:
            ids: dict[str, Any] = dict(visit.sent.ids)
            if query is not None:
                ids["query"] = read_query(visit.sent.query, query)
            return Json(with_ids(function, ids, visit.actor))

        described = Described(summary=summary_of(function), returns=hints["return"], query=query)
        add_for_programs("GET", path, function, who, answer, described)
        return function

    return declare


def add_for_programs(
    method: Method,
    path: str,
    function: Callable[..., Any],
    who: Who,
    answer: Answering,
    described: Described,
) -> None:
    """Serve a path under `/api`, described."""
    name = f"api.{qualified(function)}"
    route = Route(method=method, path=f"/api{path}", name=name, who=who, answer=answer, described=described)
    ROUTES.append(route)


def qualified(function: Callable[..., Any]) -> str:
    """Return a function's name after its place: two places may both have a `cancel`."""
    return f"{function.__module__.split('.')[2]}.{function.__name__}"


def summary_of(function: Callable[..., Any]) -> str:
    """Return the first line of a docstring, as a title: without its full stop."""
    return inspect.getdoc(function).splitlines()[0].removesuffix(".")  # type: ignore[union-attr]


def plain_path(path: str) -> str:
    """Return a path whose fields are names in braces, to be filled with `format`."""
    return re.sub(r":\w+}", "}", path)


def path_fields(path: str) -> list[str]:
    """Return the names that stand in a path, in order."""
    return [part.strip("{}").split(":")[0] for part in path.split("/") if part.startswith("{")]
