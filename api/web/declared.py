"""How an endpoint is declared: a command or a question, its door, and nothing about threads, sign-in or parsing.

A write takes the fields of its command as a JSON body, strictly: an unknown field, a text for a number, a time without
its offset are refused with the place where they stand. Its `Idempotency-Key` is the command's id: sent again, the same
answer comes back and nothing happens twice.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec

from api.web.acts import Accepted, body_of, key_of, read_body
from api.web.answers import Answer, Json
from api.web.routes import Answering, Described, Method, Route, path_fields
from api.web.visit import Visit
from api.web.who_may import WHO_MAY
from kernel.command import Asked, Command, Done
from kernel.refused import Refused


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that carries out a command. Ids in its path fill the command's fields of the same name.

    A path that names no co-op starts one: its id is then the request's own.
    """

    name: str
    path: str
    command: type[Command]
    carry_out: Callable[[Visit, Any, Asked], Done]
    summary: str
    refuses: Sequence[type[Refused]] = ()
    method: Method = "POST"
    example: Any = None


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that answers a question. `parameters` describes its query by name: (type, what it is)."""

    name: str
    path: str
    answer: Callable[[Visit], Any]
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
    carry_out: Callable[[Visit, Any], Any]
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


def _made(each: Declared, method: Method, answer: Answering, described: Described) -> Route:
    who = WHO_MAY[each.name]
    return Route(method=method, path=f"/api{each.path}", name=each.name, who=who, answer=answer, described=described)


def _write(write: Write) -> Route:
    body_kind = body_of(write.command, write.path)

    def answer(visit: Visit) -> Answer:
        key = key_of(visit)
        fields = msgspec.structs.asdict(read_body(visit, body_kind))
        places = {"coop_id": key} | {name: visit.place(name) for name in path_fields(write.path)}
        asked = Asked.sent(key, visit.member.member_id if visit.member else None, visit.now)
        done = write.carry_out(visit, write.command(**fields | places), asked)
        settled = "wait" in visit.sent.headers.get("prefer", "") and visit.site.settled(done)
        return Json(Accepted(id=done.stream_id, position=done.position, settled=settled), 201)

    described = Described(
        summary=write.summary, returns=Accepted, body=body_kind, example=write.example, keyed=True, status=201
    )
    return _made(write, write.method, answer, described)


def _act(act: Act) -> Route:
    def answer(visit: Visit) -> Answer:
        return Json(act.carry_out(visit, read_body(visit, act.body)))

    described = Described(summary=act.summary, returns=act.returns, body=act.body, example=act.example)
    return _made(act, act.method, answer, described)


def _read(read: Read) -> Route:
    asked = [
        (name, Annotated[kind | None, msgspec.Meta(description=text)], None)
        for name, (kind, text) in read.parameters.items()
    ]
    query = msgspec.defstruct(f"Asked{read.name}", asked, frozen=True)
    described = Described(summary=read.summary, returns=read.returns, query=query)
    return _made(read, "GET", lambda visit: Json(read.answer(visit)), described)
