"""A reader who reads the log from its end sees every event, in order, whatever others are writing."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from sqlalchemy import Engine

from kernel.log.recorder import Log
from kernel.log.verify import verify

WRITERS = {1: 60, 3: 30, 10: 12, 25: 6}  # how many events at once, how many times
TOTAL = sum(size * times for size, times in WRITERS.items())


def write(engine: Engine, size: int, times: int) -> None:
    log, coop, stream, versions = Log(engine), UUID(int=size % 2), uuid4(), count(1)
    for _ in range(times):
        batch = [StoredEvent(stream, version, "tests.Written", b"{}") for version in islice(versions, size)]
        log.insert_events(batch, coop_id=coop)


def read(engine: Engine, writing: threading.Event) -> list[int]:
    log = Log(engine)
    positions: list[int] = []
    while len(positions) < TOTAL:
        over = not writing.is_set()
        last = positions[-1] if positions else 0
        new = log.select_notifications(last + 1, 40)
        if over and not new:
            break
        positions += [stored.id for stored in new]
    return positions


def test_a_tailing_reader_finds_no_gap_behind_writers_of_different_batches(engine: Engine) -> None:
    writing = threading.Event()
    writing.set()
    with ThreadPoolExecutor(len(WRITERS) + 1) as pool:
        reading = pool.submit(read, engine, writing)
        for written in [pool.submit(write, engine, size, times) for size, times in WRITERS.items()]:
            written.result()
        writing.clear()
    assert reading.result() == list(range(1, TOTAL + 1))
    assert verify(engine).faults == ()
