"""Pictures drawn on the server as inline SVG: no image to download, no inline style, colours from the page's own.

Each picture is decoration or has its text beside it, so each is hidden from screen readers (`aria-hidden`) and the
template gives the table or the sentence that says the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

import segno
from markupsafe import Markup, escape

from kernel.money import Money

DAY_MINUTES = 24 * 60
STRIP_WIDTH = 288  # twelve units an hour
TINTS = 6  # the tints `.tint-0` to `.tint-5` of voisiture.css

WHEEL = '<circle class="tyre" cx="{x}" cy="{y}" r="{r}"/><circle class="hub" cx="{x}" cy="{y}" r="{hub}"/>'
SPOKED = '<circle class="rim" cx="{x}" cy="{y}" r="{r}"/><circle class="tyre" cx="{x}" cy="{y}" r="{hub}"/>'

CAR = (
    '<path class="body" d="M8 43c0-7 3-10 12-11l10-12c2-2 4-3 7-3h19c4 0 6 1 9 4l10 11c9 1 13 4 13 11v3c0 2-1 3-3 3H11'
    'c-2 0-3-1-3-3z"/><path class="glass" d="M36 21h10v11H27l7-9q1-2 2-2zm14 0h5q3 0 5 2l8 9H50z"/>'
    '<path class="trim" d="M8 41h6M82 39h6M42 36h5"/>'
)
VAN = (
    '<path class="body" d="M8 44V18c0-4 2-6 6-6h44c4 0 7 1 9 5l7 13c10 1 14 4 14 11v4c0 2-1 4-4 4H12c-3 0-4-2-4-5z"/>'
    '<path class="glass" d="M56 17q5 0 7 4l5 9H51V17zM14 17h14v11H14z"/>'
    '<path class="trim" d="M8 40h5M83 39h5M33 17v30"/>'
)
MINIBUS = (
    '<path class="body" d="M6 44V16c0-4 2-6 6-6h60c5 0 7 2 9 6l6 14c3 1 3 4 3 8v7c0 2-1 4-4 4H10c-3 0-4-2-4-5z"/>'
    '<path class="glass" d="M12 16h14v12H12zm18 0h14v12H30zm18 0h14v12H48zm18 0h5l6 12H66z"/>'
    '<path class="trim" d="M6 40h5M85 38h5"/>'
)
BOLT = '<path class="bolt" d="M51 33l-7 9h5l-2 7 8-10h-5z"/>'
BIKE = (
    '<path class="frame" d="M26 42l12-20h22l11 20M38 22l10 20 12-20M26 42h22M33 17h9M60 22l-3-8h8"/>'
    '<path class="frame" d="M48 42l4 4"/>'
)
CARGO_BIKE = (
    '<path class="frame" d="M20 43l9-20h15L34 43zM29 23l-1-6M24 16h9M44 23l-2-9h-7M34 43h8l4-13"/>'
    '<path class="body" d="M44 25h38l-5 18H48z"/><path class="trim" d="M46 31h34"/>'
)
TRAILER = (
    '<path class="body" d="M24 20h60v18c0 2-1 3-3 3H27c-2 0-3-1-3-3z"/>'
    '<path class="frame" d="M24 38H8v5"/><path class="trim" d="M39 20v21M54 20v21M69 20v21"/>'
)
TWO_WHEELS = WHEEL.format(x=27, y=48, r=8, hub=3.5) + WHEEL.format(x=70, y=48, r=8, hub=3.5)
BIKE_WHEELS = SPOKED.format(x=26, y=42, r=12, hub=2) + SPOKED.format(x=71, y=42, r=12, hub=2)
CARGO_WHEELS = SPOKED.format(x=20, y=44, r=11, hub=2) + SPOKED.format(x=78, y=47, r=8, hub=2)
SILHOUETTES = {
    "car": CAR + TWO_WHEELS,
    "electric-car": CAR + BOLT + TWO_WHEELS,
    "van": VAN + TWO_WHEELS,
    "minibus": MINIBUS + TWO_WHEELS,
    "bike": BIKE_WHEELS + BIKE,
    "e-bike": BIKE_WHEELS + BIKE + BOLT,
    "cargo-bike": CARGO_WHEELS + CARGO_BIKE,
    "trailer": TRAILER + WHEEL.format(x=54, y=46, r=10, hub=4),
}


class Span(NamedTuple):
    """Minutes of one day that are not free; `kind` is "booked", "mine" or "closed"."""

    start_minute: int
    end_minute: int
    kind: str


class Point(NamedTuple):
    """A balance on a day, for the line over time."""

    label: str
    balance: Money


def silhouette(kind: str, tint: int = 0) -> Markup:
    """Draw a vehicle of that `kind` (snake_case or kebab-case; a car when unknown) in one of the page's tints."""
    drawn = SILHOUETTES.get(kind.replace("_", "-"), SILHOUETTES["car"])
    return _svg(f"vehicle tint-{tint % TINTS}", "0 0 96 60", drawn)


