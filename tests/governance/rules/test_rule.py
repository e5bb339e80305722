from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.catalogue import CATALOGUE, UnknownRule, rule_of
from governance.rules.packs import UnknownPack, values_of
from governance.rules.rule import Kind, NotAValue, OutOfBounds


@pytest.mark.parametrize("currency", ["EUR", "XPF"])
@pytest.mark.parametrize("key", CATALOGUE)
def test_r4_the_light_packs_value_lies_inside_the_rules_bounds(key: str, currency: str) -> None:
    value, rule = values_of("light", currency)[key], rule_of(key, currency)
    assert rule.canonical(value) == value
    assert rule.canonical(rule.default) == rule.default


@pytest.mark.parametrize("key", [key for key, rule in CATALOGUE.items() if rule.currency])
def test_amounts_in_francs_are_about_those_in_euros(key: str) -> None:
    """By law 1,000 XPF are 8.38 EUR; rounded to a plain number, none is a fifth away from that."""
    euros, francs = rule_of(key, "EUR"), rule_of(key, "XPF")
    assert francs.unit == euros.unit.replace("EUR", "XPF")
    pairs = [(euros.low, francs.low), (euros.high, francs.high), (euros.default, francs.default)]
    pairs.append((values_of("light", "EUR")[key], values_of("light", "XPF")[key]))
    for amount, in_francs in pairs:
        assert in_francs.lstrip("-").isdigit()
        exact = Fraction(amount) * 1000 / Fraction("8.38")
        assert abs(int(in_francs) - exact) <= abs(exact) / 5


@pytest.mark.parametrize("key", [key for key, rule in CATALOGUE.items() if not rule.currency])
def test_what_is_no_amount_is_the_same_in_any_currency(key: str) -> None:
    assert rule_of(key, "XPF") == rule_of(key, "EUR")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("price_per_km", "0,340", Decimal("0.34")),
        ("price_per_km", "0", Decimal(0)),
        ("price_per_km", "0.3125", Decimal("0.3125")),
        ("balance_limit", "-150", Decimal(-150)),
        ("max_duration_hours", "72", 72),
        ("quorum", "2/6", Fraction(1, 3)),
        ("settlement_period", "month", "month"),
    ],
)
def test_a_value_is_read_as_people_write_it(key: str, text: str, value: object) -> None:
    assert rule_of(key, "EUR").read(text) == value


@pytest.mark.parametrize(
    ("key", "text", "canonical"),
    [
        ("price_per_km", "0,340", "0.34"),
        ("price_per_km", "0", "0.00"),
        ("price_per_km", "0.3125", "0.3125"),
        ("price_per_km", "0.305", "0.305"),
        ("price_per_km", "-0", "0.00"),
        ("balance_limit", "-150", "-150.00"),
        ("quorum", "2/6", "1/3"),
        ("max_duration_hours", "072", "72"),
    ],
)
def test_a_value_is_kept_in_one_way(key: str, text: str, canonical: str) -> None:
    assert rule_of(key, "EUR").canonical(text) == canonical


@pytest.mark.parametrize("text", ["", "a", "1e3", "NaN", "0.30000", "0.3.0", "٣", "1/0", "0x1", "Infinity", " ", "--1"])
@pytest.mark.parametrize("key", ["price_per_km", "max_duration_hours", "quorum", "settlement_period"])
def test_r4_what_is_no_value_is_refused(key: str, text: str) -> None:
    with pytest.raises(NotAValue):
        rule_of(key, "EUR").read(text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("price_per_km", "0.09"), ("price_per_km", "0.71"), ("price_per_km", "-0.30")),
        *(("max_duration_hours", "0"), ("max_duration_hours", "721"), ("quorum", "4/3"), ("balance_limit", "1")),
    ],
)
def test_r4_what_is_out_of_bounds_is_refused(key: str, text: str) -> None:
    with pytest.raises(OutOfBounds):
        rule_of(key, "EUR").read(text)


@given(st.text(max_size=40))
@pytest.mark.parametrize("key", CATALOGUE)
def test_r4_whatever_is_typed_is_read_within_bounds_or_refused(key: str, text: str) -> None:
    rule = rule_of(key, "EUR")
    try:
        value = rule.read(text)
    except (NotAValue, OutOfBounds):
        return
    if isinstance(value, str):
        assert value in rule.choices
    else:
        assert Fraction(rule.low) <= Fraction(value) <= Fraction(rule.high) or (rule.or_zero and value == 0)
    assert rule.read(rule.canonical(text)) == value


def test_r4_an_unknown_rule_or_pack_is_refused() -> None:
    with pytest.raises(UnknownRule):
        rule_of("colour_of_the_sky", "EUR")
    with pytest.raises(UnknownPack):
        values_of("heavy", "EUR")


def test_every_rule_says_its_value() -> None:
    assert all("{value}" in rule.template for rule in CATALOGUE.values())
    assert all(bool(rule.choices) == (rule.kind is Kind.ENUM) for rule in CATALOGUE.values())
