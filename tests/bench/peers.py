"""`make bench-peers`: the same 20 people and 500 expenses here and in ihatemoney, asked by turns by two clients.

What is compared is the processor time a request takes of the process that answers it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4, uuid5

import httpx
import psutil

from api.places.expenses.expense import SHOWN
from api.site import Site
from governance.member import member_id_of
from kernel.command import Asked
from ledger.spending.commands import RecordExpense
from tests.bench.figures import Figure, write_down
from tests.bench.load import hammer, request
from tests.bench.server import PRODUCT, serving, until_it_answers
from tests.bench.world import COOP, make_world, settings
from tests.kit.databases import prepared
from tests.kit.servers import free_port
from usecases.money.books import ledger_of

PEER = "ihatemoney 7.2.1"
PEOPLE, EXPENSES, CLIENTS = 20, 500, 2
ROUNDS, SECONDS = 4, 3  # the first round is to warm up
HERE = Path(__file__).parent
PEER_BIN = HERE.parents[1] / ".venv" / "peers" / "bin"


class Spent(NamedTuple):
    """Who paid how much for whom, people by number."""

    payer: int
    cents: int
    among: tuple[int, ...]
    day: date


class Asking(NamedTuple):
    """Where a page is: its server's port and process, its address, and who asks."""

    port: int
    pid: int
    path: str
    cookie: str


def main() -> int:
    """Measure both pages of both; return 0 whether the bar is reached or not."""
    rng, today = Random(7), datetime.now(UTC).date()
    spent = [
        Spent(
            rng.randrange(PEOPLE),
            rng.randint(300, 20_000),
            tuple(sorted(rng.sample(range(PEOPLE), rng.randint(2, 8)))),
            today - timedelta(days=number // 2),
        )
        for number in range(EXPENSES)
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        _ours(Path(folder), spent) as ours,
        _theirs(Path(folder), spent) as theirs,
    ):
        figures = [
            _compared(f"list of {SHOWN} expenses (theirs 100)", ours(f"/coops/{COOP}/expenses"), theirs("/bench/")),
            _compared("everyone's balance", ours(f"/coops/{COOP}/accounts"), theirs("/bench/settle_bills")),
        ]
    sys.stdout.write(write_down("Beside a peer", figures))
    return 0


def _compared(what: str, ours: Asking, theirs: Asking) -> Figure:
    turns = [(_cost(ours), _cost(theirs)) for _ in range(ROUNDS)][1:]
    mine, its = (sum(costs) / len(turns) for costs in zip(*turns, strict=True))
    return Figure(
        what=f"{what}, of {PEOPLE} people and {EXPENSES} expenses: CPU a request",
        database="SQLite",
        measured=f"{mine * 1000:.1f} ms",
        baseline=f"{its * 1000:.1f} ms {PEER}",
        ratio=mine / its,
        reach=1 / 3,
        better="less",
    )


def _cost(asking: Asking) -> float:
    """Return the processor seconds of one request."""
    asked = request("GET", asking.path, {"Cookie": asking.cookie})
    before = _busy(asking.pid)
    seen = hammer(asking.port, lambda _: asked, SECONDS, 200, clients=CLIENTS)
    if seen.refused:
        raise RuntimeError(f"{asking.path} was not shown")
    return (_busy(asking.pid) - before) / len(seen.latencies)


def _busy(pid: int) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in psutil.Process(pid).children(recursive=True))


@contextmanager
def _ours(folder: Path, spent: list[Spent]) -> Iterator[Callable[[str], Asking]]:
    url = prepared(f"sqlite:///{folder}/ours.db")
    site = Site(settings(url))
    world = make_world(site, drivers=PEOPLE)
    members = [member_id_of(COOP, uuid5(COOP, f"Driver-{number}")) for number in range(PEOPLE)]
    for payer, cents, among, day in spent:
        command = RecordExpense(
            coop_id=COOP,
            kind="fuel",
            paid_on=day,
            paid={members[payer]: cents},
            split="equal",
            among={members[number]: 1 for number in among},
        )
        asked = Asked(command_id=uuid4(), by=members[payer], at=site.clock())
        ledger_of(site.history, COOP).record_expense(command, asked)
    site.follower.catch_up()
    site.engine.dispose()
    with serving(PRODUCT, url) as (port, pid):
        yield lambda path: Asking(port, pid, path, f"session={world.tokens[0]}; lang=fr")


@contextmanager
def _theirs(folder: Path, spent: list[Spent]) -> Iterator[Callable[[str], Asking]]:
    told = folder / "expenses.json"
    people = [f"Person {number}" for number in range(PEOPLE)]
    told.write_text(json.dumps({"people": people, "expenses": spent}, default=str), encoding="utf-8")
    environment = os.environ | {"PEER_DATABASE": f"sqlite:///{folder}/theirs.db", "PEER_EXPENSES": str(told)}
    at_peer: dict[str, Any] = {"env": environment, "cwd": HERE, "stderr": subprocess.DEVNULL}
    subprocess.run([PEER_BIN / "python", "peer_site.py"], check=True, **at_peer)
    port = free_port()
    command = [str(PEER_BIN / "gunicorn"), "--workers", "1", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "peer_site:application"], **at_peer)
    try:
        until_it_answers(port)
        signed_in = {"id": "bench", "password": "bench"}
        answer = httpx.post(f"http://127.0.0.1:{port}/authenticate", data=signed_in)
        cookie = f"session={answer.cookies['session']}"
        yield lambda path: Asking(port, process.pid, path, cookie)
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
