"""What every drawing is made of: inline SVG without inline style, hidden from screen readers."""

from markupsafe import Markup

TINTS = 6  # the tints `.tint-0` to `.tint-5` of voisiture.css


def svg(classes: str, view: str, inside: str, *, stretch: bool = False, extra: str = "") -> Markup:
    """Return a drawing in a `view` box; stretched to the width it is given, or in its own proportions."""
    ratio = ' preserveAspectRatio="none"' if stretch else ""
    return Markup(  # noqa: S704 - built here from numbers and fixed shapes; the one given word is escaped
        f'<svg class="{classes}" viewBox="{view}" aria-hidden="true" focusable="false"{ratio}{extra}>{inside}</svg>'
    )
