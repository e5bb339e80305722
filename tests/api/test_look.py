"""The style sheet keeps its promises: every accent is readable in light and in dark, and the whole stays small."""

import gzip
import re
from pathlib import Path

import pytest
from PIL import ImageFont, features

from governance.commands import Accent

STATIC = Path(__file__).parents[2] / "api" / "static"
CSS = (STATIC / "voisiture.css").read_text(encoding="utf-8")
LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)")
READABLE = 4.5  # WCAG 2.2 AA, 1.4.3
VISIBLE = 3.0  # WCAG 2.2 AA, 1.4.11


def colours(sheet: str, selector: str) -> dict[str, str]:
    rule = re.search(rf"{re.escape(selector)} {{(.*?)}}", sheet, flags=re.DOTALL)
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b", rule[1])) if rule else {}


def look(theme: str, accent: str) -> dict[str, str]:
    sheet = LIGHT if theme == "light" else DARK
    base = colours(LIGHT, ":root") | (colours(DARK, ":root") if theme == "dark" else {})
    return base | colours(sheet, f".accent-{accent}")


def brightness(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("accent", [accent.value for accent in Accent])
def test_every_accent_is_readable_on_every_ground(accent: str, theme: str) -> None:
    seen = look(theme, accent)
    assert contrast(seen["on-accent"], seen["accent"]) >= READABLE
    for ground in ("paper", "card", "wash"):
        assert contrast(seen["accent"], seen[ground]) >= READABLE, ground
        assert contrast(seen["ink"], seen[ground]) >= READABLE, ground
        assert contrast(seen["soft"], seen[ground]) >= READABLE, ground


def laid_over(ground: str, colour: str, opacity: float) -> str:
    """Return what is seen of a ground through a colour."""
    pairs = ((int(ground[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(under * (1 - opacity) + over * opacity):02x}" for under, over in pairs)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("accent", [accent.value for accent in Accent])
def test_a_name_is_readable_over_the_hills(accent: str, theme: str) -> None:
    seen, hill = look(theme, accent), re.search(r"\.hills \.far {.*opacity: ([.\d]+)", CSS)
    assert hill is not None
    assert contrast(seen["accent"], laid_over(seen["wash"], seen["accent"], float(hill[1]))) >= READABLE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_and_edges_are_seen(theme: str) -> None:
    seen = look(theme, "green")
    for state in ("good", "wait", "stop"):
        assert min(contrast(seen[state], seen[ground]) for ground in ("paper", "card")) >= READABLE, state
    assert min(contrast(seen["edge"], seen[ground]) for ground in ("paper", "card")) >= VISIBLE


@pytest.mark.parametrize("accent", [accent.value for accent in Accent if accent is not Accent.GREEN])
def test_every_accent_of_a_coop_is_in_both_themes(accent: str) -> None:
    assert f".accent-{accent} " in LIGHT
    assert f".accent-{accent} " in DARK


@pytest.mark.parametrize(
    ("name", "kilobytes"),
    [
        *(("voisiture.css", 9), ("voisiture.js", 3), ("service-worker.js", 3)),
        *(("finding.js", 2), ("sending.js", 2.2), ("photos.js", 1.8), ("sharing.js", 0.6), ("offline.js", 0.8)),
    ],
)
def test_what_a_phone_fetches_stays_small(name: str, kilobytes: float) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes())) <= kilobytes * 1000


def test_the_typeface_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow does not shape text")
@pytest.mark.parametrize(("asked", "inked"), [((), False), (("tnum",), False), (("tnum", "zero"), True)])
def test_a_zero_is_plain_but_where_a_code_is_read(asked: tuple[str, ...], inked: bool) -> None:  # noqa: FBT001
    face = ImageFont.truetype(str(STATIC / "fonts" / "atkinson-hyperlegible-next.woff2"), 200)
    zero = face.getmask("0", features=list(asked))
    width, height = zero.size
    assert (zero.getpixel((width // 2, height // 2)) > 0) is inked


def test_codes_alone_ask_for_the_slashed_zero() -> None:
    asking = re.findall(r"^(.+) \{[^}]*slashed-zero", CSS, flags=re.MULTILINE)
    assert asking == ['code, .coded, .link-text, [name="iban"]']
