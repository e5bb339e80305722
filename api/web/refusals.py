"""From a refusal to what a browser or a program is told: one status each, one sentence in the reader's language."""

from datetime import date, datetime

from api.speech.texts import gettext
from api.speech.words import Words
from kernel.money import Money
from kernel.period import Period
from kernel.refused import CommandReused, NotYours, Overtaken, Refused, Unknown, Unreadable
from people.sign_in import LinkSpent, TooManyLinks
from territory.communes import NoSuchCommune


class NotSignedIn(Refused):
    """Sign in first."""


class NotAMember(Refused):
    """This is for the members of this co-op."""


class NotYourRole(Refused):
    """This is for the member the co-op has chosen for it."""


STATUS: dict[type[Refused], int] = {
    Unreadable: 400,
    NotSignedIn: 401,
    NotYours: 403,
    NotAMember: 403,
    NotYourRole: 403,
    Unknown: 404,
    NoSuchCommune: 404,
    LinkSpent: 410,
    CommandReused: 409,
    Overtaken: 409,
    TooManyLinks: 429,
}
BY_THE_RULES = 409  # any other refusal: well asked, but the rules or the moment say no


def status_of(refusal: Refused) -> int:
    """Return the HTTP status of a refusal."""
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), BY_THE_RULES)


def said(refusal: Refused, words: Words) -> str:
    """Return a refusal's sentence in the reader's language, its hours and amounts said as people do."""
    return gettext(refusal.sentence(), words.lang, **{k: _plain(v, words) for k, v in refusal.details.items()})


def _plain(value: object, words: Words) -> object:
    match value:
        case Period():
            return words.period(value)
        case datetime():
            return words.moment(value)
        case date():
            return words.date(value)
        case Money():
            return words.money(value)
        case str() if value:
            return gettext(value, words.lang)
    return value
