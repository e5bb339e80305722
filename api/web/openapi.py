"""The API's own description, OpenAPI 3.1, written from the routes themselves: it cannot lag behind them."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from api.web.access import meaning_of, name_of
from api.web.refusals import Problem, Published, catalogue
from api.web.routes import Described, Route, path_fields, plain_path

ABOUT = """The same commands and questions as the pages, for programs.

What cannot be done is refused with a problem (RFC 9457) whose `type` ends with the refusal's stable code; the codes,
their statuses and their sentences are listed under `/problems`. Any operation may answer with any of them: which ones
apply follows from the co-op's rules and from the moment."""


class Deprecated(msgspec.Struct, frozen=True):
    """Since which release something is to be used no more, and what is to be used instead."""

    since: str
    successor: str


DEPRECATED = {"GET /communes": Deprecated("0.2.0", "GET /found-communes")}
"""What will go, for one release at least before it does: `GET /gift`, `Vehicle.colour`, `problem vehicle-taken`."""


def document(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """Return the whole description as plain values."""
    shown = [(route, route.described) for route in routes if route.described]
    kinds = [Problem, Published]
    for _, described in shown:
        kinds.extend(_kinds(described))
    unique = list({repr(kind): kind for kind in kinds}.values())
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    of = {repr(kind): schema for kind, schema in zip(unique, schemas, strict=True)}
    paths: dict[str, Any] = {}
    for route, described in shown:
        path = plain_path(route.path.removeprefix("/api"))
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, described, of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Voisiture",
            "version": version,
            "description": ABOUT,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/api"}],
        "security": [{"session": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
        "x-problems": msgspec.to_builtins(catalogue()),
        "x-deprecated": msgspec.to_builtins(DEPRECATED),
    }


def _kinds(described: Described) -> Sequence[Any]:
    asked = [field.type for field in msgspec.structs.fields(described.query)] if described.query else []
    return [kind for kind in (described.returns, described.body, *asked) if kind is not None]


def _operation(route: Route, described: Described, of: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": described.summary,
        "description": f"Who may: {name_of(route.who)}. {meaning_of(route.who)}".rstrip(),
        "parameters": _parameters(route, described, of),
        "responses": _responses(described, of),
        "tags": [_tag(route)],
    }
    if f"{route.method} {plain_path(route.path.removeprefix('/api'))}" in DEPRECATED:
        operation["deprecated"] = True
    if route.who == "everyone":
        operation["security"] = []
    if described.body is not None:
        content: dict[str, Any] = {"schema": of[repr(described.body)]}
        if described.example is not None:
            content["example"] = msgspec.to_builtins(described.example)
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(described.sent_as, content)}
    return operation


def _tag(route: Route) -> str:
    parts = route.path.removeprefix("/api/").split("/")
    return parts[2 if parts[0] == "coops" and len(parts) > 2 else 0]  # noqa: PLR2004 - inside a co-op


def _parameters(route: Route, described: Described, of: dict[str, Any]) -> list[dict[str, Any]]:
    asked = [
        {"name": name, "in": "path", "required": True, "schema": _in_path(route.path, name)}
        for name in path_fields(route.path)
    ]
    if described.keyed:
        key = {"name": "Idempotency-Key", "in": "header", "required": True}
        asked.append(key | {"schema": {"type": "string", "format": "uuid"}})
    for field in msgspec.structs.fields(described.query) if described.query else ():
        schema = dict(of[repr(field.type)])
        text = schema.pop("description", "")
        asked.append({"name": field.name, "in": "query", "required": False, "description": text, "schema": schema})
    return asked


def _in_path(path: str, name: str) -> dict[str, str]:
    return {"type": "string"} | ({"format": "uuid"} if f"{{{name}:uuid}}" in path else {})


def _responses(described: Described, of: dict[str, Any]) -> dict[str, Any]:
    good = {"schema": of[repr(described.returns)]}
    refused = {"application/problem+json": {"schema": of[repr(Problem)]}}
    return {
        str(described.status): {"description": "Done.", "content": dict.fromkeys(described.answered_as, good)},
        "4XX": {"description": "Refused: see the list of problems.", "content": refused},
    }
