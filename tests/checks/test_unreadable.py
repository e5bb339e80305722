"""What cannot even be read, for SQLite keeps anything in any column, is a fault like any other, told in a line."""

import pytest
from sqlalchemy import text

from tests.checks.conftest import Verify
from tests.kit.databases import on_sqlite
from tests.kit.village import Village

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE events SET chain = 'x' WHERE position = 40", "position 40, co-op"),
        ("UPDATE events SET state = 'x' WHERE position = 40", "position 40, co-op"),
        ("UPDATE events SET version = 'x' WHERE position = 40", "position 40, co-op"),
        ("UPDATE events SET name = x'ff00' WHERE position = 40", "position 40, co-op"),
        ("UPDATE log_head SET position = 'x'", "the log's last position should be x"),
        ("UPDATE followers SET position = 'x'", "Followers: not looked at to the end"),
        ("UPDATE commands SET stream_id = 'x'", "Commands: not looked at to the end"),
        ("UPDATE commands SET recorded_at = 'x'", "Commands: not looked at to the end"),
        ("UPDATE commands SET fingerprint = x'ff'", "Commands: not looked at to the end"),
        ("UPDATE photos SET coop_id = 'x'", "Photos: not looked at to the end"),
        ("UPDATE photos SET jpeg = 'x'", "Photos: not looked at to the end"),
        ("UPDATE personal_keys SET coop_id = 'x'", "Seals: not looked at to the end"),
        ("UPDATE personal_keys SET wrapped = 'x'", "Seals: not looked at to the end"),
        ("UPDATE people SET account = 'x'", "Seals: not looked at to the end"),
        ("UPDATE ledger_balances SET cents = 'x'", "its books do not add up"),
    ],
)
def test_it_is_told_and_the_rest_is_looked_at(lived: Village, verified: Verify, change: str, sentence: str) -> None:
    with lived.site.writing() as connection:
        connection.execute(text(change))
    status, said = verified()
    assert (status, sentence in said) == (1, True), said
    assert "Read models: " in said or "All else: not compared" in said
