"""An entry that should not stand is undone, once, and both stay in the books."""

from threading import Thread

import pytest

from kernel.log.history import History
from kernel.refused import Refused, Unknown
from ledger.application import Ledger
from ledger.entries import queries
from ledger.entries.causes.correction import Corrected, reversal_id
from ledger.entries.causes.trip import charge_id
from ledger.entries.commands import ReverseEntry
from ledger.entries.entry import AlreadyReversed
from tests.ledger.given import (
    ANNA,
    COOP,
    DAY,
    NOON,
    OTHER_COOP,
    asked,
    balances,
    books,
    open_tariffs,
    trip,
)

TRIP = trip()
UNDO = ReverseEntry(coop_id=COOP, entry_id=charge_id(TRIP.trip_id), reason="The readings were wrong")


def charged(history: History) -> Ledger:
    ledger = open_tariffs(history)
    ledger.charge_trip(TRIP, asked(None))
    return ledger


def test_both_stand_and_cancel_out(history: History) -> None:
    charged(history).reverse_entry(UNDO, asked(at=NOON + DAY))
    assert books(history) == [
        "2026-05-04 trip: David -30.00, Anna +30.00",
        "2026-05-05 reversal: David +30.00, Anna -30.00",
    ]
    assert balances(history) == {}


def test_each_names_the_other_and_the_reason_can_be_read(history: History) -> None:
    charged(history).reverse_entry(UNDO, asked())
    with history.engine.connect() as connection:
        original = queries.entry(connection, COOP, UNDO.entry_id)
        opposite = queries.entry(connection, COOP, reversal_id(UNDO.entry_id))
        assert original is not None
        assert opposite is not None
        assert isinstance(opposite.because, Corrected)
        assert history.keyring.open(connection, opposite.because.reason) == UNDO.reason
    assert (original.reversed_by, opposite.reverses) == (opposite.entry_id, original.entry_id)
    assert (original.can_be_reversed, opposite.can_be_reversed) == (False, False)


def test_undoing_twice_is_refused(history: History) -> None:
    ledger = charged(history)
    ledger.reverse_entry(UNDO, asked())
    with pytest.raises(AlreadyReversed):
        ledger.reverse_entry(UNDO, asked())


def test_sent_three_times_it_counts_once(history: History) -> None:
    ledger, once = charged(history), asked()
    assert len({ledger.reverse_entry(UNDO, once) for _ in range(3)}) == 1
    assert len(books(history)) == 2


def test_a_reversal_cannot_be_undone(history: History) -> None:
    ledger = charged(history)
    ledger.reverse_entry(UNDO, asked())
    with pytest.raises(Unknown):
        ledger.reverse_entry(ReverseEntry(coop_id=COOP, entry_id=reversal_id(UNDO.entry_id)), asked())


def test_another_co_ops_entry_is_unknown(history: History) -> None:
    ledger = charged(history)
    with pytest.raises(Unknown):
        ledger.reverse_entry(ReverseEntry(coop_id=OTHER_COOP, entry_id=UNDO.entry_id), asked())


def test_of_many_at_once_one_undoes_it(history: History) -> None:  # property E4
    ledger, refused = charged(history), []

    def undo() -> None:
        try:
            ledger.reverse_entry(UNDO, asked(ANNA))
        except Refused as refusal:
            refused.append(type(refusal))

    threads = [Thread(target=undo) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [AlreadyReversed] * 5
    assert balances(history) == {}
