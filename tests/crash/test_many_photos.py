"""Photos sent to a real server by many at once, large and hostile ones: its memory stays small, all else goes on."""

import io
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psutil
import pytest
from PIL import Image

from api.receiving import LARGEST_TEXT
from people.pictures import LARGEST_PHOTO, MOST_PIXELS, MOST_PIXELS_COPIED
from tests.crash.server import Running, eventually, settled, start
from tests.kit.databases import once
from tests.kit.pictures import write
from tests.kit.scale import PHOTO_SENDERS
from tests.kit.village import COOP, Rows
from tests.places.conftest import village_rows

__all__ = ["village_rows"]

pytestmark = once

MOST_MEGABYTES = 300
PHOTOS = f"/api/coops/{COOP}/photos"


@pytest.fixture
def tokens(database_url: str, village_rows: Rows) -> list[str]:
    return settled(database_url, village_rows)


@pytest.fixture
def served(database_url: str, tokens: list[str]) -> Iterator[Running]:
    assert tokens
    running = start(database_url, time.time())
    yield running
    running.kill()


def picture(kind: str, mode: str, pixels: int, **how: Any) -> bytes:
    """Return a picture as large as is read, with enough behind it to be as long as a body may be."""
    side = int(pixels**0.5)
    content = io.BytesIO()
    write(Image.new(mode, (side, side)), content, kind, **how)
    return content.getvalue().ljust(LARGEST_PHOTO, b"\0")


def costliest() -> list[bytes]:
    """Return, of each kind, the picture that takes most memory."""
    return [
        picture("JPEG", "RGB", 12_000_000),
        picture("JPEG", "CMYK", MOST_PIXELS["JPEG"], progressive=True),
        picture("PNG", "RGBA", MOST_PIXELS["PNG"]),
        picture("WEBP", "RGBA", MOST_PIXELS_COPIED, method=0),
        picture("AVIF", "RGBA", MOST_PIXELS_COPIED, speed=10),
        picture("HEIF", "RGB", MOST_PIXELS["HEIF"]),
        picture("HEIF", "RGBA", MOST_PIXELS_COPIED, chroma=444),
    ]


def send(served: Running, token: str, content: bytes) -> int:
    headers = {"authorization": f"Bearer {token}", "idempotency-key": str(uuid4())}
    return httpx.post(f"{served.address}{PHOTOS}", content=content, headers=headers, timeout=120).status_code


def workers(served: Running) -> list[psutil.Process]:
    return [psutil.Process(served.process.pid), *psutil.Process(served.process.pid).children(recursive=True)]


def most_megabytes(served: Running) -> int:
    """Return the most memory that a process of the server ever held."""
    said = (Path(f"/proc/{each.pid}/status").read_text() for each in workers(served))
    return max(int(text.split("VmHWM:")[1].split()[0]) for text in said) // 1_000


def nameless(served: Running) -> set[str]:
    """Return the files without a name that a server holds: photos on their way in, and what was there before."""
    found = (fd for each in workers(served) for fd in Path(f"/proc/{each.pid}/fd").iterdir())
    return {target for fd in found if "(deleted)" in (target := _target(fd))}


def _target(fd: Path) -> str:
    try:
        return str(fd.readlink())
    except FileNotFoundError:  # closed meanwhile
        return ""


def test_many_send_their_largest_photos_at_once(served: Running, tokens: list[str]) -> None:
    photos, before = costliest(), nameless(served)
    with ThreadPoolExecutor(PHOTO_SENDERS) as pool:
        some = islice(zip(cycle(tokens), cycle(photos), strict=False), PHOTO_SENDERS)
        sent = [pool.submit(send, served, *each) for each in some]
        while not all(each.done() for each in sent):
            assert httpx.get(f"{served.address}/health", timeout=30).status_code == 200
    answers = [each.result() for each in sent]
    assert 201 in answers
    assert {*answers} <= {201, 503}
    assert most_megabytes(served) < MOST_MEGABYTES
    eventually(lambda: nameless(served) <= before, "files of photos are left over")


def test_pictures_that_unpack_to_millions_of_pixels_cost_nothing(served: Running, tokens: list[str]) -> None:
    bomb = io.BytesIO()
    Image.new("RGBA", (7_700, 7_700)).save(bomb, "PNG")
    before = most_megabytes(served)
    assert [send(served, token, bomb.getvalue()) for token in tokens[:4]] == [409] * 4
    assert most_megabytes(served) < before + 40


def test_texts_and_forms_that_grow_in_memory_are_refused_and_forgotten(served: Running) -> None:
    """What no photo is may not be long, and the web framework keeps no form that it has read."""
    large = b"a=" + b"b" * (LARGEST_PHOTO - 2)
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + large[:-200] + b"\r\n--x--\r\n"
    many = b"a=b&" * (LARGEST_TEXT // 4)
    kinds = {"application/x-www-form-urlencoded": large, "multipart/form-data; boundary=x": part}
    with httpx.Client(base_url=served.address, timeout=30) as client:
        for _ in range(5):
            for kind, content in kinds.items():
                assert client.post("/sign-in-links", content=content, headers={"content-type": kind}).status_code == 413
        for number in range(50):
            headers = {"content-type": "application/x-www-form-urlencoded"}
            content = many + str(number).encode()
            assert client.post("/sign-in-links", content=content, headers=headers).status_code == 413
    assert most_megabytes(served) < MOST_MEGABYTES


def test_who_breaks_off_leaves_no_file_behind(served: Running, tokens: list[str]) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    before = nameless(served)
    half, whole = part + bytes(LARGEST_PHOTO // 2), LARGEST_PHOTO - 1
    signed = f"Authorization: Bearer {tokens[0]}\r\nIdempotency-Key: {uuid4()}"
    kinds = {PHOTOS: signed, f"/coops/{COOP}/expenses": "Content-Type: multipart/form-data; boundary=x"}
    for path, headers in kinds.items():
        begins = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\nContent-Length: {whole}\r\n\r\n"
        address = urlsplit(served.address)
        with socket.create_connection((str(address.hostname), address.port or 0), timeout=30) as wire:
            wire.sendall(begins.encode() + half)
            eventually(lambda: bool(nameless(served) - before), "half a photo lies nowhere on the disk")
        eventually(lambda: nameless(served) <= before, f"half a photo is left over of {path}")
