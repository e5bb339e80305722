"""How entries are told: every cause that the ledger keeps has its words."""

from typing import get_args

from api.speech.causes import CAUSES
from ledger.entries.causes import Explanation


def test_every_cause_the_ledger_keeps_is_told() -> None:
    assert set(get_args(Explanation)) == CAUSES.keys()
