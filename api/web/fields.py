"""A command's fields as a form shows and sends them: their limits stand on the command alone.

The form's `maxlength` and `required` are read from the command's own types, and so is what was typed: a text where the
command holds a text, whole kilometres where it holds whole kilometres. What passes a limit is said beside its field.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec
from msgspec import inspect as kinds
from msgspec.structs import replace

from api.speech import labels
from api.web.forms import NOT_WHOLE, OUT_OF_BOUNDS, TOO_FAR, Faults, Form, Limits, Misread, exact_period
from kernel.money import Money
from kernel.period import EARLIEST, LATEST, Period
from kernel.text import N_, whole_number

T = TypeVar("T", bound=msgspec.Struct)

CHOOSE = N_("Choose one of these.")
REFUSED = {
    "Expected `str` of length <=": N_("This is too long."),
    "Expected `array` of length <=": N_("This is too long."),
    "Expected `int`": OUT_OF_BOUNDS,
    "Invalid enum value": CHOOSE,
}
"""What is said beside a field, by how the library's own word for what is wrong begins."""


@cache
def limits_of(kind: type[msgspec.Struct]) -> Mapping[str, Limits]:
    """Return the limits of a struct's fields by name; those of a struct inside it as `home.text`.

    Within a struct that may be left out, nothing is required.
    """
    found: dict[str, Limits] = {}
    for field in _fields(kind):
        inner, nullable = _plain(field.type)
        needed = field.required and not nullable
        if isinstance(inner, kinds.StructType) and inner.cls not in READ:
            within = limits_of(inner.cls).items()
            found |= {f"{field.name}.{name}": replace(of, required=needed and of.required) for name, of in within}
        found[field.name] = _limits(inner, needed=needed)
    return found


def read_fields(form: Form, kind: type[msgspec.Struct], given: set[str]) -> dict[str, object]:
    """Return a command's fields as typed under their own names; those already `given` are left out.

    What was left empty is left out too, where the command allows it, and so is what no single field can hold (a place,
    a price); `Misread` names everything that cannot be read, or passes its field's limit.
    """
    found, faults = dict[str, object](), Faults()
    for field in _fields(kind):
        if field.name in given:
            continue
        inner, nullable = _plain(field.type)
        if isinstance(inner, kinds.StructType) and inner.cls not in READ:
            continue
        blank_means_nothing = nullable or isinstance(inner, kinds.StrType)
        sent = field.name in form.texts and not blank_means_nothing
        with faults:
            if type(inner) in BOXES or form.text(field.name) or sent or (field.required and not nullable):
                found[field.name] = _kept(kind, field.name, _typed(form, field.name, inner))
    faults.check()
    return found


def built(kind: type[T], fields: Mapping[str, object], beside: Mapping[str, str] | None = None) -> T:
    """Return a command of what was read, its limits checked; `Misread` at the field that passes one.

    `beside` names the form's field for a command's field called otherwise.
    """
    try:
        return msgspec.convert(dict(fields), kind)
    except msgspec.ValidationError as error:
        raise _misread(error, kind, beside or {}) from error


def read_form(form: Form, kind: type[T]) -> T:
    """Return what was typed of a struct, each field under its own name; `Misread` at what cannot be read or kept.

    What else the form holds was read before: what is filled in and read by nobody is refused.
    """
    typed = read_fields(form, kind, set())
    form.check_all_read()
    return built(kind, typed)


def read_query(query: Mapping[str, str], kind: type[T]) -> T:
    """Return what an address asks for, other words in it ignored; `Misread` names what cannot be read."""
    given = {field.name: _asked(field, query[field.name]) for field in _fields(kind) if query.get(field.name)}
    try:
        read = msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise _misread(error, kind, {}) from error
    for name, value in msgspec.structs.asdict(read).items():
        if isinstance(value, datetime) and not EARLIEST <= value <= LATEST:
            raise Misread({name: TOO_FAR})
    return read


