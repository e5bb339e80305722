"""A program's body, read strictly as the command it asks for, and the key it made for its request."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from api.web.forms import ids_among
from api.web.routes import path_fields
from api.web.visit import Visit
from kernel.refused import Unreadable
from kernel.text import composed


class NoKey(Unreadable):
    """Send an Idempotency-Key header: a UUID made by you, the same when you send the same request again."""


class SaidTwice(Unreadable):
    """{name} stands twice in what was sent: say it once."""


@cache
def body_of(command: type[msgspec.Struct], path: str) -> type[msgspec.Struct]:
    """Return the struct a body is read as: the command's fields but those the path gives."""
    given = {"coop_id", *path_fields(path)}
    fields: list[Any] = [
        (field.name, field.type, *_default_of(field))
        for field in msgspec.structs.fields(command)
        if field.name not in given
    ]
    return msgspec.defstruct(
        command.__name__,
        fields,
        namespace={"__doc__": command.__doc__},
        module=command.__module__,
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )


def _default_of(field: msgspec.structs.FieldInfo) -> tuple[Any, ...]:
    if field.default is not msgspec.NODEFAULT:
        return (field.default,)
    made = field.default_factory
    return () if made is msgspec.NODEFAULT else (msgspec.field(default_factory=made),)


def key_of(visit: Visit) -> UUID:
    """Return the id the client gave its request; `NoKey` when it gave none."""
    try:
        return UUID(visit.sent.headers.get("idempotency-key", ""))
    except ValueError as error:
        raise NoKey from error


def read_body(visit: Visit, kind: type[Any]) -> Any:
    """Return the request's body as a `kind`, strictly; `Unreadable` says what stands where."""
    body = visit.sent.body or b"{}"
    try:
        read = msgspec.json.decode(_composed(body), type=kind, strict=True)
        json.loads(body, object_pairs_hook=_check_said_once)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(what=str(error)) from error
    return read


def _check_said_once(pairs: Sequence[tuple[str, Any]]) -> None:
    """Refuse (`SaidTwice`) an object that names the same twice: of two amounts one would be lost, nobody knows which.

    An id is the same in capitals too, and without its hyphens.
    """
    seen = set[object]()
    for name, _ in pairs:
        meant = next(iter(ids_among([name])), name)
        if meant in seen:
            raise SaidTwice(name=name)
        seen.add(meant)


def _composed(body: bytes) -> bytes:
    """Return a document whose texts are written as a form's are; only one of other letters than ASCII may differ."""
    if body.isascii() and b"\\u" not in body:
        return body
    return msgspec.json.encode(_with_texts_composed(msgspec.json.decode(body)))


def _with_texts_composed(value: Any) -> Any:
    match value:
        case str():
            return composed(value)
        case list():
            return [_with_texts_composed(part) for part in value]
        case dict():
            return {key: _with_texts_composed(part) for key, part in value.items()}
    return value
