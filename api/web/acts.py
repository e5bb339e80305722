"""One act, two doors: what a person may ask for is declared once, by one function; from it come its form and its API.

    @act(f"{VEHICLE}/home", who=looks_after_vehicle, page=edit_vehicle, said="Its new place is noted.", then=EDIT)
    def move_home(actor: Actor, command: MoveHome, asked: Asked) -> Done:
        \"\"\"Say where it lives from now on.\"\"\"
        return Fleet(actor.history).move_home(command, asked)

A form on `page` is sent to the path; a program sends the same command's fields there under `/api`, as strict JSON: an
unknown field, a text for a number, a time without its offset are refused with the place where they stand. Its
`Idempotency-Key` is the command's id, as the form's `command_id` is: sent again, nothing happens twice.

What is no command (a session, a language, a profile) has a decorator for each door: `api.web.routes.form` and `write`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, get_type_hints
from uuid import UUID

import msgspec
from msgspec.structs import replace

from api.speech.refusals import sentence_of
from api.web.access import Who, with_ids
from api.web.answers import Answer, Go, Json
from api.web.fields import built, read_fields
from api.web.forms import Faults, Misread
from api.web.programs.bodies import body_of, key_of, read_body
from api.web.routes import (
    Described,
    Method,
    add_for_people,
    add_for_programs,
    path_fields,
    plain_path,
    qualified,
    summary_of,
)
from api.web.visit import Visit
from kernel.aggregate import TIME_TO_UNDO
from kernel.command import Asked, Done
from kernel.refused import Refused
from usecases.actor import Actor

Carrying = Callable[[Actor, Any, Asked], Done]
Carry = TypeVar("Carry", bound=Carrying)
T = TypeVar("T", bound=msgspec.Struct)
Write = TypeVar("Write", bound=Callable[..., Any])
Fields = Mapping[str, object]
"""What a form says of a command, by the names of its fields."""

ACTS: dict[str, type[msgspec.Struct]] = {}
"""What each act carries out, or each write takes, by its name: its fields' limits are the form's."""

DONE_AGAIN = "What is undone is done again."
"""Why an undo has no undo of its own."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """A command was carried out.

    `id` is the thing it created or changed. With `Prefer: wait` (RFC 7240) the answer waits a moment for what follows
    from it (a charge, an opened calendar), and `settled` tells whether that can already be read.
    """

    id: UUID
    position: int
    settled: bool


DECLARED: dict[str, "Act"] = {}
"""Each act as it is declared, by its name."""


class Undo(msgspec.Struct, frozen=True):
    """By which address an act is undone, in which `{id}` is the thing created or changed; `soon`: for ten minutes."""

    address: str
    soon: bool = False


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An act as it is declared: where it is asked for, who may, how its form is read, what is said once it is done.

    It is undone at an address, or it is `lasting`, for a reason.
    """

    path: str
    who: Who
    method: Method
    read: Callable[[Visit], Fields] | None
    typed_as: Mapping[str, str] | None
    about: Mapping[str, tuple[type[Refused], ...]]
    then: str | Callable[[Visit, Done], str | Go]
    said: str
    undo: Undo | None
    lasting: str
    as_pressed: bool
    example: Any
    carry_out: Carrying
    page: Callable[..., Answer] | None


def act(
    path: str,
    *,
    who: Who,
    page: Callable[..., Answer] | None = None,
    read: Callable[[Visit], Fields] | None = None,
    typed_as: Mapping[str, str] | None = None,
    about: Mapping[str, tuple[type[Refused], ...]] | None = None,
    then: str | Callable[[Visit, Done], str | Go] = "",
    said: str = "",
    undo: Undo | None = None,
    lasting: str = "",
    as_pressed: bool = False,
    method: Method = "POST",
    example: Any = None,
) -> Callable[[Carry], Carry]:
    """Declare an act; without a `page` only programs have a door to it.

    A form holds the command's fields under their own names. `read`, called first, gives those that it does not (by
    `read_parts`), `typed_as` names the form's field for one called otherwise, `about` the refusals said beside a field.
    `then` is an address, in which `{id}` is the thing changed, or found once it is done. What waited for the network
    happened `as_pressed`, else when it came. It names its `undo`, or why it is `lasting`.
    """
    declaring = partial(
        Act,
        path=path,
        who=who,
        method=method,
        read=read,
        typed_as=typed_as,
        about=about or {},
        then=then,
        said=said,
        undo=undo,
        lasting=lasting,
        as_pressed=as_pressed,
        example=example,
        page=page,
    )
    return lambda carry_out: _declare(carry_out, declaring(carry_out=carry_out))


def undo_of(
    undone: Carrying, *, said: str, page: Callable[..., Answer] | None = None, then: str = ""
) -> Callable[[Carry], Carry]:
    """Declare by what an act is undone, for ten minutes, by whoever did it: at its address, with `/undo` after it.

    `page` and `then` are those of the act unless said.
    """
    declared = DECLARED[qualified(undone)]
    path = f"{declared.path}/undo"
    DECLARED[qualified(undone)] = replace(declared, undo=Undo(plain_path(path), soon=True))
    return act(
        path,
        who=declared.who,
        page=page or declared.page,
        then=then or declared.then,
        said=said,
        lasting=DONE_AGAIN,
        example={},
    )


