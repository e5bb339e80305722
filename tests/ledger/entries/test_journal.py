"""The books can be checked by a tool that is not ours."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kernel.log.history import History
from kernel.money import Money
from ledger.entries import queries
from ledger.entries.causes.correction import reversal_id
from ledger.entries.causes.expense import part_id
from ledger.entries.commands import Contribute, ReverseEntry
from ledger.entries.journal import hledger_journal
from tests.ledger.given import (
    ANNA,
    BEN,
    COOP,
    INSURANCE,
    KANGOO,
    NAMES,
    REPAIR,
    TODAY,
    asked,
    open_tariffs,
    trip,
)


def written(history: History) -> str:
    with history.engine.connect() as connection:
        return hledger_journal(COOP, queries.journal(connection, COOP), NAMES)


def lively(history: History) -> None:
    ledger = open_tariffs(history)
    ledger.charge_trip(trip(KANGOO, fuel_paid=Money(1001)), asked(None))
    ledger.record_expense(INSURANCE, asked(ANNA))
    repair = ledger.record_expense(REPAIR, asked(BEN)).stream_id
    ledger.contribute(Contribute(coop_id=COOP, cents=1234), asked(BEN))
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=part_id(repair, 1)), asked())


def test_it_reads_as_a_journal(history: History) -> None:
    ledger = open_tariffs(history)
    command = REPAIR
    expense_id = ledger.record_expense(command, asked(BEN)).stream_id
    entry_id = part_id(expense_id, 1)
    ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=entry_id), asked())
    text = written(history)
    assert "account member:Chloé 00000000\n" in text
    assert f"{TODAY} * ({entry_id}) expense\n    ; legal_nature: co_owner_cost_share\n" in text
    assert f"{TODAY} * ({reversal_id(entry_id)}) reversal\n" in text
    assert f"    ; reverses: {entry_id}\n" in text
    assert "96.35 EUR" in text


def test_a_name_cannot_break_the_file(history: History) -> None:
    lively(history)
    with history.engine.connect() as connection:
        entries = queries.journal(connection, COOP)
    text = hledger_journal(COOP, entries, {ANNA: "An:na; 5 EUR\n2026-01-01  x", BEN: "  "})
    assert "account member:An na 5 EUR 2026 01 01 x 00000000\n" in text


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
def test_hledger_finds_nothing_wrong(history: History, tmp_path: Path) -> None:
    lively(history)
    file = tmp_path / "books.journal"
    file.write_text(written(history), encoding="utf-8")
    checked = subprocess.run(
        ["hledger", "-f", str(file), "check", "--strict"],
        capture_output=True,
        text=True,
        check=False,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert (checked.returncode, checked.stderr) == (0, "")
