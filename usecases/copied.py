"""Making an answer of a row, or one command of another: what bears the same name is taken over."""

from typing import TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


def copied(source: object, kind: type[T], **given: object) -> T:
    """Return a `kind` of what `source` holds under the names of its fields, and of what is `given` instead."""
    taken = {name: getattr(source, name) for name in kind.__struct_fields__ if name not in given}
    return kind(**taken, **given)
