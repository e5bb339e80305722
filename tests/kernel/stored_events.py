"""The promise made to stored events: every name, its fields, and a sample that must always decode.

    python -m tests.kernel.stored_events          writes the list again and adds a sample for each new name
    python -m tests.kernel.stored_events --anew   makes every sample anew: only before the first release

To be run on purpose, never by a test: a line that changes by itself is a past that can no longer be read.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from kernel.event import Event, event_classes
from kernel.period import Period

CONTEXTS = ("fleet", "booking", "ledger", "governance", "territory")
HERE = Path(__file__).parent
LIST = HERE / "stored_events.txt"
SAMPLES = HERE / "stored_samples.jsonl"

AN_ID = "0190a5f0-7c1e-7d3a-9f00-5a1b2c3d4e5f"
AN_INSTANT = "2026-11-02T12:00:00.000001Z"
_PERIOD = {"start": "2026-11-02T18:00:00Z", "end": "2026-11-02T20:00:00Z"}
_PLAIN: dict[type[inspect.Type], tuple[str, Any]] = {
    inspect.UUIDType: ("UUID", AN_ID),
    inspect.StrType: ("str", "Clio à Die"),
    inspect.IntType: ("int", 42),
    inspect.BoolType: ("bool", True),
    inspect.DateTimeType: ("datetime", AN_INSTANT),
    inspect.DateType: ("date", "2026-11-02"),
    inspect.TimeType: ("time", "18:00:00"),
    inspect.DecimalType: ("Decimal", "0.30"),
    inspect.BytesType: ("bytes", "c2VhbGVk"),
    inspect.NoneType: ("None", None),
}


def stored_classes() -> dict[str, type[Event]]:
    """Return every event of every context by stored name, the tests' own left out."""
    for context in CONTEXTS:
        for module in sorted(Path(importlib.import_module(context).__path__[0]).rglob("events.py")):
            importlib.import_module(".".join((context, *module.relative_to(HERE.parents[1] / context).parts))[:-3])
    return {name: cls for name, cls in sorted(event_classes().items()) if not name.startswith("tests.")}


def shape(kind: inspect.Type) -> str:
    """Return a type written out to its last field, nested values included; `TypeError` for one that has no place."""
    match kind:
        case inspect.StructType() | inspect.DataclassType() | inspect.NamedTupleType() | inspect.TypedDictType():
            tag = f"{kind.tag}: " if isinstance(kind, inspect.StructType) and kind.tag is not None else ""
            fields = ", ".join(f"{field.encode_name}: {shape(field.type)}" for field in kind.fields)
            return f"{kind.cls.__name__}({tag}{fields})"
        case inspect.UnionType():
            return " | ".join(shape(one) for one in kind.types)
        case inspect.VarTupleType() | inspect.FrozenSetType():
            return f"({shape(kind.item_type)}, ...)"
        case inspect.TupleType():
            return f"({', '.join(shape(item) for item in kind.item_types)})"
        case inspect.DictType():
            return f"{{{shape(kind.key_type)}: {shape(kind.value_type)}}}"
        case inspect.LiteralType():
            return " | ".join(sorted(repr(value) for value in kind.values))
        case inspect.EnumType():
            return " | ".join(repr(member.value) for member in kind.cls)
        case _ if type(kind) in _PLAIN:
            return _PLAIN[type(kind)][0]
    raise TypeError(f"{kind} has no place in an event")


def sample(kind: inspect.Type) -> Any:
    """Return a value of a type as JSON holds it."""
    match kind:
        case inspect.StructType():
            if kind.cls is Period:
                return _PERIOD
            tag = {kind.tag_field: kind.tag} if kind.tag_field else {}
            return tag | {field.encode_name: sample(field.type) for field in kind.fields}
        case inspect.UnionType():
            return sample(next(one for one in kind.types if not isinstance(one, inspect.NoneType)))
        case inspect.VarTupleType() | inspect.FrozenSetType():
            return [sample(kind.item_type)]
        case inspect.TupleType():
            return [sample(item) for item in kind.item_types]
        case inspect.DictType():
            return {sample(kind.key_type): sample(kind.value_type)}
        case inspect.LiteralType():
            return min(kind.values, key=str)
        case inspect.EnumType():
            return next(iter(kind.cls)).value
        case _:
            return _PLAIN[type(kind)][1]


def listed() -> str:
    """Return the list of all stored names with their fields, one a line."""
    return "".join(f"{name}  {shape(inspect.type_info(cls))}\n" for name, cls in stored_classes().items())


def stored_sample(cls: type[Event]) -> bytes:
    """Return the stored state of one event of a class."""
    envelope = {
        "coop_id": AN_ID,
        "by": AN_ID,
        "command_id": AN_ID,
        "effective_at": AN_INSTANT,
        "recorded_at": AN_INSTANT,
        "event": sample(inspect.type_info(cls)),
    }
    return msgspec.json.encode(envelope)


def samples() -> dict[str, bytes]:
    """Return the kept samples: stored state by stored name."""
    lines = SAMPLES.read_bytes().splitlines() if SAMPLES.exists() else []
    kept = [msgspec.json.decode(line, type=tuple[str, msgspec.Raw]) for line in lines]
    return {name: bytes(state) for name, state in kept}


def write(*, anew: bool) -> None:
    """Write both files."""
    kept = {} if anew else samples()
    fresh = {name: stored_sample(cls) for name, cls in stored_classes().items() if name not in kept}
    LIST.write_text(listed())
    SAMPLES.write_bytes(
        b"".join(b"[%b,%b]\n" % (msgspec.json.encode(name), state) for name, state in sorted((kept | fresh).items()))
    )


if __name__ == "__main__":
    write(anew="--anew" in sys.argv)