def _declare(carry_out: Carry, declared: Act) -> Carry:
    command = _command_of(carry_out, declared.path)
    ACTS[qualified(carry_out)], DECLARED[qualified(carry_out)] = command, declared
    if declared.page is not None:
        _for_people(carry_out, command, declared, declared.page)
    _for_programs(carry_out, command, declared)
    return carry_out


def _command_of(carry_out: Carrying, path: str) -> type[msgspec.Struct]:
    """Return what an act asks for; an id of the address that is no field of it would be lost in silence."""
    command: type[msgspec.Struct] = get_type_hints(carry_out)["command"]
    if strangers := {*path_fields(path)} - {*command.__struct_fields__}:
        raise TypeError(f"{path} holds {', '.join(sorted(strangers))}, no field of {command.__name__}")
    return command


def _for_people(carry_out: Carrying, command: type[msgspec.Struct], declared: Act, page: Callable[..., Answer]) -> None:
    def answer(visit: Visit) -> Answer:
        asked = visit.asked(as_pressed=declared.as_pressed)
        try:
            done = carry_out(visit.actor, _typed(command, declared, visit, asked.command_id), asked)
        except Refused as refusal:
            raise _said_at_its_field(declared, refusal, visit) from refusal
        visit.site.settled(done)
        ids = {**visit.sent.ids, "id": done.stream_id}
        to = declared.then.format(**ids) if isinstance(declared.then, str) else declared.then(visit, done)
        went = to if isinstance(to, Go) else Go(to, said=declared.said)
        undo = DECLARED[qualified(carry_out)].undo if done.changed else None
        if undo is None:
            return went
        until = asked.at + TIME_TO_UNDO if undo.soon else None
        return replace(went, undo=undo.address.format(**ids), undo_until=until)

    add_for_people("POST", declared.path, carry_out, declared.who, answer, page)


def _typed(command: type[T], declared: Act, visit: Visit, key: UUID) -> T:
    """Return the command a form asks for; `Misread` at what cannot be read or kept, or is asked by no page any more."""
    given, typed, faults = _named(command, declared.path, visit, key), dict[str, object](), Faults()
    with faults:
        given |= declared.read(visit) if declared.read else {}
    if not faults.errors or faults.parts:  # else nobody knows which fields were to be read otherwise
        with faults:
            typed = read_fields(visit.form, command, {"coop_id", *path_fields(declared.path), *given, *faults.parts})
    faults.check()
    visit.form.check_all_read()
    return built(command, {**typed, **given}, declared.typed_as)


def _said_at_its_field(declared: Act, refusal: Refused, visit: Visit) -> Exception:
    """Return a refusal as said beside the field it is about; as it is when it is about none."""
    field = next((name for name, kinds in declared.about.items() if isinstance(refusal, kinds)), None)
    return Misread({field: sentence_of(refusal, visit.words)}) if field else refusal


def _for_programs(carry_out: Carrying, command: type[msgspec.Struct], declared: Act) -> None:
    body = body_of(command, declared.path)

    def answer(visit: Visit) -> Answer:
        key = key_of(visit)
        fields = msgspec.structs.asdict(read_body(visit, body))
        actor = visit.actor
        asked = Asked.sent(key, actor.member.member_id if actor.member else None, actor.now)
        done = carry_out(actor, command(**fields | _named(command, declared.path, visit, key)), asked)
        settled = "wait" in visit.sent.headers.get("prefer", "") and visit.site.settled(done)
        return Json(Accepted(id=done.stream_id, position=done.position, settled=settled), 201)

    described = Described(
        summary=summary_of(carry_out), returns=Accepted, body=body, example=declared.example, keyed=True, status=201
    )
    add_for_programs(declared.method, declared.path, carry_out, declared.who, answer, described)


def _named(command: type[msgspec.Struct], path: str, visit: Visit, key: UUID) -> dict[str, Any]:
    """Return the ids of the address that are fields of the command; the request's own starts a co-op."""
    given = {"coop_id": key} | {name: visit.sent.ids[name] for name in path_fields(path)}
    return {name: given[name] for name in given if name in command.__struct_fields__}


def write(path: str, *, who: Who, method: Method = "POST", example: Any = None) -> Callable[[Write], Write]:
    """Declare what a program changes by no command: a function of the visit, of the ids of its address, of its `body`.

    The body is strict JSON of the type the function says; what the function returns is served as it is.
    """

    def declare(function: Write) -> Write:
        hints = get_type_hints(function)
        body: type[msgspec.Struct] = hints["body"]
        ACTS[qualified(function)] = body

        def answer(visit: Visit) -> Answer:
            ids = {**visit.sent.ids, "body": read_body(visit, body)}
            return Json(with_ids(function, ids, visit))

        described = Described(summary=summary_of(function), returns=hints["return"], body=body, example=example)
        add_for_programs(method, path, function, who, answer, described)
        return function

    return declare
