"""Photos of the demo's vehicles, drawn: each in its colour and shape, before the hills of its place.

They are made as the demo is built, so that no picture stands beside the code, and are as small as a drawing is.
"""

import io
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from demo.cast.bodies import BODIES, Body

SIZE = (704, 396)  # as a vehicle's page shows it
_SHARP = 2  # drawn so many times larger, then made small: edges without steps
_UNIT = 5.4  # pixels of SIZE to a unit of the shapes, which are 96 by 60
_LEFT, _TOP = 92, 46

Colour = tuple[int, int, int]
Points = list[tuple[float, float]]

_SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((126, 178, 214), (226, 238, 240)),
    ((232, 190, 150), (250, 232, 206)),
    ((168, 190, 202), (232, 234, 230)),
    ((98, 150, 204), (206, 228, 240)),
)
_HILLS: tuple[Colour, ...] = ((124, 146, 150), (96, 126, 108), (120, 132, 84))
_WALLS: tuple[Colour, ...] = ((222, 204, 172), (206, 180, 148), (232, 220, 198), (196, 186, 170))
_GROUNDS: tuple[Colour, ...] = ((150, 146, 138), (168, 156, 134), (128, 128, 126))
_GLASS, _TYRE, _HUB, _LAMP, _REAR = (58, 74, 84), (38, 37, 36), (186, 188, 190), (250, 240, 200), (176, 44, 36)


def draw_vehicle(name: str, body: str, paint: Colour) -> bytes:
    """Return a vehicle's photo as a PNG; the same name gives the same picture."""
    rng = Random(name)
    scene = _scene(rng)
    pen = ImageDraw.Draw(scene)
    _shadow(scene)
    _vehicle(pen, BODIES[body], paint)
    png = io.BytesIO()
    scene.resize(SIZE, Image.Resampling.LANCZOS).save(png, "PNG")
    return png.getvalue()


def _scene(rng: Random) -> Image.Image:
    """Return sky, hills, the walls of some houses, and the ground."""
    width, height = (side * _SHARP for side in SIZE)
    above, below = rng.choice(_SKIES)
    scene = Image.new("RGB", (1, height))
    for y in range(height):
        scene.putpixel((0, y), _mixed(above, below, min(1, y / (height * 0.6))))
    scene = scene.resize((width, height))
    pen = ImageDraw.Draw(scene)
    for number, colour in enumerate(_HILLS):
        base, steps = height * (0.34 + 0.09 * number), 7
        tops = [(width * step / steps, base + rng.uniform(-0.09, 0.06) * height) for step in range(steps + 1)]
        pen.polygon([(0, height), *_smooth(tops), (width, height)], fill=_mixed(colour, below, 0.35 - 0.1 * number))
    _houses(pen, rng, width, height)
    ground = rng.choice(_GROUNDS)
    pen.rectangle((0, height * 0.72, width, height), fill=ground)
    pen.rectangle((0, height * 0.72, width, height * 0.735), fill=_mixed(ground, (255, 255, 255), 0.25))
    return scene.filter(ImageFilter.GaussianBlur(1.5 * _SHARP))  # behind what the camera looks at


def _houses(pen: ImageDraw.ImageDraw, rng: Random, width: int, height: int) -> None:
    x = -rng.uniform(0, 0.2) * width
    while x < width:
        wide, top = rng.uniform(0.14, 0.26) * width, rng.uniform(0.3, 0.5) * height
        wall, eaves = rng.choice(_WALLS), 0.02 * width
        pen.rectangle((x, top, x + wide, height * 0.73), fill=wall)
        roof = [(x - eaves, top), (x + wide + eaves, top), (x + wide * 0.86, top - 0.07 * height)]
        pen.polygon([*roof, (x + wide * 0.14, top - 0.07 * height)], fill=(172, 106, 78))
        for number in range(2):
            left = x + wide * (0.2 + 0.4 * number)
            frame = (left, top + 0.06 * height, left + wide * 0.18, top + 0.16 * height)
            pen.rectangle(frame, fill=_mixed(rng.choice(((92, 126, 140), (120, 84, 62), (96, 122, 92))), wall, 0.2))
        x += wide + rng.uniform(0.02, 0.3) * width


def _shadow(scene: Image.Image) -> None:
    mask = Image.new("L", scene.size)
    (left, top), (right, low) = _placed((4, 51)), _placed((92, 59))
    ImageDraw.Draw(mask).ellipse((left, top, right, low), fill=150)
    scene.paste((30, 30, 34), mask=mask.filter(ImageFilter.GaussianBlur(5 * _SHARP)))


