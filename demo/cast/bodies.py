"""The shapes of the demo's vehicles, seen from their left, in units of 96 by 60, and the paint each word stands for.

`M x,y` begins an outline, `L` goes straight, `Q x,y x,y` bends; a vehicle looks to the right.
"""

from typing import NamedTuple


class Body(NamedTuple):
    """A vehicle's outlines, its wheels (centre and radius), and where its lamps are (0: it has none)."""

    hull: str = ""
    glass: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    wheels: tuple[tuple[float, float, float], ...] = ()
    frame: tuple[str, ...] = ()
    lamp: tuple[float, float] = (0, 0)
    rear: tuple[float, float] = (0, 0)
    spoked: bool = False


BODIES = {
    "hatchback": Body(
        hull="M6,47 L5,36 Q5,31 9,30 L18,17 Q21,13 28,13 L48,13 Q55,13 60,17 L71,28 Q86,30 90,35 Q93,39 92,47 "
        "Q92,49 88,49 L10,49 Q6,49 6,47",
        glass=(
            "M15,29 L23,18 Q25,16 29,16 L39,16 L39,29 L15,29",
            "M43,16 L50,16 Q55,16 58,19 L66,28 L66,29 L43,29 L43,16",
        ),
        lines=("M41,16 L41,47", "M66,31 L64,46", "M34,34 L39,34", "M8,38 L91,38"),
        wheels=((24, 49, 8), (74, 49, 8)),
        lamp=(87, 33),
        rear=(5, 33),
    ),
    "small": Body(
        hull="M12,47 L11,35 Q11,30 14,28 L19,16 Q21,11 28,10 L50,10 Q57,10 62,16 L70,27 Q81,29 84,35 Q86,40 85,47 "
        "Q85,49 82,49 L16,49 Q12,49 12,47",
        glass=("M19,27 L24,16 Q25,14 29,14 L42,14 L42,27 L19,27", "M46,14 L51,14 Q55,14 58,18 L65,27 L46,27 L46,14"),
        lines=("M44,14 L44,47", "M64,29 L62,46", "M38,32 L42,32"),
        wheels=((28, 49, 7.5), (70, 49, 7.5)),
        lamp=(80, 32),
        rear=(11, 31),
    ),
    "ludospace": Body(
        hull="M6,47 L5,14 Q5,8 11,8 L46,8 Q53,8 58,13 L70,27 Q86,29 90,35 Q93,40 92,47 Q92,49 88,49 L10,49 Q6,49 6,47",
        glass=(
            "M9,26 L9,15 Q9,12 12,12 L23,12 L23,26 L9,26",
            "M26,12 L41,12 L41,26 L26,26 L26,12",
            "M44,12 L47,12 Q52,12 55,16 L64,26 L44,26 L44,12",
        ),
        lines=("M24,12 L24,47", "M42,12 L42,47", "M64,28 L62,46", "M24,32 L42,32"),
        wheels=((23, 49, 8), (75, 49, 8)),
        lamp=(87, 32),
        rear=(5, 24),
    ),
    "panel van": Body(
        hull="M5,47 L4,11 Q4,5 10,5 L54,5 Q60,5 64,10 L74,25 Q87,28 91,34 Q93,39 92,47 Q92,49 88,49 L9,49 Q5,49 5,47",
        glass=("M51,10 L55,10 Q59,10 62,14 L70,25 L51,25 L51,10",),
        lines=("M28,7 L28,47", "M49,7 L49,47", "M29,31 L48,31", "M70,27 L67,46", "M5,38 L49,38"),
        wheels=((22, 49, 8), (75, 49, 8)),
        lamp=(87, 31),
        rear=(4, 22),
    ),
    "minibus": Body(
        hull="M3,47 L2,9 Q2,3 8,3 L66,3 Q72,3 76,9 L85,25 Q92,28 94,35 L94,47 Q94,49 90,49 L7,49 Q3,49 3,47",
        glass=(
            "M6,23 L6,11 Q6,8 9,8 L20,8 L20,23 L6,23",
            "M23,8 L41,8 L41,23 L23,23 L23,8",
            "M44,8 L58,8 L58,23 L44,23 L44,8",
            "M61,8 L66,8 Q70,8 73,13 L79,23 L61,23 L61,8",
        ),
        lines=("M42,5 L42,47", "M59,5 L59,47", "M22,31 L42,31", "M3,38 L94,38"),
        wheels=((20, 49, 8), (76, 49, 8)),
        lamp=(89, 31),
        rear=(2, 22),
    ),
    "suv": Body(
        hull="M6,45 L5,30 Q5,25 9,24 L14,12 Q16,8 23,8 L50,8 Q57,8 61,12 L70,23 Q86,25 90,31 "
        "Q93,36 92,45 L88,47 L10,47 Q6,47 6,45",
        glass=("M12,23 L17,13 Q18,11 22,11 L35,11 L35,23 L12,23", "M39,11 L50,11 Q55,11 58,14 L65,23 L39,23 L39,11"),
        lines=("M37,11 L37,44", "M65,25 L63,44", "M30,29 L35,29", "M6,40 L91,40"),
        wheels=((24, 48, 9.5), (74, 48, 9.5)),
        lamp=(87, 28),
        rear=(5, 27),
    ),
    "old": Body(
        hull="M7,47 L6,33 L12,31 L21,15 L52,15 L64,29 L88,32 L91,37 L91,47 L88,49 L10,49 L7,47",
        glass=("M17,30 L23,18 L38,18 L38,30 L17,30", "M42,18 L51,18 L60,29 L60,30 L42,30 L42,18"),
        lines=("M40,17 L40,47", "M61,31 L60,46", "M34,35 L38,35", "M7,40 L91,40"),
        wheels=((25, 49, 7.5), (74, 49, 7.5)),
        lamp=(87, 34),
        rear=(6, 34),
    ),
    "cargo bike": Body(
        hull="M46,27 L84,27 L80,46 L49,46 L46,27",
        lines=("M47,32 L83,32",),
        frame=(
            "M18,46 L28,24 L43,46 L18,46",
            "M28,24 L27,18 L22,17 L31,17",
            "M43,46 L44,18 L37,15",
            "M29,25 L44,24",
            "M43,46 L74,50",
        ),
        wheels=((18, 46, 11), (76, 50, 7.5)),
        spoked=True,
    ),
    "trailer": Body(
        hull="M26,18 L88,18 L88,42 L26,42 L26,18",
        lines=("M41,18 L41,42", "M57,18 L57,42", "M73,18 L73,42", "M26,25 L88,25"),
        frame=("M26,41 L8,41 L8,50",),
        wheels=((56, 48, 9),),
    ),
}

PAINTS: dict[str, tuple[int, int, int]] = {
    "rouge": (176, 40, 38),
    "blanc": (232, 231, 226),
    "bleu nuit": (38, 54, 96),
    "jaune": (226, 178, 44),
    "bleu": (52, 104, 168),
    "gris clair": (178, 182, 184),
    "blanc, bande verte": (226, 232, 222),
    "vert d’eau": (134, 190, 174),
    "gris argent": (160, 165, 170),
    "vert kaki": (102, 108, 74),
    "rouge, toit blanc": (190, 52, 44),
    "bleu ciel": (122, 172, 212),
    "beige": (206, 190, 158),
    "bordeaux": (112, 30, 44),
    "gris foncé": (82, 86, 92),
}
WOOD = (158, 108, 62)
"""What has no colour of its own: the box of a cargo bike, a trailer."""
