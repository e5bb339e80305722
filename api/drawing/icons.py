"""Line drawings of 24 by 24, in the colour of the text beside them: never alone, always with a word."""

from markupsafe import Markup

from api.drawing.svg import svg

ICONS = {
    "home": "M4 11l8-7 8 7M6 10v9h12v-9M10 19v-5h4v5",
    "vehicles": "M3 16v-4l3-1 2-4h7l3 4 3 1v4h-2M6 16h-3M9 16h6M7.5 18a2 2 0 100-4 2 2 0 000 4z"
    "M16.500 18a2 2 0 100-4 2 2 0 000 4z",
    "trips": "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
    "accounts": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
    "community": "M2 20v-7l4-4 4 4v7zM14 20v-9l4-4 4 4v9zM10 20h4M6 20v-3M18 20v-4",
    "place": "M12 21c5-5 7-8 7-11a7 7 0 00-14 0c0 3 2 6 7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
    "go": "M9 5l7 7-7 7",
    "camera": "M3 8h4l2-3h6l2 3h4v11H3zM12 16.500a3.500 3.500 0 100-7 3.500 3.500 0 000 7z",
}

SHAPES = {
    "good": '<path d="M3 9l4 4 6-9"/>',
    "wait": '<circle cx="8" cy="8" r="6"/><path d="M8 4.500V8l2.500 1.500"/>',
    "stop": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "now": '<circle class="full" cx="8" cy="8" r="5"/>',
    "over": '<path d="M3 8h10"/>',
}
"""The shape of a state: it says what the colour only repeats."""


def icon(name: str) -> Markup:
    """Draw what a place or a thing is known by."""
    return svg("icon", "0 0 24 24", f'<path d="{ICONS[name]}"/>')


def shape(name: str) -> Markup:
    """Draw the shape of a state, 16 by 16."""
    return svg("shape", "0 0 16 16", SHAPES[name])
