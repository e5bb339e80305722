"""A vehicle gets its first price."""

from decimal import Decimal

import msgspec
import pytest

from kernel.log.history import History
from ledger.application import Ledger
from ledger.pricing import queries
from ledger.pricing.events import RateSet, TariffOpened
from ledger.pricing.tariff import NobodyReceives, NoPrice, RateOutOfBounds, Tariff, TariffAlreadyOpen
from tests.ledger.given import ANNA, BEN, CLIO_TARIFF, COOP, DIE, KANGOO, KANGOO_TARIFF, NOON, asked, open_tariffs


def test_a_vehicle_has_a_price_and_receivers() -> None:
    opened, rate = Tariff().open(KANGOO_TARIFF)
    assert isinstance(opened, TariffOpened)
    assert opened.receivers == KANGOO_TARIFF.receivers
    assert isinstance(rate, RateSet)
    assert rate.rate.per_km == Decimal("0.30")


def test_opening_it_again_the_same_changes_nothing() -> None:
    assert Tariff().after(Tariff().open(CLIO_TARIFF)).open(CLIO_TARIFF) == ()


def test_opening_it_for_others_is_refused() -> None:
    with pytest.raises(TariffAlreadyOpen):
        Tariff().after(Tariff().open(CLIO_TARIFF)).open(msgspec.structs.replace(CLIO_TARIFF, receivers={BEN: 1}))


@pytest.mark.parametrize("euros", ["-0.01", "0.12345", "100.01", "NaN", "Infinity", "1E+99", "1E-99"])
def test_a_price_that_makes_no_sense_is_refused(euros: str) -> None:
    with pytest.raises(RateOutOfBounds):
        Tariff().open(msgspec.structs.replace(CLIO_TARIFF, per_km=Decimal(euros)))


def test_someone_must_receive_the_price() -> None:
    with pytest.raises(NobodyReceives):
        Tariff().open(msgspec.structs.replace(CLIO_TARIFF, receivers={ANNA: 0}))


def test_a_vehicle_without_tariff_has_no_price() -> None:
    with pytest.raises(NoPrice):
        Tariff().rate_at(NOON)


def test_the_search_page_finds_the_price_of_each_vehicle(history: History) -> None:
    open_tariffs(history)
    with history.engine.connect() as connection:
        everything = queries.tariffs(connection, COOP, NOON)
        kangoo = queries.tariffs(connection, COOP, NOON, [KANGOO])[KANGOO]
    assert len(everything) == 3
    assert (kangoo.sharing, kangoo.receivers, kangoo.rate.per_km) == (
        "co_owned",
        KANGOO_TARIFF.receivers,
        Decimal("0.30"),
    )


def test_sent_three_times_it_counts_once(history: History) -> None:
    once = asked(None)
    assert len({Ledger(history, DIE, "EUR").open_tariff(CLIO_TARIFF, once) for _ in range(3)}) == 1
