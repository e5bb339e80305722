"""Plausible JSON bodies for any command, and where in them each field stands, found from the command's own type."""

import copy
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect as kinds

from api.web.routes import Described
from tests.kit.village import NOW

Place = tuple[str | int, ...]

KINDS: dict[type[kinds.Type], str] = {
    kinds.IntType: "int",
    kinds.StrType: "str",
    kinds.BoolType: "bool",
    kinds.UUIDType: "uuid",
    kinds.DateTimeType: "instant",
    kinds.DateType: "day",
    kinds.VarTupleType: "list",
    kinds.ListType: "list",
    kinds.StructType: "struct",
    kinds.DictType: "dict",
    kinds.EnumType: "choice",
    kinds.LiteralType: "choice",
    kinds.DecimalType: "decimal",
}

SIMPLE = {kinds.BoolType: False, kinds.DecimalType: "0.30", kinds.DateType: NOW.date().isoformat()}
TEXTS = {"currency": "EUR", "latitude": "48.5", "longitude": "5.5", "iban": "FR7630006000011234567890189"}


def fields_of(described: Described) -> Iterator[tuple[Place, str, bool]]:
    """Give every field of a write's body, however deep: where it stands, its kind, whether it may be null."""
    yield from _inside(kinds.type_info(described.body), ())


def body_for(described: Described, ids: dict[str, str]) -> dict[str, Any]:
    """Return a body that can be read, with real ids by the names of the fields: the example, where there is one."""
    if described.example is None:
        return whole_body(described, ids)
    example: dict[str, Any] = _with_ids(msgspec.to_builtins(described.example), "", ids)
    return example


def whole_body(described: Described, ids: dict[str, str]) -> dict[str, Any]:
    """Return a body with every field there is, as deep as they go."""
    made: dict[str, Any] = _made(kinds.type_info(described.body), "", ids)
    return made


def with_value(body: dict[str, Any], place: Place, value: object, whole: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a body with one value put somewhere; what is missing around it comes from the `whole` body."""
    changed = copy.deepcopy(body)
    here: Any = changed
    there: Any = whole
    for step in place[:-1]:
        there = there[step]
        if not here[step] if isinstance(step, int) and here else step not in here or not here[step]:
            here[step] = copy.deepcopy(there)
        here = here[step]
    here[place[-1]] = value
    return changed


def _with_ids(value: Any, name: str, ids: dict[str, str]) -> Any:
    match value:
        case dict() if any(_is_id(key) for key in value):
            return {ids["member_id"]: next(iter(value.values()))}
        case dict():
            return {key: _with_ids(inner, key, ids) for key, inner in value.items()}
        case list():
            return [_with_ids(inner, name, ids) for inner in value]
        case str() if _is_id(value):
            return ids.get(name) or ids["member_id"]
    return value


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _inside(kind: kinds.Type, place: Place) -> Iterator[tuple[Place, str, bool]]:
    for field in kind.fields if isinstance(kind, kinds.StructType) else ():
        inner, nullable = _plain(field.type)
        here = (*place, field.encode_name)
        if type(inner) in KINDS:
            yield here, KINDS[type(inner)], nullable
        yield from _inside(inner, here)
        if isinstance(inner, kinds.VarTupleType | kinds.ListType):
            yield from _inside(_plain(inner.item_type)[0], (*here, 0))


def _plain(kind: kinds.Type) -> tuple[kinds.Type, bool]:
    if isinstance(kind, kinds.Metadata):
        return _plain(kind.type)
    if isinstance(kind, kinds.UnionType):
        others = [each for each in kind.types if not isinstance(each, kinds.NoneType)]
        return _plain(others[0])[0], len(others) < len(kind.types)
    return kind, False


def _made(kind: kinds.Type, name: str, ids: dict[str, str]) -> Any:
    kind, _ = _plain(kind)
    match kind:
        case kinds.StructType(fields=fields):
            return {each.encode_name: _made(each.type, each.encode_name, ids) for each in fields}
        case kinds.VarTupleType(item_type=item) | kinds.ListType(item_type=item):
            return [_made(item, name, ids)]
        case kinds.DictType(key_type=key, value_type=value):
            return {_made(key, "", ids): _made(value, "", ids)}
        case kinds.UUIDType():
            return ids.get(name) or ids["member_id"]
    return TEXTS.get(name, "texte") if isinstance(kind, kinds.StrType) else _simple(kind, name)


def _simple(kind: kinds.Type, name: str) -> Any:
    match kind:
        case kinds.IntType(ge=low):
            return low or 0
        case kinds.DateTimeType():
            return (NOW + timedelta(days=3, hours=name == "end")).isoformat()
        case kinds.EnumType(cls=cls):
            return next(iter(cls)).value
        case kinds.LiteralType(values=values):
            return values[0]
    return SIMPLE[type(kind)]
