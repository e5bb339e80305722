"""What someone is called: a member, the holder of an account, an owner with her parts."""

import msgspec

from api.speech.texts import gettext, isolated
from api.speech.words import Words
from usecases.money.accounts import Holder


class NamedOwner(msgspec.Struct, frozen=True):
    """An owner, and her parts of so many where several own it (`None`: all)."""

    name: str | None
    parts: int | None
    of: int


def called(words: Words, name: str | None) -> str:
    """Return what someone is called; who was erased is a former member."""
    return isolated(name) if name else gettext("a former member", words.lang)


def whose(words: Words, holder: Holder) -> str:
    """Return what the holder of an account is called: the common purse, or a name."""
    if holder.is_purse:
        return gettext("the common purse", words.lang)
    return called(words, holder.name)


def owner(words: Words, owning: NamedOwner) -> str:
    """Return an owner's name, with her parts where several own it: `Nadia (2/5)`."""
    name = called(words, owning.name)
    return f"{name} ({owning.parts}/{owning.of})" if owning.parts else name
