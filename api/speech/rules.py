"""Rules in plain sentences, as pages and letters say them."""

from decimal import Decimal
from fractions import Fraction

import msgspec

from api.speech.texts import gettext, ngettext
from api.speech.words import NBSP, Words
from governance.rules.rule import Kind, Rule, Value
from governance.votes.explanation import Sentence
from kernel.money import Money, sign_of

DAY_HOURS = 24
_PER = {Kind.MONEY_PER_KM: "km", Kind.MONEY_PER_HOUR: "h"}


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with one of its values; `vehicle_name` when it is a vehicle's own, whose `exact` is `None` to end that."""

    rule: Rule
    exact: Value | None
    vehicle_name: str | None = None


def stated(rule: Rule, text: str | None, vehicle_name: str | None) -> Stated:
    """Return a rule with the value of a canonical text; without one the co-op's applies to the vehicle."""
    return Stated(rule=rule, exact=None if text is None else rule.read(text), vehicle_name=vehicle_name)


def value(words: Words, rule: Rule, exact: Value | None) -> str:
    """Say a rule's value: `0,30 €/km`, `3 heures`, `un tiers`; `None` (a vehicle's) is the co-op's own value."""
    match exact:
        case None:
            return gettext("as the co-op's rule says", words.lang)
        case 0 if rule.zero:
            return gettext(rule.nothing, words.lang)
        case str():
            return gettext(rule.choices[exact], words.lang)
        case Fraction():
            return words.fraction(exact)
        case Decimal():
            return _amount(words, rule, exact)
    return _counted(rule.unit, exact, words.lang)


def unit(rule: Rule) -> str:
    """Say what stands behind a value as one types it: `€/km`, `F`, `h`."""
    return rule.unit.replace(rule.currency, sign_of(rule.currency)) if rule.currency else rule.unit


def sentence(words: Words, rule: Rule, exact: Value | None, vehicle_name: str | None = None) -> str:
    """Say a rule with its value; a vehicle's own begins with its name."""
    scope = f"{vehicle_name}{NBSP}· " if vehicle_name else ""
    if exact is None:
        label = gettext(rule.label, words.lang)
        return scope + gettext("{label}: as the co-op's rule says.", words.lang, label=label)
    if exact == 0 and rule.zero:
        return scope + gettext(rule.zero, words.lang)
    said = value(words, rule, exact)
    if rule.kind in _PER:  # "each km costs": of what, the sentence says
        said = said.rpartition("/")[0]
    return scope + gettext(rule.template, words.lang, value=said)


def bound(words: Words, rule: Rule, text: str) -> str:
    """Say the lowest or highest value a rule may take, without its unit."""
    if rule.kind is Kind.FRACTION:
        return text
    return words.number(Decimal(text))


def reason(words: Words, explained: Sentence) -> str:
    """Say why a vote ended as it did; its parts as people say them: `un tiers`, `more than half`."""
    values = {
        name: words.fraction(Fraction(value)) if isinstance(value, str) else value
        for name, value in explained.values.items()
    }
    return gettext(explained.template, words.lang, **values)


def _amount(words: Words, rule: Rule, exact: Decimal) -> str:
    if rule.kind in _PER:
        return words.rate(exact, _PER[rule.kind], rule.currency)
    return words.money(Money.of(exact, rule.currency))


def _counted(unit: str, count: int, lang: str) -> str:
    match unit:
        case "min":
            return ngettext("{count} minute", "{count} minutes", count, lang)
        case "h" if count > DAY_HOURS and count % DAY_HOURS == 0:
            return _counted("d", count // DAY_HOURS, lang)
        case "h":
            return ngettext("{count} hour", "{count} hours", count, lang)
        case "d":
            return ngettext("{count} day", "{count} days", count, lang)
    return str(count)