def _vehicle(pen: ImageDraw.ImageDraw, body: Body, paint: Colour) -> None:
    """Draw the body with light from above, then what stands on it."""
    for outline in body.frame:
        pen.line([_placed(point) for point in _flat(outline)], fill=(70, 72, 76), width=9 * _SHARP, joint="curve")
    if body.hull:
        shape = [_placed(point) for point in _flat(body.hull)]
        pen.polygon(shape, fill=paint)
        _lit(pen, shape, paint)
    for outline in body.glass:
        shape = [_placed(point) for point in _flat(outline)]
        pen.polygon(shape, fill=_GLASS)
        _lit(pen, shape, _GLASS)
    for outline in body.lines:
        pen.line([_placed(point) for point in _flat(outline)], fill=_mixed(paint, (0, 0, 0), 0.4), width=2 * _SHARP)
    for (x, y), colour in ((body.lamp, _LAMP), (body.rear, _REAR)):
        if body.hull and x:
            pen.rounded_rectangle((*_placed((x, y)), *_placed((x + 3, y + 4))), 4 * _SHARP, fill=colour)
    for x, y, radius in body.wheels:
        if body.spoked:
            _spokes(pen, x, y, radius)
        else:
            _disc(pen, x, y, radius, _TYRE)
            _disc(pen, x, y, radius * 0.58, _HUB)
        _disc(pen, x, y, radius * 0.16, _TYRE)


def _spokes(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    middle = _placed((x, y))
    for number in range(12):
        angle = number * math.pi / 6
        rim = (x + radius * math.cos(angle), y + radius * math.sin(angle))
        pen.line((*middle, *_placed(rim)), fill=_HUB, width=_SHARP)
    edges = (*_placed((x - radius, y - radius)), *_placed((x + radius, y + radius)))
    pen.ellipse(edges, outline=_TYRE, width=8 * _SHARP)


def _lit(pen: ImageDraw.ImageDraw, shape: Points, colour: Colour) -> None:
    """Let the upper part of a shape be lighter and its foot darker, line by line within its outline."""
    top, low = min(y for _, y in shape), max(y for _, y in shape)
    for y in range(round(top), round(low), _SHARP):
        part = (y - top) / (low - top)
        shade = (
            _mixed(colour, (255, 255, 255), 0.3 - 0.6 * part) if part < 0.5 else _mixed(colour, (0, 0, 0), part - 0.5)
        )
        crossed = sorted(_crossings(shape, y + 0.5))
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            pen.rectangle((left, y, right, y + _SHARP - 1), fill=shade)


def _crossings(shape: Points, y: float) -> Iterator[float]:
    for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y0 <= y) != (y1 <= y):
            yield x0 + (y - y0) * (x1 - x0) / (y1 - y0)


def _disc(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: Colour) -> None:
    pen.ellipse((*_placed((x - radius, y - radius)), *_placed((x + radius, y + radius))), fill=colour)


def _placed(point: tuple[float, float]) -> tuple[float, float]:
    return (_LEFT + point[0] * _UNIT) * _SHARP, (_TOP + point[1] * _UNIT) * _SHARP


def _mixed(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * max(0, part)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _flat(outline: str) -> Points:
    """Return the points of an outline of the shapes: `M x,y` begins it, `L` goes straight, `Q x,y x,y` bends."""
    points: Points = []
    for command, text in re.findall(r"([MLQ])([^MLQ]*)", outline):
        given = [tuple(map(float, pair.split(","))) for pair in text.split()]
        for bend, end in zip(given[::2], given[1::2], strict=True) if command == "Q" else ():
            points.extend(_bent(points[-1], (bend[0], bend[1]), (end[0], end[1])))
        if command != "Q":
            points.extend((x, y) for x, y in given)
    return points


def _bent(
    start: tuple[float, float], bend: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    for step in range(1, 9):
        t = step / 8
        x, y = (a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t**2 for a, b, c in zip(start, bend, end, strict=True))
        yield x, y


def _smooth(points: Points) -> Points:
    """Return a line of hills through the middles of its points, bent at each."""
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in pairwise(points)]
    bends = zip(pairwise(middles), points[1:], strict=False)
    bent = [point for (start, end), bend in bends for point in _bent(start, bend, end)]
    return [points[0], *bent, points[-1]]
