"""A backup taken while everyone books and drives is whole: it holds all that was acknowledged before it began."""

from collections.abc import Sequence
from pathlib import Path

import httpx

from kernel.database import open_database
from tests.crash.neighbours import Answered, Neighbour, living, send
from tests.crash.server import start
from tests.crash.whole import check_log
from tests.kit.backups import back_up, restored
from tests.kit.scale import BACKUPS

ANSWERS = 30


def test_a_backup_under_load_put_back_answers_what_was_answered_before(
    database_url: str, neighbours: Sequence[Neighbour], began: float, tmp_path: Path
) -> None:
    copies: list[tuple[Path, list[Answered]]] = []
    running = start(database_url, began)
    with living(running, neighbours) as wait_for:
        for number in range(BACKUPS):
            wait_for(ANSWERS)
            acknowledged = [answered for neighbour in neighbours for answered in neighbour.answered]
            folder = tmp_path / str(number)
            folder.mkdir()
            copies.append((back_up(database_url, folder), acknowledged))
        wait_for(ANSWERS)
        running.kill()
    for copy, acknowledged in copies:
        check_restored(restored(copy, database_url), began, acknowledged)


def check_restored(database_url: str, began: float, acknowledged: Sequence[Answered]) -> None:
    """Check that a restored database verifies, and that what was answered once is answered so again."""
    engine = open_database(database_url)
    assert len(check_log(engine)) > ANSWERS
    engine.dispose()
    running = start(database_url, began)
    with httpx.Client(base_url=running.address, timeout=30) as client:
        for answered in acknowledged:
            if answered.status == 201:
                assert send(client, answered.token, answered.sent) == answered
    running.kill()
