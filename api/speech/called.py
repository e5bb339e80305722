"""What someone is called: a member, the holder of an account, an owner with her parts."""

import re
from itertools import takewhile
from urllib.parse import quote

import msgspec

from api.speech.texts import gettext, isolated
from api.speech.words import Words
from fleet.events import Place
from kernel.read_models.spelling import plain
from usecases.money.accounts import Holder

INITIALS = 2  # letters in capitals that are no surname: `JP`
TITLES = {"m", "mr", "mrs", "ms", "mme", "mlle", "madame", "monsieur", "dr", "famille", "family"}
AND = {"et", "and", "&", "+"}
SECOND = {
    "anne": "catherine cecile charlotte claire gaelle laure lise marie sophie",
    "charles": "andre antoine edouard emmanuel henri",
    "jean": "baptiste bernard charles christophe daniel denis francois gabriel guy henri jacques louis loup "
    "luc marc marie michel noel pascal paul philippe pierre rene robert sebastien yves",
    "marie": "agnes ange anne annick antoinette cecile christine claire dominique eve france francoise helene "
    "jeanne jose josee laure line lou louise madeleine noelle odile paule pierre rose therese",
    "pierre": "alain antoine emmanuel henri jean louis marie yves",
    "rose": "anne marie",
}
"""What may follow a first name written in two words, without accents; any other second word is a surname."""


class NamedOwner(msgspec.Struct, frozen=True):
    """An owner, and her parts of so many where several own it (`None`: all)."""

    name: str | None
    parts: int | None
    of: int


def called(words: Words, name: str | None) -> str:
    """Return what someone is called; who was erased is a former member."""
    return isolated(name) if name else gettext("a former member", words.lang)


def first_name(_words: Words, name: str) -> str:
    """Return by what one says hello to someone: `Anne Marie` to `Anne Marie Dupont`, and to `DUPONT Anne Marie`.

    Where it cannot be known the whole name is said: `Mme Martin`, `J. Martin`.
    """
    first, *rest = _given(name.split())
    second = plain(rest[0]) if rest else ""
    if plain(first).rstrip(".") in TITLES or len(first.rstrip(".")) == 1:
        return isolated(name)
    if second in AND and len(rest) > 1:
        return isolated(" ".join((first, *rest[:2])))
    return isolated(" ".join((first, *rest[:1])) if second in SECOND.get(plain(first), "").split() else first)


def _given(parts: list[str]) -> list[str]:
    """Return a name without a surname that stands first in capitals, as on a form: `LE GALL Anne`, not `JP Martin`."""
    shouted = [*takewhile(str.isupper, parts)]
    is_surname = len(shouted) < len(parts) and any(len(part.rstrip(".")) > INITIALS for part in shouted)
    return parts[len(shouted) :] if is_surname else parts


def dialled(_words: Words, phone: str) -> str:
    """Return a number as one dials it: of `+33 (0)6…` without the nought that is dialled at home alone."""
    abroad = phone.strip().startswith(("+", "00"))
    return "tel:" + re.sub(r"[^\d+]", "", phone.replace("(0)", "") if abroad else phone)


def whose(words: Words, holder: Holder) -> str:
    """Return what the holder of an account is called: the common purse, or a name."""
    if holder.is_purse:
        return gettext("the common purse", words.lang)
    return called(words, holder.name)


def owner(words: Words, owning: NamedOwner) -> str:
    """Return an owner's name, with her parts where several own it: `Nadia (2/5)`."""
    name = called(words, owning.name)
    return f"{name} ({owning.parts}/{owning.of})" if owning.parts else name


def mapped(place: Place) -> str:
    """Return what a phone opens its own map with (RFC 5870): where a place is exactly, else what it is called."""
    if place.latitude is None or place.longitude is None:
        return "geo:0,0?q=" + quote(place.text)
    return f"geo:{place.latitude},{place.longitude}?q={place.latitude},{place.longitude}"
