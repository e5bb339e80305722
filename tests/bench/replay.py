"""Rebuilding the read models beside only reading and decoding the same events; the demo's longest stream."""

import time
from statistics import median

from sqlalchemy import func, select

from api.site import Site
from kernel.log.mapper import EventMapper
from kernel.log.rebuild import BATCH, rebuild
from kernel.log.recorder import events
from processes import PROJECTIONS
from tests.bench.figures import Figure
from tests.bench.world import settings

LONGEST = 200
ROUNDS = 5


def measure_rebuild(database: str, url: str) -> list[Figure]:
    """Return the events rebuilt in a second, as a ratio to those read and decoded."""
    site = Site(settings(url))
    rounds = [(_read(site), _rebuild(site)) for _ in range(ROUNDS)]  # by turns, for the machine's own pace changes
    site.engine.dispose()
    count = rounds[0][0][1]
    read, rebuilt = median(measured[0][0] for measured in rounds), median(measured[1] for measured in rounds)
    figure = Figure(
        what=f"rebuild, the demo's {count} events",
        database=database,
        measured=f"{count / rebuilt:.0f} events/s",
        baseline=f"{count / read:.0f} events/s read and decoded",
        ratio=read / rebuilt,
        reach=1 / 4,
        better="more",
    )
    return [figure]


def measure_longest(database: str, url: str) -> list[Figure]:
    """Return the length of the longest stream."""
    site = Site(settings(url))
    with site.reading() as connection:
        longest = connection.execute(select(func.max(events.c.version))).scalar_one()
    site.engine.dispose()
    figure = Figure(
        what="longest aggregate after 18 months of the demo",
        database=database,
        measured=f"{longest} events",
        baseline=f"{LONGEST} events",
        ratio=longest / LONGEST,
        reach=1,
        better="less",
    )
    return [figure]


def _rebuild(site: Site) -> float:
    started = time.perf_counter()
    rebuild(site.engine, PROJECTIONS)
    return time.perf_counter() - started


def _read(site: Site) -> tuple[float, int]:
    mapper, position, count = EventMapper(), 0, 0
    started = time.perf_counter()
    while stored := site.history.log.select_notifications(position + 1, BATCH):
        count += len([mapper.to_domain_event(event) for event in stored])
        position = stored[-1].id
    return time.perf_counter() - started, count
