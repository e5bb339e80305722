"""The words on the page, in the reader's language: gettext, with English sentences as the keys.

The catalogues are read from their `.po` files at the first use, so that what translators edit is what runs: there is
no compiled file to forget.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = {"fr": "Français", "en": "English"}
LOCALES = Path(__file__).parent / "locale"

Catalogue = dict[str, str | tuple[str, ...]]


@cache
def catalogue(lang: str) -> Catalogue:
    """Return the translations of `lang` by their English sentence; empty for English, and for a language we lack."""
    path = LOCALES / f"{lang}.po"
    if lang not in LANGUAGES or not path.exists():
        return {}
    with path.open("rb") as file:
        messages = list(read_po(file, locale=lang))
    return {_key(message.id): _forms(message.string) for message in messages if message.id and message.string}


def _key(msgid: str | tuple[str, ...] | list[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _forms(translation: str | tuple[str, ...] | list[str] | None) -> str | tuple[str, ...]:
    return translation if isinstance(translation, str) else tuple(translation or ())


def gettext(msgid: str, lang: str, /, **values: object) -> str:
    """Return the sentence `msgid` in `lang`, its {braces} filled with `values`; in English when not translated."""
    found = catalogue(lang).get(msgid, msgid)
    return _fill(found if isinstance(found, str) else found[0], values)


def ngettext(one: str, many: str, count: int, lang: str, /, **values: object) -> str:
    """Return `one` or `many` in `lang` as `count` asks ({count} is filled too); French counts 0 and 1 as one."""
    found = catalogue(lang).get(one, (one, many))
    forms = (found, found) if isinstance(found, str) else found
    singular = abs(count) < 2 if lang == "fr" else count == 1  # noqa: PLR2004 - the plural rule of French
    return _fill(forms[0] if singular else forms[-1], {"count": count, **values})


def _fill(sentence: str, values: dict[str, object]) -> str:
    return sentence.format(**values) if values else sentence


def translator(lang: str) -> "Callable[..., str]":
    """Return the `_` that templates call: `_("You owe {amount}", amount=…)`."""

    def speak(msgid: str, /, **values: object) -> str:
        return gettext(msgid, lang, **values)

    return speak


def counter(lang: str) -> "Callable[..., str]":
    """Return the `ngettext` that templates call: `ngettext("{count} trip", "{count} trips", n)`."""

    def count_in_language(one: str, many: str, count: int, /, **values: object) -> str:
        return ngettext(one, many, count, lang, **values)

    return count_in_language


def best_language(accept: str) -> str:
    """Return the first language of an `Accept-Language` header that we speak; French when none is."""
    wanted = (part.split(";")[0].strip()[:2].lower() for part in accept.split(","))
    return next((lang for lang in wanted if lang in LANGUAGES), "fr")
