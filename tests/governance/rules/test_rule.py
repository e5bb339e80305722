from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.catalogue import CATALOGUE, UnknownRule, rule_of
from governance.rules.packs import UnknownPack, values_of
from governance.rules.rule import Kind, NotAValue, OutOfBounds


@pytest.mark.parametrize("key", CATALOGUE)
def test_r4_the_light_packs_value_lies_inside_the_rules_bounds(key: str) -> None:
    value = values_of("light")[key]
    assert rule_of(key).canonical(value) == value


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
    assert rule_of(key).read(text) == value


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
    assert rule_of(key).canonical(text) == canonical


@pytest.mark.parametrize("text", ["", "a", "1e3", "NaN", "0.30000", "0.3.0", "٣", "1/0", "0x1", "Infinity", " ", "--1"])
@pytest.mark.parametrize("key", ["price_per_km", "max_duration_hours", "quorum", "settlement_period"])
def test_r4_what_is_no_value_is_refused(key: str, text: str) -> None:
    with pytest.raises(NotAValue):
        rule_of(key).read(text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("price_per_km", "0.09"), ("price_per_km", "0.71"), ("price_per_km", "-0.30")),
        *(("max_duration_hours", "0"), ("max_duration_hours", "721"), ("quorum", "4/3"), ("balance_limit", "1")),
    ],
)
def test_r4_what_is_out_of_bounds_is_refused(key: str, text: str) -> None:
    with pytest.raises(OutOfBounds):
        rule_of(key).read(text)


@given(st.text(max_size=40))
@pytest.mark.parametrize("key", CATALOGUE)
def test_r4_whatever_is_typed_is_read_within_bounds_or_refused(key: str, text: str) -> None:
    rule = rule_of(key)
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
        rule_of("colour_of_the_sky")
    with pytest.raises(UnknownPack):
        values_of("heavy")


def test_every_rule_says_its_value() -> None:
    assert all("{value}" in rule.template for rule in CATALOGUE.values())
    assert all(bool(rule.choices) == (rule.kind is Kind.ENUM) for rule in CATALOGUE.values())
