"""Pictures are plain SVG: no inline style, no script, and they hold what they were given."""

import re
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
import segno

from api.drawing.charts import Point, Span, balance_line, count_bar, day_strip, share_bar
from api.drawing.codes import qr_of
from api.drawing.vehicles import SILHOUETTES, paint_of, silhouette, tint_of
from kernel.money import Money
from tests.kit.codes import read_drawn_code

CSS = (Path(__file__).parents[3] / "api" / "static" / "voisiture.css").read_text(encoding="utf-8")
POINTS = [Point("09/2026", Money(1000)), Point("10/2026", Money(-2500)), Point("11/2026", Money(0))]
ALL = {
    **{kind: silhouette(kind) for kind in SILHOUETTES},
    "strip": day_strip([Span(0, 1440, "booked")], 600),
    "line": balance_line(POINTS),
    "share": share_bar([2, 2, 1]),
    "count": count_bar(3, 4, 9),
    "qr": qr_of("https://example.org/join/abc"),
}


def test_a_snake_case_kind_is_drawn_as_its_kebab_case() -> None:
    assert silhouette("cargo_bike") == silhouette("cargo-bike")


def test_an_unknown_kind_is_drawn_as_a_car() -> None:
    assert silhouette("hovercraft") == silhouette("car")


def test_a_vehicle_keeps_its_tint() -> None:
    assert {tint_of(UUID(int=number)) for number in range(100, 106)} == set(range(6))


@pytest.mark.parametrize(
    ("colour", "paint"),
    [
        ("bleu nuit", "blue"),
        ("Rouge, toit blanc", "red"),
        ("midnight blue", "blue"),
        ("gris-vert", "grey"),
        ("aubergine", "grey"),
        (None, None),
    ],
)
def test_a_vehicle_is_drawn_in_the_colour_it_is_said_to_have(colour: str | None, paint: str | None) -> None:
    assert paint_of(colour) == paint


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_picture_is_well_formed_and_pleases_a_strict_csp(name: str) -> None:
    picture = ALL[name]
    assert ET.fromstring(picture).attrib["aria-hidden"] == "true"  # noqa: S314 - our own drawing
    assert "style=" not in picture
    assert " on" not in re.sub(r"<[^ >]+", "", picture)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_class_of_a_picture_is_in_the_style_sheet(name: str) -> None:
    classes = {word for found in re.findall(r'class="([^"]+)"', ALL[name]) for word in found.split()}
    assert {name for name in classes if f".{name}" not in CSS} <= {"tint-0"}


def test_a_taken_span_is_as_wide_as_its_hours() -> None:
    strip = ET.fromstring(day_strip([Span(360, 720, "mine")]))  # noqa: S314
    span = strip[-1]
    assert (span.attrib["class"], span.attrib["x"], span.attrib["width"]) == ("mine", "72", "72")


def test_a_span_of_a_minute_is_still_seen() -> None:
    assert 'width="3"' in day_strip([Span(600, 601, "booked")])


def test_a_strange_kind_of_span_is_escaped() -> None:
    assert "<script>" not in day_strip([Span(0, 1, '"><script>')])


def test_a_line_needs_two_points() -> None:
    assert balance_line(POINTS[:1]) == ""


def test_a_balance_always_zero_draws_a_flat_line() -> None:
    assert "M0 4H160V4H320" in balance_line([Point("a", Money(0)), Point("b", Money(0))])


def test_shares_fill_the_bar_and_no_share_leaves_it_empty() -> None:
    assert share_bar([2, 2, 1]).count("part-") == 3
    assert "part-" not in share_bar([0, 0])


def test_the_turnout_never_leaves_its_bar() -> None:
    assert 'width="320" height="16"' in count_bar(12, 3, 9)
    assert count_bar(0, 0, 0)


def test_the_drawn_qr_code_is_read_by_a_phone() -> None:
    text = "https://voisiture.example/join/9kq2"
    assert read_drawn_code(str(qr_of(text))) == text


def test_the_drawn_qr_code_has_the_modules_of_the_code() -> None:
    code = segno.make_qr("x", error="m")
    dark = sum(int(length) for length in re.findall(r"h(\d+)v1h-", str(qr_of("x"))))
    assert dark == sum(sum(row) for row in code.matrix)