def _asked(field: kinds.Field, text: str) -> object:
    """Return what an address says of a field, as strictly as JSON does; only a number has to be read from its text."""
    if not isinstance(_plain(field.type)[0], kinds.IntType):
        return text
    try:
        return whole_number(text)
    except ValueError as error:
        raise Misread({field.name: NOT_WHOLE}) from error


def _misread(error: msgspec.ValidationError, kind: type[msgspec.Struct], beside: Mapping[str, str]) -> Misread:
    """Return what is said beside which field of what could not be kept; the library says where only in its sentence.

    A field of a struct inside goes by its own name, one of a list by the list's.
    """
    found = re.search(r"`\$\.(?:\w+\.)*(\w+)", str(error))
    name = found[1] if found else ""
    return Misread({beside.get(name, name): _sentence(error, kind, name)})


def _kept(kind: type[msgspec.Struct], name: str, value: object) -> object:
    """Return what was typed in one field of a command; `Misread` when it passes the field's limit."""
    try:
        msgspec.convert(value, _hints(kind)[name])
    except msgspec.ValidationError as error:
        raise Misread({name: _sentence(error, kind, name)}) from error
    return value


@cache
def _hints(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _sentence(error: msgspec.ValidationError, kind: type[msgspec.Struct], name: str) -> str:
    said = next((said for begins, said in REFUSED.items() if str(error).startswith(begins)), None)
    return said or labels.WRONG[_format_of(kind, name)]


def _format_of(kind: type[msgspec.Struct], name: str) -> str:
    """Return the format a field's type names (`email`, `tel`), where there is a sentence about it."""
    types = (field.type for field in _fields(kind) if field.name == name)
    schema = next((of.extra_json_schema or {} for of in types if isinstance(of, kinds.Metadata)), {})
    return str(schema.get("format")) if schema.get("format") in labels.WRONG else ""


def _typed(form: Form, name: str, kind: kinds.Type) -> object:
    if isinstance(kind, kinds.StructType):
        return READ[kind.cls](form, name)
    if isinstance(kind, kinds.IntType):
        return form.whole(name, _limits(kind, needed=True))
    return BY_KIND.get(type(kind), _choice)(form, name)


def _choice(form: Form, name: str) -> str:
    value = form.text(name)
    if not value:
        raise Misread({name: CHOOSE})
    return value


READ: dict[type[Any], Callable[[Form, str], object]] = {
    Money: lambda form, name: form.money(name),
    Period: lambda form, _: exact_period(form),
}
"""How a value that is a struct is typed in one field, or in a pair that always goes by the same names."""

BY_KIND: dict[type[kinds.Type], Callable[[Form, str], object]] = {
    kinds.StrType: lambda form, name: form.needed(name),
    kinds.UUIDType: lambda form, name: form.uuid(name),
    kinds.BoolType: lambda form, name: form.ticked(name),
    kinds.DateType: lambda form, name: form.day(name),
    kinds.DateTimeType: lambda form, name: form.instant(name),
    kinds.VarTupleType: lambda form, name: tuple(form.texts_of(name)),
}

BOXES = (kinds.BoolType, kinds.VarTupleType)
"""What a browser sends nothing of when nothing is ticked."""


def _limits(kind: kinds.Type, *, needed: bool) -> Limits:
    match kind:
        case kinds.StrType(max_length=longest):
            return Limits(needed, longest)
        case kinds.IntType(ge=low, le=high):
            return Limits(needed, None, low, high)
        case kinds.BoolType() | kinds.VarTupleType():
            return Limits()
    return Limits(needed)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[kinds.Field, ...]:
    struct = kinds.type_info(kind)
    return struct.fields if isinstance(struct, kinds.StructType) else ()


def _plain(kind: kinds.Type) -> tuple[kinds.Type, bool]:
    """Return a field's type without what is written about it, and whether it may be null."""
    if isinstance(kind, kinds.Metadata):
        return _plain(kind.type)
    if isinstance(kind, kinds.UnionType):
        others = [other for other in kind.types if not isinstance(other, kinds.NoneType)]
        return _plain(others[0])[0], len(others) < len(kind.types)
    return kind, False
