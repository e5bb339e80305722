"""The words on the page, in the reader's language: gettext, with English sentences as the keys.

The catalogues are read from their `.po` files at the first use, so that what translators edit is what runs: there is
no compiled file to forget. What is said of a number follows the language's own plural rule, as its catalogue has it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from kernel.read_models.spelling import plain
from kernel.text import LANGUAGES

_DE = re.compile(r"\b(?P<d>[Dd])e \{(?P<name>\w+)\}")
_VOWEL = re.compile("[aeiou]|y[^aeiou]")  # "de Yannick", but "d’Yves"; of an h nobody knows by its spelling

LOCALES = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> NullTranslations:
    """Return the translations of `lang`; for English, and for a language we lack, every sentence is its own."""
    path = LOCALES / f"{lang}.po"
    if lang not in LANGUAGES or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def gettext(msgid: str, lang: str, /, **values: object) -> str:
    """Return the sentence `msgid` in `lang`, its {braces} filled with `values`; in English when not translated."""
    return _fill(_elided(translations(lang).gettext(msgid), lang, values), values)


def ngettext(one: str, many: str, count: int, lang: str, /, **values: object) -> str:
    """Return `one` or `many` in `lang` as `count` asks ({count} is filled too); French counts 0 and 1 as one."""
    values = {"count": count, **values}
    return _fill(_elided(translations(lang).ngettext(one, many, abs(count)), lang, values), values)


def isolated(text: str) -> str:
    """Return a text that is written from right to left within marks that keep it from turning what stands beside it.

    They are what `<bdi>` is, for sentences, letters and attributes too (Unicode's first strong isolate).
    """
    if text.startswith("\u2068"):
        return text
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text if not letter.isascii())
    return f"\u2068{text}\u2069" if turns else text


def _elided(sentence: str, lang: str, values: dict[str, object]) -> str:
    """Return a French sentence with "d’" before what begins with a vowel: `le trajet d’Inès`, `à partir d’octobre`."""
    if lang != "fr" or not values:
        return sentence

    def before(found: re.Match[str]) -> str:
        elides = _VOWEL.match(plain(str(values.get(found["name"], "")).lstrip("\u2068")))
        return f"{found['d']}’{{{found['name']}}}" if elides else found[0]

    return _DE.sub(before, sentence)


def _fill(sentence: str, values: dict[str, object]) -> str:
    if not values:
        return sentence
    return sentence.format(**{name: isolated(value) if type(value) is str else value for name, value in values.items()})


def translator(lang: str) -> Callable[..., str]:
    """Return the `_` that templates call: `_("You owe {amount}", amount=…)`."""

    def speak(msgid: str, /, **values: object) -> str:
        return gettext(msgid, lang, **values)

    return speak


def chosen_language(chosen: str, accept: str) -> str:
    """Return the language chosen on this device, else the best of those a browser accepts."""
    return chosen if chosen in LANGUAGES else best_language(accept)


def best_language(accept: str) -> str:
    """Return the first language of an `Accept-Language` header that we speak; French when none is."""
    wanted = (part.split(";")[0].strip()[:2].lower() for part in accept.split(","))
    return next((lang for lang in wanted if lang in LANGUAGES), "fr")
