"""What every page stands in, and the environment its templates are drawn with.

A template names the fields of its own view. Everything else comes by globals that need no import context: `page` is the
frame of the page being drawn (who reads, where, what was typed or refused), `_` and `ngettext` speak her language, and
every way of saying something is a filter: `{{ price|money }}`, `{{ trip.period|period }}`.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.drawing import charts, codes, icons, vehicles
from api.speech import house_rules, labels, refusals
from api.speech.accounts import whose
from api.speech.texts import gettext, ngettext
from api.speech.words import Words
from api.web.acts import ACTS
from api.web.fields import limits_of
from api.web.forms import Limits

FOLDER = Path(__file__).parents[1]
STATIC = FOLDER / "static"
SAID = (
    *("money", "euros", "signed", "owed", "rate", "number", "fraction", "percent", "km", "distance", "walk", "local"),
    *("hour", "day", "date", "month", "weekday", "weekday_name", "moment", "period", "duration", "ago", "listing"),
    *("begin", "iban", "form_date", "form_time", "typed"),
)
"""The ways of saying that are filters: each is a method of `Words`."""


class Here(msgspec.Struct, frozen=True):
    """A co-op the reader belongs to, for the switcher."""

    name: str
    href: str
    current: bool


class Flash(msgspec.Struct, frozen=True):
    """What was just done, and where it can be undone (empty: nowhere)."""

    text: str
    undo: str


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Around a page: the reader, her co-op and its accent, her language, what was typed and what was wrong with it.

    `here` is the prefix of the co-op's addresses, empty outside any. `reader` is her name, `None` for a stranger.
    """

    words: Words
    reader: str | None
    coop_name: str | None
    accent: str
    coops: tuple[Here, ...]
    here: str
    path: str
    address: str | None
    csrf: Markup
    flash: Flash | None
    refusal: str | None
    errors: Mapping[str, str]
    typed: Mapping[str, str]

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.words.lang


_drawn: ContextVar[Frame] = ContextVar("frame")


class _Page:
    """The frame of the page being drawn, for templates and the components they import."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_drawn.get(), name)


def draw(template: str, view: Mapping[str, Any], frame: Frame) -> str:
    """Return a page as HTML."""
    token = _drawn.set(frame)
    try:
        return environment.get_template(template).render(view)
    finally:
        _drawn.reset(token)


@cache
def asset(name: str) -> str:
    """Return a static file's address, which changes with its content so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def speak(msgid: str, /, **values: object) -> str:
    """Return a sentence in the reader's language: the templates' `_`."""
    return gettext(msgid, _drawn.get().lang, **values)


def count(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the sentence that a number asks for: the templates' `ngettext`."""
    return ngettext(one, many, number, _drawn.get().lang, **values)


def label(code: str, table: str, **values: object) -> str:
    """Return the word for a code of a table of `api.speech.labels`: `{{ paper.kind|label("PAPERS") }}`."""
    return speak(getattr(labels, table)[code], **values)


def called(name: str | None) -> str:
    """Return what someone is called; who was erased is a former member."""
    return name or speak("a former member")


def limits(act: str) -> Mapping[str, Limits]:
    """Tell what each field of an act's form may hold; templates call it with the act's name."""
    return limits_of(ACTS[act])


def _saying(name: str) -> Callable[..., Any]:
    def say(value: object, *more: object) -> Any:
        return getattr(_drawn.get().words, name)(value, *more)

    return say


def _with_words(say: Callable[..., str]) -> Callable[..., str]:
    return lambda value, *more: say(_drawn.get().words, value, *more)


environment = Environment(
    loader=FileSystemLoader([FOLDER / "places", FOLDER / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
environment.globals |= {
    "page": _Page(),
    "_": speak,
    "ngettext": count,
    "limits": limits,
    "asset": asset,
    "new_id": uuid4,
    "labels": labels,
    "icon": icons.icon,
    "shape": icons.shape,
    "drawn": vehicles.drawn,
    "silhouette": vehicles.silhouette,
    "day_strip": charts.day_strip,
    "balance_line": charts.balance_line,
    "share_bar": charts.share_bar,
    "count_bar": charts.count_bar,
    "qr_of": codes.qr_of,
    "epc_code": codes.epc_code,
}
environment.filters |= {name: _saying(name) for name in SAID}
environment.filters |= {
    "label": label,
    "why": lambda reason: refusals.why(reason, _drawn.get().words),
    "rule": _with_words(house_rules.sentence),
    "rule_value": lambda row: house_rules.value(_drawn.get().words, row.rule, row.exact),
    "rule_sentence": lambda row: house_rules.sentence(_drawn.get().words, row.rule, row.exact, row.vehicle_name),
    "rule_bound": _with_words(house_rules.bound),
    "vote_reason": _with_words(house_rules.reason),
    "called": called,
    "whose": _with_words(whose),
    "labelled": lambda codes, table: [label(code, table) for code in codes],
    "holder": lambda owner: f"{called(owner.name)} ({owner.parts}/{owner.of})" if owner.parts else called(owner.name),
    "holders": lambda owners: [environment.filters["holder"](owner) for owner in owners],
}
