"""What the ledger's events can hold."""

from decimal import Decimal

import msgspec
import pytest

from tests.kernel.stored_events import stored_classes

EVENTS = {name: event for name, event in stored_classes().items() if name.startswith("ledger.")}


@pytest.mark.parametrize("name", EVENTS)
def test_no_event_of_the_ledger_can_hold_a_float(name: str) -> None:  # property M3
    assert "'number'" not in str(msgspec.json.schema(EVENTS[name]))


def test_a_rate_is_kept_to_its_last_decimal() -> None:
    assert msgspec.json.decode(msgspec.json.encode(Decimal("0.30")), type=Decimal) == Decimal("0.30")
