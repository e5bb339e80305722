"""Refusals as a reader reads them: the sentence in her language, its hours and amounts said as people do."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from api.speech.labels import PAPERS_NAMED
from api.speech.texts import gettext
from api.speech.words import Words
from booking.policies import PapersExpired
from kernel.money import Money
from kernel.period import Period
from kernel.refused import Reason, Refused, Saying, every_refusal
from kernel.text import N_

RAN_OUT = N_("Its {paper} ran out on {until}: nobody can book it until it is renewed.")
"""What is said of a paper that ends before the hours asked for, once it has."""


def sentence_of(refusal: Refused, words: Words) -> str:
    """Return a refusal's sentence in the reader's language."""
    return why(refusal.reason(), words)


def why(reason: Reason, words: Words) -> str:
    """Return the sentence of a refusal that was kept as a value."""
    until = reason.details.get("until")
    past = type(until) is date and until < words.local(words.now).date()
    ran_out = past and reason.code == PapersExpired.code()
    return _filled(RAN_OUT if ran_out else _sentence(reason.code), reason.details, words)


@cache
def _sentence(code: str) -> str:
    return next(refusal.sentence() for refusal in every_refusal() if refusal.code() == code)


def say(saying: Saying, words: Words) -> str:
    """Return a sentence that was kept, with what fills it, in the reader's language."""
    return _filled(saying.sentence, saying.values, words)


def _filled(sentence: str, details: Mapping[str, object], words: Words) -> str:
    said = {name: _plain(value, words) for name, value in details.items()}
    match details:
        case {"start": datetime() as start, "end": datetime() as end} if _same_day(start, end, words):
            said["end"] = words.hour(end)
    return gettext(sentence, words.lang, **said)


def _same_day(start: datetime, end: datetime, words: Words) -> bool:
    """Tell whether the day of some hours is said once for both."""
    return words.local(start).date() == words.local(end).date()


def _plain(value: object, words: Words) -> object:
    match value:
        case Saying():
            return say(value, words)
        case int():
            return words.number(value)
        case Period():
            return words.period(value)
        case datetime():
            return words.moment(value)
        case date():
            return words.date(value)
        case Money():
            return words.money(value)
        case str() if value:
            return gettext(PAPERS_NAMED.get(value, value), words.lang)
        case tuple() | list():
            return words.listing([str(_plain(part, words)) for part in value])
    return value
