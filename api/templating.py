"""The templates' world: one strict Jinja environment, and what every page is given whatever its subject.

A variable that a page forgets to give is an error, never an empty string: the comment at the top of each template is a
contract.
"""

from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api import pictures
from api.texts import counter, translator
from api.words import Words

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the one environment: escaping on, unknown names refused, pictures at hand."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False)
    made.globals.update(
        silhouette=pictures.silhouette,
        day_strip=pictures.day_strip,
        balance_line=pictures.balance_line,
        share_bar=pictures.share_bar,
        count_bar=pictures.count_bar,
    )
    return made


def spoken(lang: str, tz: tzinfo, now: datetime) -> dict[str, object]:
    """Return what makes a page speak to its reader: `lang`, `_`, `ngettext` and `words`."""
    return {"lang": lang, "_": translator(lang), "ngettext": counter(lang), "words": Words(lang, tz, now)}
