"""Whose account it is, as one says it."""

from api.speech.texts import gettext
from api.speech.words import Words
from usecases.money.accounts import Holder


def whose(words: Words, holder: Holder) -> str:
    """Return what the holder of an account is called: the common purse, a name, or a former member once erased."""
    if holder.is_purse:
        return gettext("the common purse", words.lang)
    return holder.name or gettext("a former member", words.lang)
