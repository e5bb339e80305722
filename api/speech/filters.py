"""How templates say things: `{{ price|money }}`, `{{ paper.kind|label("PAPERS") }}`, in the reader's own words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.speech import labels, refusals, rules
from api.speech.called import called, dialled, first_name, mapped, owner, whose
from api.speech.texts import gettext
from api.speech.words import Words

AS_WORDS = (
    *("money", "signed", "owed", "rate", "number", "fraction", "percent", "km", "distance", "walk", "local"),
    *("hour", "hours", "day", "date", "short_date", "month", "weekday", "weekday_name", "day_of_month", "moment"),
    *("period", "duration", "ago", "listing", "begin", "narrow", "iban", "address", "form_date", "form_time", "typed"),
)
"""The ways of saying that are methods of `Words`."""


def label(words: Words, code: str, table: str, **values: object) -> str:
    """Return the word for a code of a table of `api.speech.labels`."""
    return gettext(getattr(labels, table)[code], words.lang, **values)


def labelled(words: Words, codes: Sequence[str], table: str) -> list[str]:
    """Return the word for each code of a table."""
    return [label(words, code, table) for code in codes]


FILTERS: Mapping[str, Callable[..., Any]] = {name: getattr(Words, name) for name in AS_WORDS} | {
    "label": label,
    "labelled": labelled,
    "called": called,
    "dialled": dialled,
    "first_name": first_name,
    "mapped": lambda _words, place: mapped(place),
    "whose": whose,
    "holding": lambda words, holders: words.begin(words.listing([whose(words, holder) for holder in holders])),
    "owners": lambda words, owners: [owner(words, owning) for owning in owners],
    "why": lambda words, reason: refusals.why(reason, words),
    "rule": lambda words, row: rules.sentence(words, row.rule, row.exact, row.vehicle_name),
    "rule_value": lambda words, row: rules.value(words, row.rule, row.exact),
    "rule_bound": rules.bound,
    "vote_reason": rules.reason,
}
"""Each is given the reader's words, then what stands before the bar."""
