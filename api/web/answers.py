"""What a route may answer, before it is put on the wire."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Any, ClassVar

import msgspec

HELD_IN_MEMORY = 1_000_000  # bytes of a file to take away


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows: answers, and the furniture around them. Its template names its fields and properties."""

    template: ClassVar[str]

    def shown(self) -> dict[str, Any]:
        """Return what the template may name: each field, and each property that follows from them."""
        return {name: getattr(self, name) for name in names_of(type(self))}


@cache
def names_of(view: type[View]) -> tuple[str, ...]:
    """Return what a view's template may name."""
    return (*view.__struct_fields__, *(name for name, known in vars(view).items() if isinstance(known, property)))


class MeantInstead(msgspec.Struct, frozen=True):
    """What may have been meant: the form's field, the number it would send, and what its button says."""

    field: str
    number: int
    said: str


class ReadBack(msgspec.Struct, frozen=True):
    """A number that looks odd: in which field it was typed, in which it is repeated, what may have been meant instead.

    `kept` are the fields that repeat what was confirmed before.
    """

    field: str
    number: int
    repeated_as: str
    instead: MeantInstead | None
    kept: Mapping[str, str] = {}


class Refusal(msgspec.Struct, frozen=True):
    """What a page says of something that could not be done or read: a sentence, and one beside each field concerned.

    What looks odd is `read_back`, to be corrected or confirmed. `instead` is what fields hold, other than typed.
    """

    sentence: str
    errors: Mapping[str, str] = {}
    instead: Mapping[str, str] = {}
    read_back: ReadBack | None = None


class Page(msgspec.Struct, frozen=True):
    """A page: its view. `mine` pages are kept on the phone for when there is no network.

    `refused` is what the page itself could not read of its own address; the rest is shown as usual. `keeps` are cookies
    that her browser remembers something of it by for a year, or forgets it by when empty.
    """

    view: View
    status: int = 200
    mine: bool = False
    refused: Refusal | None = None
    keeps: Mapping[str, str] = {}


class Go(msgspec.Struct, frozen=True):
    """Done: go and look at `to`, where `said` (an English sentence) and an undo, until when, are shown once.

    `cookies` are set for a year, or taken away when empty. `forgets` lets the browser forget the pages it kept.
    """

    to: str
    said: str = ""
    undo: str = ""
    undo_until: datetime | None = None
    cookies: Mapping[str, str] = {}
    forgets: bool = False


class Moved(msgspec.Struct, frozen=True):
    """The page is at another address, for good."""

    to: str


class Content(msgspec.Struct, frozen=True):
    """Bytes of their own kind: a photo, an export, a QR code."""

    content: bytes
    media_type: str
    filename: str = ""


class Streamed(msgspec.Struct, frozen=True):
    """A text of any length, as a file to take away: sent a part at a time."""

    content: IO[bytes]
    media_type: str
    filename: str


def written(lines: Iterable[str]) -> IO[bytes]:
    """Return a file that holds these lines, in memory while it is small: nobody's slow network holds the database."""
    file = SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115 - it is read, then gone, once it is sent
    for line in lines:
        file.write(line.encode())
    file.seek(0)
    return file


class Json(msgspec.Struct, frozen=True):
    """A value for a program."""

    value: Any
    status: int = 200


Answer = Page | Go | Moved | Content | Streamed | Json
