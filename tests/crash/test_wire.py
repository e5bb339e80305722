"""What only a wire can carry: frames, parts and headers that no browser makes are the sender's fault, never ours."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.crash.server import Running, start
from tests.kit.databases import once

pytestmark = once

HOST = b"Host: localhost\r\nConnection: close\r\n"
SIZES = (b"+5", b"-5", b"0x12", b"", b"5 ;x", b"f" * 18, b"5\r", b"5_0", b"\xb2")
FIELD = b'Content-Disposition: form-data; name="email"\r\n'
PARTS = {
    "no text": FIELD + b"\r\n\xff\xfe",
    "no encoding": FIELD + b"Content-Type: text/plain; charset=klingon\r\n\r\nx",
    "no text encoding": FIELD + b"Content-Type: text/plain; charset=rot13\r\n\r\nx",
    "half of UTF-16": FIELD + b"Content-Type: text/plain; charset=utf-16\r\n\r\nabc",
    "a name of no letters": b'Content-Disposition: form-data; name="\xff"\r\n\r\nx',
    "no name": b"Content-Disposition: form-data\r\n\r\nx",
    "nothing said of it": b"\r\nx",
    "a file called nothing": b'Content-Disposition: form-data; name="a"; filename="\x00"\r\n\r\nx',
    "no JSON": FIELD + b"Content-Type: application/json\r\n\r\n{bad",
}
ASKED = {
    "no file's name": b"GET /static/%00 HTTP/1.1\r\n",
    "half a character said": b"GET / HTTP/1.1\r\nCookie: said=%5B%22%5Cud800%22%2C%22%22%5D\r\n",
    "a nested cookie": b"GET / HTTP/1.1\r\nCookie: said=" + b"%5B" * 1_000 + b"\r\n",
    "a cookie of no letters": b"GET / HTTP/1.1\r\nCookie: \xff\xfe=\x80; lang=\xff\r\n",
    "a path of no letters": b"GET /%ff%fe HTTP/1.1\r\n",
    "a language of no letters": b"GET / HTTP/1.1\r\nAccept-Language: \xff\xfe\r\n",
    "a port that is none": b"GET /sign-in HTTP/1.1\r\nHost: a:-f\r\n",
    "a port past the last, and no page": b"GET /nowhere HTTP/1.1\r\nHost: a:99999\r\n",
    "a port past the last, for a program": b"GET /api/nowhere HTTP/1.1\r\nHost: a:99999\r\n",
    "a host of no letters": b"GET /health HTTP/1.1\r\nHost: \xff\r\n",
    "no address to come from": b"GET /sign-in HTTP/1.1\r\nReferer: http://[x\r\n",
}


@pytest.fixture
def served(database_url: str) -> Iterator[Running]:
    running = start(database_url, time.time())
    yield running
    running.kill()


def answered(served: Running, sent: bytes) -> bytes:
    """Send this and return all that comes until the server hangs up."""
    address = urlsplit(served.address)
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=30) as wire:
        wire.sendall(sent)
        return b"".join(iter(lambda: wire.recv(65_536), b""))


def status(served: Running, sent: bytes) -> int:
    return int(answered(served, sent).split(b" ", 2)[1])


def posted(path: bytes, kind: bytes, body: bytes, framing: bytes = b"") -> bytes:
    framing = framing or b"Content-Length: %d" % len(body)
    return b"POST %s HTTP/1.1\r\n%sContent-Type: %s\r\n%s\r\n\r\n%s" % (path, HOST, kind, framing, body)


def test_nothing_on_the_wire_breaks_anything(served: Running) -> None:
    seen = {
        f"{kind!r} in chunks of {size!r}": status(
            served, posted(path, kind, size + b"\r\nemail\r\n0\r\n\r\n", b"Transfer-Encoding: chunked")
        )
        for size in SIZES
        for path, kind in (
            (b"/sign-in-links", b"application/x-www-form-urlencoded"),
            (b"/api/sign-in-links", b"application/json"),
        )
    }
    for name, part in PARTS.items():
        body = b"--x\r\n" + part + b"\r\n--x--\r\n"
        seen[name] = status(served, posted(b"/sign-in-links", b"multipart/form-data; boundary=x", body))
    for kind in (b"multipart/form-data", b"application/x-www-form-urlencoded; charset=klingon", b""):
        seen[repr(kind)] = status(served, posted(b"/sign-in-links", kind, b"email=%ff&=&&a=\xff"))
    for name, asked in ASKED.items():
        seen[name] = status(served, asked + HOST + b"\r\n")
    assert {name: told for name, told in seen.items() if told >= 500} == {}
    assert {told for name, told in seen.items() if name in PARTS} <= {400, 403}  # 403: a form without its token
    assert status(served, b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n") == 200


@pytest.mark.parametrize("path", [b"/sign-in", b"/api/problems", b"/nowhere", b"/static/app.css"])
def test_who_asks_for_the_head_gets_no_body(served: Running, path: bytes) -> None:
    whole, head = (
        answered(served, b"%s %s HTTP/1.1\r\n" % (method, path) + HOST + b"\r\n") for method in (b"GET", b"HEAD")
    )
    assert head.split(b"\r\n")[0] == whole.split(b"\r\n")[0]
    assert head.partition(b"\r\n\r\n")[2] == b""
    assert whole.partition(b"\r\n\r\n")[2] != b""


@pytest.fixture
def impatient(database_url: str) -> Iterator[Running]:
    running = start(database_url, time.time(), patience=0.2)
    yield running
    running.kill()


@pytest.mark.parametrize("come", [b"", b"email", b"5\r\nemail\r\n"], ids=["nothing", "a little", "a chunk"])
def test_a_body_that_does_not_come_is_dropped_and_so_is_the_line(impatient: Running, come: bytes) -> None:
    framing = b"Transfer-Encoding: chunked" if come.startswith(b"5") else b"Content-Length: 100"
    for path, kind in (
        (b"/sign-in-links", b"application/x-www-form-urlencoded"),
        (b"/api/sign-in-links", b"application/json"),
    ):
        lasting = HOST.replace(b"Connection: close", b"Accept-Language: en")
        head = b"POST %s HTTP/1.1\r\n%sContent-Type: %s\r\n%s\r\n\r\n" % (path, lasting, kind, framing)
        answer = answered(impatient, head + come)  # it ends only where the server hangs up
        assert answer.split(b" ", 2)[1] == b"408", path
        assert b"took too long" in answer
