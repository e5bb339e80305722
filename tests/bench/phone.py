"""The first view on a phone with a bad network, and the memory of the process that serves it."""

import time
from typing import Any

import psutil

from tests.bench.figures import Figure
from tests.bench.load import hammer, request
from tests.bench.server import PRODUCT, serving
from tests.journeys.chromium import browsing, path_of_chromium

BITS_A_SECOND, LATENCY_MS = 400_000, 300
MOST_BYTES, MOST_REQUESTS, MOST_SECONDS = 30_000, 5, 2.0
MEMORY = 2.5


def measure_first_view(database: str, url: str, path: str, cookies: dict[str, str]) -> list[Figure]:
    """Return bytes, requests and seconds of a first view of `path`, with nothing kept from before."""
    if path_of_chromium() is None:
        return []
    with serving(PRODUCT, url) as (port, _), browsing() as browser:
        seen = _view(browser, f"http://127.0.0.1:{port}", path, cookies)
    rows = (
        ("first view, compressed", f"{seen['bytes'] / 1000:.1f} kB", seen["bytes"], MOST_BYTES, "30 kB"),
        ("first view, requests", f"{seen['requests']}", seen["requests"], MOST_REQUESTS, "5"),
        ("first view at 400 kbit/s, 300 ms", f"{seen['seconds']:.2f} s", seen["seconds"], MOST_SECONDS, "2 s"),
    )
    return [
        Figure(
            what=what,
            database=database,
            measured=measured,
            baseline=bar,
            ratio=value / most,
            reach=1,
            better="less",
            why="the machine that draws it was slow: the bytes and the requests are what the network sees",
        )
        for what, measured, value, most, bar in rows
    ]


def measure_memory(database: str, url: str, path: str, cookies: dict[str, str]) -> list[Figure]:
    """Return the memory of one process serving the demo, as a ratio to an empty application's."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with serving(PRODUCT, url) as (port, pid):
        hammer(port, lambda _: request("GET", path, {"Cookie": cookie}), 2, 200)
        full = _worker_memory(pid)
    with serving("tests.bench.baselines:empty", url) as (port, pid):
        hammer(port, lambda _: request("GET", "/bench/empty", {}), 2, 200)
        empty = _worker_memory(pid)
    figure = Figure(
        what="memory of one process serving the demo",
        database=database,
        measured=f"{full / 1e6:.0f} MB",
        baseline=f"{empty / 1e6:.0f} MB empty application",
        ratio=full / empty,
        reach=MEMORY,
        better="less",
        why="SQLAlchemy alone weighs two thirds of the empty application, the database's driver and the clock the rest",
    )
    return [figure]


def _view(browser: Any, site: str, path: str, cookies: dict[str, str]) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": LATENCY_MS, "uploadThroughput": BITS_A_SECOND / 8}
    network.send("Network.emulateNetworkConditions", slow | {"downloadThroughput": BITS_A_SECOND / 8})
    seen = {"bytes": 0.0, "requests": 0.0}

    def finished(event: dict[str, Any]) -> None:
        seen["bytes"] += event["encodedDataLength"]
        seen["requests"] += 1

    network.on("Network.loadingFinished", finished)
    started = time.perf_counter()
    page.goto(site + path, wait_until="load")
    seen["seconds"] = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    context.close()
    return seen


def _worker_memory(pid: int) -> int:
    workers = psutil.Process(pid).children(recursive=True)
    return max(int(worker.memory_full_info().uss) for worker in workers)
