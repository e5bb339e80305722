"""Sixteen clients on keep-alive connections: the least a client can do, so that the server is what is measured."""

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

CLIENTS = 16

Request = Callable[[int], bytes]


class Measured(NamedTuple):
    """Answers a second, latencies in seconds, how many had not the status expected, and the last one's bytes."""

    rate: float
    latencies: list[float]
    refused: int
    answer_bytes: int


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return an HTTP/1.1 request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def hammer(port: int, make: Request, seconds: float, status: int, clients: int = CLIENTS) -> Measured:
    """Let all clients ask as fast as they are answered for `seconds`; request n is `make(n)`."""
    return asyncio.run(_hammer(port, make, seconds, status, clients))


def together(rounds: list[Measured]) -> Measured:
    """Return several rounds as one."""
    latencies = [latency for measured in rounds for latency in measured.latencies]
    rate = sum(measured.rate for measured in rounds) / len(rounds)
    return Measured(rate, latencies, sum(measured.refused for measured in rounds), rounds[-1].answer_bytes)


async def _hammer(port: int, make: Request, seconds: float, status: int, clients: int) -> Measured:
    latencies: list[float] = []
    numbers, tally = count(), [0, 0]
    until = time.perf_counter() + seconds
    started = time.perf_counter()
    await asyncio.gather(*(_client(port, make, until, status, numbers, latencies, tally) for _ in range(clients)))
    return Measured(len(latencies) / (time.perf_counter() - started), latencies, *tally)


async def _client(
    port: int,
    make: Request,
    until: float,
    status: int,
    numbers: Iterator[int],
    latencies: list[float],
    tally: list[int],
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    expected = f" {status} ".encode()
    while time.perf_counter() < until:
        asked = time.perf_counter()
        writer.write(make(next(numbers)))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        latencies.append(time.perf_counter() - asked)
        tally[0] += expected not in head[:16]
        tally[1] = length
    writer.close()