def look_of(kind: str, energy: str) -> str:
    """Return the drawing of a vehicle of the fleet: a car that runs on electricity wears a bolt."""
    return "electric-car" if (kind, energy) == ("car", "electric") else kind


def tint_of(name: str) -> int:
    """Return the tint a vehicle keeps everywhere, from its name."""
    return sum(name.encode()) % TINTS


def day_strip(spans: Sequence[Span], now_minute: int | None = None) -> Markup:
    """Draw one day from midnight to midnight with what is taken; a mark at the present minute when it is today."""
    hours = "".join(f'<path class="hourmark" d="M{_along(h * 60)} 0v20"/>' for h in range(6, 24, 6))
    taken = "".join(
        f'<rect class="{escape(span.kind)}" x="{_along(span.start_minute)}" y="0" rx="2" height="20" '
        f'width="{max(3, _along(span.end_minute) - _along(span.start_minute))}"/>'
        for span in spans
    )
    now = f'<path class="now" d="M{_along(now_minute)} -2v24"/>' if now_minute is not None else ""
    track = f'<rect class="track" width="{STRIP_WIDTH}" height="20" rx="3"/>'
    return _svg("strip", f"0 -2 {STRIP_WIDTH} 24", track + hours + taken + now, stretch=True)


def _along(minute: int) -> int:
    return minute * STRIP_WIDTH // DAY_MINUTES


def balance_line(points: Sequence[Point]) -> Markup:
    """Draw a balance over time as steps around a zero line; nothing with fewer than two points."""
    if len(points) < 2:  # noqa: PLR2004 - a line needs two ends
        return Markup("")
    cents = [point.balance.cents for point in points]
    top, bottom = max(0, *cents), min(0, *cents)
    scale = max(1, top - bottom)
    heights = [4 + (top - each) * 72 // scale for each in cents]
    across = [index * 320 // len(points) for index in range(len(points))]
    steps = f"M0 {heights[0]}" + "".join(f"H{x}V{y}" for x, y in zip(across[1:], heights[1:], strict=True)) + "H320"
    zero = 4 + top * 72 // scale
    area = f'<path class="area" d="{steps}V{zero}H0z"/>'
    return _svg("line", "0 0 320 80", f'{area}<path class="zero" d="M0 {zero}H320"/><path class="curve" d="{steps}"/>')


def share_bar(parts: Sequence[int]) -> Markup:
    """Draw whole parts ≥ 0 side by side on one bar, each in its own tint; an empty bar when all are 0."""
    total = sum(parts)
    drawn, along = [], 0
    for index, part in enumerate(parts if total else ()):
        width = part * 320 // total
        drawn.append(f'<rect class="part-{index % TINTS}" x="{along}" width="{max(0, width - 2)}" height="16" rx="2"/>')
        along += width
    track = '<rect class="track" width="320" height="16" rx="2"/>'
    return _svg("share", "0 0 320 16", "".join(drawn) or track, stretch=True)


def count_bar(reached: int, needed: int, possible: int) -> Markup:
    """Draw how many of the `possible` have answered, with a mark at the number `needed` (a quorum)."""
    whole = max(1, possible)
    bar = f'<rect class="part-0" width="{min(reached, whole) * 320 // whole}" height="16" rx="2"/>'
    mark = f'<path class="now" d="M{min(needed, whole) * 320 // whole} -3v22"/>'
    track = '<rect class="track" width="320" height="16" rx="2"/>'
    return _svg("share", "-2 -3 324 22", track + bar + mark, stretch=True)


def qr(code: segno.QRCode) -> Markup:
    """Draw a QR code, dark on light in both themes (a phone's camera needs it so), four modules of quiet around."""
    rows = [bytearray(row) for row in code.matrix]
    side = len(rows) + 8
    dark = "".join(f"M{x + 4} {y + 4}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    inside = f'<rect class="light" width="{side}" height="{side}"/><path class="dark" d="{dark}"/>'
    return _svg("qr", f"0 0 {side} {side}", inside, extra=' shape-rendering="crispEdges"')


def qr_of(text: str) -> Markup:
    """Draw the QR code of an address or any text (error correction M, as posters get creased)."""
    return qr(segno.make_qr(text, error="m"))


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Return the dark runs of a row as (start, length), so that the path stays small."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs


def _svg(classes: str, view: str, inside: str, *, stretch: bool = False, extra: str = "") -> Markup:
    ratio = ' preserveAspectRatio="none"' if stretch else ""
    return Markup(  # noqa: S704 - built here from numbers and fixed shapes; the one given word is escaped
        f'<svg class="{classes}" viewBox="{view}" aria-hidden="true" focusable="false"{ratio}{extra}>{inside}</svg>'
    )
