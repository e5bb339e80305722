"""Charts drawn on the server as inline SVG. The page gives the table or the sentence that says the same."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from api.drawing.svg import TINTS, svg
from kernel.money import Money

DAY_MINUTES = 24 * 60
STRIP_WIDTH = 288  # twelve units an hour


class Span(NamedTuple):
    """Minutes of one day that are not free; `kind` is "booked", "mine" or "closed"."""

    start_minute: int
    end_minute: int
    kind: str


class Point(NamedTuple):
    """A balance on a day, for the line over time."""

    label: str
    balance: Money


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
    return svg("strip", f"0 -2 {STRIP_WIDTH} 24", track + hours + taken + now, stretch=True)


def _along(minute: int) -> int:
    return minute * STRIP_WIDTH // DAY_MINUTES


def balance_line(points: Sequence[Point]) -> Markup:
    """Draw a balance over time as steps around a zero line; nothing with fewer than two points."""
    if len(points) < 2:  # noqa: PLR2004 - a line needs two ends
        return Markup("")
    cents = [point.balance.cents for point in points]
    top, bottom = max(0, *cents), min(0, *cents)
    scale = max(1, top - bottom)
    heights = [4 + (top - balance) * 72 // scale for balance in cents]
    across = [index * 320 // len(points) for index in range(len(points))]
    steps = f"M0 {heights[0]}" + "".join(f"H{x}V{y}" for x, y in zip(across[1:], heights[1:], strict=True)) + "H320"
    zero = 4 + top * 72 // scale
    area = f'<path class="area" d="{steps}V{zero}H0z"/>'
    return svg("line", "0 0 320 80", f'{area}<path class="zero" d="M0 {zero}H320"/><path class="curve" d="{steps}"/>')


def share_bar(parts: Sequence[int]) -> Markup:
    """Draw whole parts ≥ 0 side by side on one bar, each in its own tint; an empty bar when all are 0."""
    total = sum(parts)
    drawn, along = [], 0
    for index, part in enumerate(parts if total else ()):
        width = part * 320 // total
        drawn.append(f'<rect class="part-{index % TINTS}" x="{along}" width="{max(0, width - 2)}" height="16" rx="2"/>')
        along += width
    track = '<rect class="track" width="320" height="16" rx="2"/>'
    return svg("share", "0 0 320 16", "".join(drawn) or track, stretch=True)


def count_bar(reached: int, needed: int, possible: int) -> Markup:
    """Draw how many of the `possible` have answered, with a mark at the number `needed` (a quorum)."""
    whole = max(1, possible)
    bar = f'<rect class="part-0" width="{min(reached, whole) * 320 // whole}" height="16" rx="2"/>'
    mark = f'<path class="now" d="M{min(needed, whole) * 320 // whole} -3v22"/>'
    track = '<rect class="track" width="320" height="16" rx="2"/>'
    return svg("share", "-2 -3 324 22", track + bar + mark, stretch=True)
