"""The API's own description, OpenAPI 3.1, written from the same tables as the endpoints: it cannot lag behind them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from api.web.declared import Accepted, Act, Declared, NoKey, Read, Write, body_of, path_fields
from api.web.refusals import NotAMember, NotSignedIn, NotYourRole, status_of
from api.web.who_may import WHO_MAY
from kernel.refused import CommandReused, Overtaken, Refused, Unknown, Unreadable

EVERY_WRITE: tuple[type[Refused], ...] = (NoKey, Unreadable, CommandReused, Overtaken)
_EVERY: dict[type[Declared], tuple[type[Refused], ...]] = {Write: EVERY_WRITE, Act: (Unreadable,)}
BY_ROLE: dict[str, tuple[type[Refused], ...]] = {
    "everyone": (),
    "person": (NotSignedIn,),
    "member": (NotSignedIn, NotAMember, Unknown),
    "referent": (NotSignedIn, NotAMember, NotYourRole, Unknown),
    "treasurer": (NotSignedIn, NotAMember, NotYourRole, Unknown),
}


SAID_OTHERWISE = {
    409: "The rules say no.",
    422: "misread: something asked in the address cannot be read; `fields` says what.",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal (RFC 9457): `type` ends with its stable code, `detail` is a sentence for people."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    fields: dict[str, str] = {}


def document(declared: Sequence[Declared], version: str) -> dict[str, Any]:
    """Return the whole description as plain values."""
    kinds = [Accepted, Problem]
    for each in declared:
        kinds.extend(_kinds(each))
    unique = list({repr(kind): kind for kind in kinds}.values())
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    of = {repr(kind): schema for kind, schema in zip(unique, schemas, strict=True)}
    paths: dict[str, Any] = {}
    for each in declared:
        method = "get" if isinstance(each, Read) else each.method.lower()
        paths.setdefault(_plain_path(each.path), {})[method] = _operation(each, of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Voisiture",
            "version": version,
            "description": __doc__,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/api"}],
        "security": [{"session": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def _kinds(each: Declared) -> Sequence[Any]:
    match each:
        case Write():
            return (_body(each),)
        case Act():
            return _body(each), each.returns
        case Read():
            return each.returns, *(kind for kind, _ in each.parameters.values())


def _body(each: Write | Act) -> type[msgspec.Struct]:
    return body_of(each.command, each.path) if isinstance(each, Write) else each.body


def _operation(each: Declared, of: dict[str, Any]) -> dict[str, Any]:
    who = WHO_MAY[each.name]
    operation: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "description": f"Who may: {who}.",
        "parameters": _parameters(each, of),
        "responses": _responses(each, of, who),
        "tags": [each.path.strip("/").split("/")[2 if each.path.count("/") > 2 else 0].split(":")[0]],  # noqa: PLR2004
    }
    if who == "everyone":
        operation["security"] = []
    if not isinstance(each, Read):
        content: dict[str, Any] = {"schema": of[repr(_body(each))]}
        if each.example is not None:
            content["example"] = msgspec.to_builtins(each.example)
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    return operation


def _parameters(each: Declared, of: dict[str, Any]) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": _in_path(each.path, name)}
        for name in path_fields(each.path)
    ]
    if isinstance(each, Write):
        key = {"name": "Idempotency-Key", "in": "header", "required": True}
        return [*in_path, key | {"schema": {"type": "string", "format": "uuid"}}]
    if isinstance(each, Act):
        return in_path
    asked = [
        {"name": name, "in": "query", "description": text, "required": False, "schema": of[repr(kind)]}
        for name, (kind, text) in each.parameters.items()
    ]
    return [*in_path, *asked]


def _in_path(path: str, name: str) -> dict[str, str]:
    return {"type": "string"} | ({"format": "uuid"} if f"{{{name}:uuid}}" in path else {})


def _responses(each: Declared, of: dict[str, Any], who: str) -> dict[str, Any]:
    good = of[repr(Accepted)] if isinstance(each, Write) else of[repr(each.returns)]
    text = "The answer." if isinstance(each, Read) else "Carried out."
    status = "201" if isinstance(each, Write) else "200"
    responses: dict[str, Any] = {
        status: {"description": text, "content": {"application/json": {"schema": good}}},
    }
    lost = (Unknown,) if path_fields(each.path) else ()
    refusals = dict.fromkeys((*BY_ROLE[who], *lost, *_EVERY.get(type(each), ()), *each.refuses))
    by_status: dict[int, list[type[Refused]]] = {}
    for refusal in refusals:
        by_status.setdefault(_status(refusal), []).append(refusal)
    if isinstance(each, Write):
        by_status.setdefault(409, [])
    elif isinstance(each, Act) or each.parameters:
        by_status.setdefault(422, [])
    for code, kinds in sorted(by_status.items()):
        said = " ".join(f"{kind.code()}: {kind.sentence()}" for kind in kinds)
        problem = {"application/problem+json": {"schema": of[repr(Problem)]}}
        responses[str(code)] = {"description": said or SAID_OTHERWISE[code], "content": problem}
    return responses


def _status(refusal: type[Refused]) -> int:
    return status_of(refusal.__new__(refusal))


def _plain_path(path: str) -> str:
    return "/".join(
        f"{{{part.strip('{}').split(':')[0]}}}" if part.startswith("{") else part for part in path.split("/")
    )
