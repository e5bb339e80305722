"""What a route may answer, before it is put on the wire."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

import msgspec


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


class Refusal(msgspec.Struct, frozen=True):
    """What a page says of something that could not be done or read: a sentence, and one beside each field concerned."""

    sentence: str
    errors: Mapping[str, str] = {}


class Page(msgspec.Struct, frozen=True):
    """A page: its view. `mine` pages are kept on the phone for when there is no network.

    `refused` is what the page itself could not read of its own address; the rest is shown as usual.
    """

    view: View
    status: int = 200
    mine: bool = False
    refused: Refusal | None = None


class Go(msgspec.Struct, frozen=True):
    """Done: go and look at `to`, where `said` (an English sentence) and an undo are shown once.

    `cookies` are set for a year, or taken away when empty. `forgets` lets the browser forget the pages it kept.
    """

    to: str
    said: str = ""
    undo: str = ""
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


class Json(msgspec.Struct, frozen=True):
    """A value for a program."""

    value: Any
    status: int = 200


Answer = Page | Go | Moved | Content | Json
