"""What someone is called: a member, the holder of an account, an owner with her parts."""

import re
from urllib.parse import quote

import msgspec

from api.speech.texts import gettext, isolated
from api.speech.words import Words
from fleet.events import Place
from usecases.money.accounts import Holder


class NamedOwner(msgspec.Struct, frozen=True):
    """An owner, and her parts of so many where several own it (`None`: all)."""

    name: str | None
    parts: int | None
    of: int


def called(words: Words, name: str | None) -> str:
    """Return what someone is called; who was erased is a former member."""
    return isolated(name) if name else gettext("a former member", words.lang)


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
