"""A request's body on its way in: photos are laid on the disk, texts are held in memory and may not be long.

What of it cannot be read is the sender's fault, not ours.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import FormMultiDict, MultiDict, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, InternalServerException
from litestar.status_codes import HTTP_408_REQUEST_TIMEOUT, HTTP_413_REQUEST_ENTITY_TOO_LARGE
from litestar.types import Empty
from litestar.utils.scope.state import ScopeState
from multipart import MultipartSegment, ParserError, PushMultipartParser

from people.pictures import LARGEST_PHOTO

MOST_PHOTOS = 3  # in one form, each as large as it may be
LARGEST_TEXT = 1_000_000  # bytes of all else: an expense shared by thousands fits
LARGEST_FORM = MOST_PHOTOS * LARGEST_PHOTO + LARGEST_TEXT
IN_MEMORY = 65_536  # bytes of a photo: what is larger lies on the disk
MOST_FIELDS = 1_000

Fields = list[tuple[str, Any]]


class TooLarge(ClientException):
    """More was sent than is taken."""

    status_code = HTTP_413_REQUEST_ENTITY_TOO_LARGE


class TooSlow(ClientException):
    """It did not come in time."""

    status_code = HTTP_408_REQUEST_TIMEOUT


class Received(Request[Any, Any, Any]):
    """A request as it came. Its files are closed with it."""

    patience_seconds: ClassVar[float] = 20  # before a body that has not begun to come is dropped
    slowest: ClassVar[int] = 4_000  # bytes a second from then on: a photo on the worst of networks

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """Give the body; a `ClientException` (400) when it breaks off, or its chunks are framed wrongly.

        `TooSlow` when it trickles: who holds a thousand lines open for nothing holds them for a moment.
        """
        chunks, until = super().stream(), asyncio.get_running_loop().time() + self.patience_seconds
        try:
            while chunk := await _in_time(chunks, until):
                yield chunk
                until += len(chunk) / self.slowest
        except InternalServerException as error:
            raise ClientException from error
        except TimeoutError as error:
            raise TooSlow from error

    async def form(self) -> FormMultiDict:
        """Return the form; a `ClientException` (400) when a part of it is no text, or in no known encoding.

        It is read here, for the web framework's own reading keeps a thousand forms in memory, and parts of any length.
        """
        kept = ScopeState.from_scope(self.scope)
        if kept.form is not Empty:
            return FormMultiDict.from_form_data(kept.form)
        try:
            form: dict[str, Any] = MultiDict(await self._fields()).dict()
        except (UnicodeDecodeError, LookupError, ParserError) as error:
            raise ClientException from error
        except ValueError as error:  # too many of them
            raise TooLarge from error
        kept.form = form
        return FormMultiDict.from_form_data(form)

    async def photo(self) -> UploadFile:
        """Return the whole body, laid on the disk."""
        async with AsyncExitStack() as unless_whole:
            sent = _file("", unless_whole)
            async for chunk in self.stream():
                await sent.write(chunk)
            await sent.seek(0)
            unless_whole.pop_all()
        ScopeState.from_scope(self.scope).form = {"photo": sent}  # to be closed with it
        return sent

    async def _fields(self) -> Fields:
        kind, options = self.content_type
        if kind == RequestEncodingType.URL_ENCODED:
            body = bytearray()
            async for chunk in self.stream():
                body += chunk
                if len(body) > LARGEST_TEXT:
                    raise TooLarge
            return parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        return await self._parts(options.get("boundary", "")) if kind == RequestEncodingType.MULTI_PART else []

    async def _parts(self, boundary: str) -> Fields:
        found: list[tuple[MultipartSegment, Any]] = []
        left = LARGEST_TEXT
        async with AsyncExitStack() as unless_whole:
            with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
                async for chunk in self.stream():
                    for piece in parser.parse(chunk):
                        if isinstance(piece, MultipartSegment):
                            kept = _file(piece.filename, unless_whole) if piece.filename else bytearray()
                            found.append((piece, kept))
                        elif piece and isinstance(file := found[-1][1], UploadFile):
                            await _lay(file, piece)
                        elif piece:
                            found[-1][1].extend(piece)
                            left -= len(piece)
                    if left < 0:
                        raise TooLarge
                    if parser.closed:
                        break
            fields = [(part.name, await _read(part, content)) for part, content in found]
            unless_whole.pop_all()
        return fields


async def _in_time(chunks: AsyncGenerator[bytes, None], until: float) -> bytes:
    """Return the next chunk, empty after the last; `TimeoutError` when it has not come by an hour of the loop's."""
    async with asyncio.timeout_at(until):
        return await anext(chunks, b"")


def _file(name: str, unless_whole: AsyncExitStack) -> UploadFile:
    """Return a file to be filled, closed unless all of it comes."""
    file = UploadFile("application/octet-stream", name, max_spool_size=IN_MEMORY)
    unless_whole.push_async_callback(file.close)
    return file


async def _lay(file: UploadFile, piece: bytes | bytearray) -> None:
    """Lay a piece of a photo on the disk; of one that is too large no more than shows it, to be said beside its field.

    What else the form holds is read on, and kept.
    """
    room = LARGEST_PHOTO + 1 - file.file.tell()
    if room > 0:
        await file.write(piece[:room])


async def _read(part: MultipartSegment, content: Any) -> Any:
    """Return a part's file from its beginning, or its text."""
    if isinstance(content, UploadFile):
        await content.seek(0)
        return content
    return content.decode(part.charset or "utf-8")
