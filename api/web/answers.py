"""What a route may answer, before it is put on the wire."""

from collections.abc import Mapping
from typing import Any

import msgspec


class Page(msgspec.Struct, frozen=True):
    """A page: its template and what it shows. `mine` pages are kept on the phone for when there is no network."""

    template: str
    shows: Mapping[str, Any] = {}
    status: int = 200
    mine: bool = False


class Go(msgspec.Struct, frozen=True):
    """Done: go and look at `to`, where `said` (an English sentence) and an undo are shown once.

    `cookies` are set for a year, or taken away when empty.
    """

    to: str
    said: str = ""
    undo: str = ""
    cookies: Mapping[str, str] = {}


class Content(msgspec.Struct, frozen=True):
    """Bytes of their own kind: a photo, an export, a QR code."""

    content: bytes
    media_type: str
    filename: str = ""


class Json(msgspec.Struct, frozen=True):
    """A value for a program."""

    value: Any
    status: int = 200


Answer = Page | Go | Content | Json
