"""What every page stands in, and the environment its templates are drawn with.

A template names the fields of its own view. Everything else comes by globals that need no import context: `page` is the
frame of the page being drawn (who reads, where, what was typed or refused), `_` and `ngettext` speak her language, and
every way of saying something is a filter: `{{ price|money }}`, `{{ trip.period|period }}`.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.drawing import charts, codes, icons, vehicles
from api.speech import labels
from api.speech.filters import FILTERS
from api.speech.texts import gettext, ngettext
from api.speech.words import Words
from api.web.acts import ACTS
from api.web.answers import ReadBack
from api.web.fields import limits_of
from api.web.forms import Limits
from kernel.money import sign_of

FOLDER = Path(__file__).parents[1]
STATIC = FOLDER / "static"


class HerCoop(msgspec.Struct, frozen=True):
    """A co-op the reader belongs to, for the switcher."""

    name: str
    href: str
    current: bool


class Flash(msgspec.Struct, frozen=True):
    """What was just done, and where it can be undone (empty: nowhere), until when (`None`: any time)."""

    text: str
    undo: str
    until: datetime | None


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Around a page: the reader, her language, her co-op, its currency and accent, what was typed and what was wrong.

    `here` is the prefix of the co-op's addresses, empty outside any. `reader` is her name as its member, `None` for a
    stranger there; `person` is the name of who is signed in wherever she is. Without `csrf` nobody knows who reads.
    `labels` are what the fields are called that were drawn so far, `scripts` what else runs where they stand.
    `command_id` is that of a form shown again that may have been carried out already.
    """

    words: Words
    reader: str | None
    person: str | None
    coop_name: str | None
    currency: str
    accent: str
    coops: tuple[HerCoop, ...]
    here: str
    path: str
    address: str | None
    csrf: Markup
    flash: Flash | None
    refusal: str | None
    errors: Mapping[str, str]
    typed: Mapping[str, str]
    read_back: ReadBack | None = None
    command_id: str | None = None
    labels: dict[str, str] = msgspec.field(default_factory=dict)
    scripts: dict[str, None] = msgspec.field(default_factory=dict)

    def called(self, name: str, label: str) -> str:
        """Return what a field is called, remembered for what is said of it above the form."""
        self.labels[name] = label
        return label

    def runs(self, script: str) -> str:
        """Remember that a part of the page gains by a script, which the page fetches once, at its end."""
        self.scripts[script] = None
        return ""

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.words.lang

    @property
    def sign(self) -> str:
        """How amounts are marked beside a field: `€`, `F`."""
        return sign_of(self.currency)


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


def limits(act: str) -> Mapping[str, Limits]:
    """Tell what each field of an act's form may hold; templates call it with the act's name."""
    return limits_of(ACTS[act])


def _in_her_words(say: Callable[..., Any]) -> Callable[..., Any]:
    return lambda value, *more, **values: say(_drawn.get().words, value, *more, **values)


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
environment.filters |= {name: _in_her_words(say) for name, say in FILTERS.items()}
