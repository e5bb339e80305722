"""How an endpoint is declared: a command or a question, its door, and nothing about threads, sign-in or parsing.

A write takes the fields of its command as a JSON body, strictly: an unknown field, a text for a number, a time without
its offset are refused with the place where they stand. Its `Idempotency-Key` is the command's id: sent again, the same
answer comes back and nothing happens twice.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from api.web.answers import Answer, Json
from api.web.asking import Asking
from api.web.routes import Method, Route
from kernel.command import Asked, Command, Done
from kernel.refused import Refused, Unreadable


class NoKey(Unreadable):
    """Send an Idempotency-Key header: a UUID made by you, the same when you send the same request again."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A command was carried out.

    `id` is the thing it created or changed. With `Prefer: wait` (RFC 7240) the answer waits a moment for what follows
    from it (a charge, an opened calendar), and `settled` tells whether that can already be read.
    """

    id: UUID
    position: int
    settled: bool


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that carries out a command. Ids in its path fill the command's fields of the same name.

    A path that names no co-op starts one: its id is then the request's own.
    """

    name: str
    path: str
    command: type[Command]
    carry_out: Callable[[Asking, Any, Asked], Done]
    summary: str
    refuses: Sequence[type[Refused]] = ()
    method: Method = "POST"
    example: Any = None


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that answers a question. `parameters` describes its query by name: (type, what it is)."""

    name: str
    path: str
    answer: Callable[[Asking], Any]
    returns: Any
    summary: str
    parameters: dict[str, tuple[Any, str]] = {}
    refuses: Sequence[type[Refused]] = ()


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that changes what is no event (a session, a profile): a strict JSON `body` in, an answer out."""

    name: str
    path: str
    method: Method
    body: type[msgspec.Struct]
    carry_out: Callable[[Asking, Any], Any]
    returns: Any
    summary: str
    refuses: Sequence[type[Refused]] = ()
    example: Any = None


Declared = Write | Read | Act


def routes(declared: Sequence[Declared]) -> list[Route]:
    """Return the routes of declared endpoints."""
    return [_route(each) for each in declared]


def _route(each: Declared) -> Route:
    match each:
        case Write():
            return _write(each)
        case Read():
            return _read(each)
        case Act():
            return _act(each)


def path_fields(path: str) -> list[str]:
    """Return the names that stand in a path, in order."""
    return [part.strip("{}").split(":")[0] for part in path.split("/") if part.startswith("{")]


@cache
def body_of(command: type[Command], path: str) -> type[msgspec.Struct]:
    """Return the struct a body is read as: the command's fields but those the path gives."""
    given = {"coop_id", *path_fields(path)}
    fields: list[Any] = []
    for field in msgspec.structs.fields(command):
        if field.name in given:
            continue
        optional = (field.default,) if field.default is not msgspec.NODEFAULT else ()
        fields.append((field.name, field.type, *optional))
    return msgspec.defstruct(
        command.__name__,
        fields,
        namespace={"__doc__": command.__doc__},
        module=command.__module__,
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )


def key_of(asking: Asking) -> UUID:
    """Return the id the client gave its request; `NoKey` when it gave none."""
    try:
        return UUID(asking.sent.headers.get("idempotency-key", ""))
    except ValueError as error:
        raise NoKey from error


def read_body(asking: Asking, kind: type[Any]) -> Any:
    """Return the request's body as a `kind`, strictly; `Unreadable` says what stands where."""
    try:
        return msgspec.json.decode(asking.sent.body or b"{}", type=kind, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(what=str(error)) from error


def _write(write: Write) -> Route:
    body_kind = body_of(write.command, write.path)

    def answer(asking: Asking) -> Answer:
        key = key_of(asking)
        fields = msgspec.structs.asdict(read_body(asking, body_kind))
        places = {"coop_id": key} | {name: asking.place(name) for name in path_fields(write.path)}
        asked = Asked.sent(key, asking.member.member_id if asking.member else None, asking.now)
        done = write.carry_out(asking, write.command(**fields | places), asked)
        settled = "wait" in asking.sent.headers.get("prefer", "") and asking.site.settled(done)
        return Json(Accepted(id=done.stream_id, position=done.position, settled=settled), 201)

    return Route(write.method, f"/api{write.path}", write.name, answer)


def _act(act: Act) -> Route:
    def answer(asking: Asking) -> Answer:
        return Json(act.carry_out(asking, read_body(asking, act.body)))

    return Route(act.method, f"/api{act.path}", act.name, answer)


def _read(read: Read) -> Route:
    return Route("GET", f"/api{read.path}", read.name, lambda asking: Json(read.answer(asking)))
