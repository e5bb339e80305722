"""How amounts, hours, dates, distances and lengths of time are said aloud, in French and in English.

A `Words` is bound to one reader: her language, her co-op's time zone and the present instant. Everything it says is a
pure function of those and of what it is given, so a test can stand at any moment. Inside a figure, a day of a
month or an hour the spaces do not break: "12,50 €" and "2 décembre" never split over two lines.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import date as Date  # noqa: N812 - `date` is also what a Words says
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import msgspec
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_name

from api.speech.texts import gettext, ngettext
from kernel.money import Money, decimals_of
from kernel.period import Period

NBSP = "\u00a0"
MINUS = "\u2212"
WALK_METRES_A_MINUTE = 80  # 4.8 km/h: the pace of the usual walking-time signs
FAR_METRES = 3000  # further than that no walking time is shown


class Words(msgspec.Struct, frozen=True):
    """What one reader reads: language `lang` ("fr" or "en"), local time `tz`, at the instant `now` (aware)."""

    lang: str
    tz: tzinfo
    now: datetime

    def _(self, msgid: str, **values: object) -> str:
        return gettext(msgid, self.lang, **values)

    # amounts

    def money(self, amount: Money) -> str:
        """Say an amount: `12,50 €`; a debt has a true minus sign."""
        return _money(amount.cents, amount.currency, self.lang)

    def signed(self, amount: Money) -> str:
        """Say an amount that moves a balance, with its sign: `+30,00 €`, `−12,50 €`."""
        return f"+{self.money(amount)}" if amount.cents > 0 else self.money(amount)

    def owed(self, balance: Money) -> str:
        """Say a balance in words: positive is owed to the reader, negative is what she owes."""
        if balance.cents == 0:
            return self._("You are even")
        if balance.cents > 0:
            return self._("You are owed {amount}", amount=self.money(balance))
        return self._("You owe {amount}", amount=self.money(-balance))

    def rate(self, per_unit: Decimal, unit: str, currency: str) -> str:
        """Say a price per unit (`km`, `h`), with at least the decimals of its currency: `0,30 €/km`."""
        return f"{_rate(per_unit, currency, self.lang)}/{unit}"

    def currency_named(self, currency: str) -> str:
        """Say a currency as several are called: `euros`, `francs CFP`."""
        return str(get_currency_name(currency, count=2, locale=self.lang))

    def number(self, count: Decimal | int) -> str:
        """Say a count: `12 345` in French, `12,345` in English."""
        return _number(count, self.lang)

    def typed(self, number: str | Decimal) -> str:
        """Write a number as one types it in a field: `0,30` in French, `0.30` in English."""
        return str(number).replace(".", ",") if self.lang == "fr" else str(number)

    def fraction(self, part: Fraction) -> str:
        """Say a part as people do: `un tiers`, `half`; otherwise as it is written, `3/7`."""
        return {
            Fraction(1, 2): self._("half"),
            Fraction(1, 3): self._("one third"),
            Fraction(2, 3): self._("two thirds"),
            Fraction(1, 4): self._("a quarter"),
            Fraction(3, 4): self._("three quarters"),
            Fraction(1): self._("all"),
        }.get(part, str(part))

    def percent(self, whole: int) -> str:
        """Say a level in whole percent: `75 %`, `75%`."""
        return f"{whole}{NBSP}%" if self.lang == "fr" else f"{whole}%"

    # distances

    def km(self, distance_km: int) -> str:
        """Say whole kilometres: `1 234 km`."""
        return f"{self.number(distance_km)}{NBSP}km"

    def distance(self, metres: int) -> str:
        """Say a distance: to 50 m under a kilometre, then to 100 m."""
        if metres < 1000:  # noqa: PLR2004 - a kilometre
            return f"{max(50, round(metres / 50) * 50)}{NBSP}m"
        return f"{self.number((Decimal(metres) / 1000).quantize(Decimal('0.1')).normalize())}{NBSP}km"

    def walk(self, metres: int) -> str:
        """Say how far something is for someone on foot: `4 min à pied`, or the distance when it is no walk."""
        if metres > FAR_METRES:
            return self.distance(metres)
        minutes = max(1, -(-metres // WALK_METRES_A_MINUTE))
        return self._("{minutes} min walk", minutes=minutes).replace(" ", NBSP)

    # days and hours

    def local(self, instant: datetime) -> datetime:
        """Return the instant on the co-op's clocks."""
        return instant.astimezone(self.tz)

    def hour(self, instant: datetime) -> str:
        """Say the hour: `18 h`, `18 h 30`; `6 pm`, `6:30 pm`."""
        return self._half_day(instant) if self.lang == "en" else _french_hour(self.local(instant))

    def _half_day(self, instant: datetime) -> str:
        return f"{_english_clock(self.local(instant))}{NBSP}{self.local(instant):%p}".lower()

    def day(self, day: Date) -> str:
        """Say a day near the present as people do (`demain`, `samedi`), else in full, with its year if not this one."""
        today = self.local(self.now).date()
        ahead = (day - today).days
        near = {-1: self._("yesterday"), 0: self._("today"), 1: self._("tomorrow")}
        if ahead in near:
            return near[ahead]
        if 1 < ahead < 7:  # noqa: PLR2004 - within the week its name is enough
            return _date(day, "EEEE", self.lang)
        full = self.date(day) if day.year != today.year else self._first(_date(day, "d MMMM", self.lang))
        return f"{_date(day, 'EEEE', self.lang)} {full}"

    def date(self, day: Date) -> str:
        """Say a date in full, for papers and rules: `1er décembre 2026`."""
        return self._first(_date(day, "d MMMM y", self.lang))

    def short_date(self, day: Date) -> str:
        """Say a date shortly, for a column: `22 nov. 2026`."""
        return _date(day, "d MMM y", self.lang).replace(" ", NBSP)

    def _first(self, day: str) -> str:
        return f"1er{day[1:]}" if self.lang == "fr" and day.startswith(f"1{NBSP}") else day

    def month(self, day: Date) -> str:
        """Say the month of a day: `novembre 2026`."""
        return _date(day, "LLLL y", self.lang)

    def weekday(self, day: Date) -> str:
        """Say a day shortly, for a narrow column: `lun. 23`."""
        return _date(day, "EEE d", self.lang)

    def weekday_name(self, day: Date) -> str:
        """Say which day of the week it is, shortly, above a column: `lun.`."""
        return _date(day, "EEE", self.lang)

    def day_of_month(self, day: Date) -> str:
        """Say a day in a narrow cell, under its weekday: `23`, and the first of a month by its month: `1 déc.`."""
        return _date(day, "d MMM" if day.day == 1 else "d", self.lang)

    def narrow(self, text: str) -> str:
        """Let a short text break where it may not elsewhere: in a cell too narrow for all of it."""
        return text.replace(NBSP, " ")

    def moment(self, instant: datetime) -> str:
        """Say an instant: `demain 18 h`."""
        return f"{self.day(self.local(instant).date())} {self.hour(instant)}"

    def period(self, period: Period) -> str:
        """Say a period: `demain 18 h – 20 h`, `tomorrow 6–8 pm`; across a change of hour, how long it really lasts."""
        start, end = self.local(period.start), self.local(period.end)
        if start.date() == end.date():
            text = f"{self.day(start.date())} {self.hours(period)}"
        else:
            text = _from_to(self.moment(period.start), self.moment(period.end))
        if start.utcoffset() == end.utcoffset():
            return text
        return self._(
            "{period}, that is {length} (the clocks change)", period=text, length=self.duration(period.length)
        )

    def hours(self, period: Period) -> str:
        """Say the hours of a period within one day: `18 h – 20 h`, `6–8 pm`."""
        start, end = self.local(period.start), self.local(period.end)
        if self.lang == "en" and start.strftime("%p") == end.strftime("%p"):
            return f"{_english_clock(start)}–{self.hour(period.end)}"
        return _from_to(self.hour(period.start), self.hour(period.end))

    def duration(self, length: timedelta) -> str:
        """Say a length of time: `45 min`, `1 h 30`, `3 jours`, `2 jours 4 h`."""
        days, rest = divmod(int(length.total_seconds()) // 60, 24 * 60)
        hours, minutes = divmod(rest, 60)
        parts = [ngettext("{count} day", "{count} days", days, self.lang)] if days else []
        if hours:
            parts.append(f"{hours} h {minutes:02}" if minutes else f"{hours} h")
        elif minutes or not days:
            parts.append(f"{minutes} min")
        return " ".join(parts).replace(" ", NBSP)

    def booked(self, length: timedelta) -> str:
        """Say a length of time that was booked: `1 h 30 réservée`, `2 h réservées`, `3 jours réservés`."""
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        if length < timedelta(days=1):
            most = hours or minutes
            return ngettext("{length} booked", "{length} booked", most, self.lang, length=self.duration(length))
        days = -(-length // timedelta(days=1))  # a day and an hour are several
        return ngettext("{days} booked", "{days} booked", days, self.lang, days=self.duration(length))

    def ago(self, instant: datetime) -> str:
        """Say when something happened: `à l'instant`, `il y a 5 min`, then its day and hour."""
        minutes = int((self.now - instant).total_seconds()) // 60
        if minutes < 1:
            return self._("just now")
        if minutes < 60:  # noqa: PLR2004 - an hour
            return self._("{minutes} min ago", minutes=minutes)
        return self.moment(instant)

    # lists and codes

    def listing(self, names: Sequence[str]) -> str:
        """Join names: `Ana, Luc et Zoé`."""
        *first, last = names or [""]
        return self._("{names} and {last}", names=", ".join(first), last=last) if first else last

    def begin(self, text: str) -> str:
        """Begin a sentence with what is said: only its first letter changes."""
        return text[:1].upper() + text[1:]

    def iban(self, iban: str) -> str:
        """Write an IBAN in groups of four, as on a bank statement."""
        plain = iban.replace(" ", "")
        return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))

    def address(self, instant: datetime) -> str:
        """Write an instant in an address, in UTC: `2026-11-21T17:00:00Z`."""
        return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def form_date(self, instant: datetime) -> str:
        """Return the local date as a date field wants it: `2026-11-21`."""
        return self.local(instant).date().isoformat()

    def form_time(self, instant: datetime) -> str:
        """Return the local hour as a time field wants it: `18:30`."""
        return f"{self.local(instant):%H:%M}"


@lru_cache(maxsize=4096)
def _money(cents: int, currency: str, lang: str) -> str:
    pattern = _pattern(decimals_of(currency), lang, grouped=True)
    said = format_currency(Money(cents, currency).amount, currency, pattern, locale=lang, currency_digits=False)
    return _plain_spaces(said).replace("-", MINUS)


@lru_cache(maxsize=512)
def _rate(per_unit: Decimal, currency: str, lang: str) -> str:
    digits = max(decimals_of(currency), -int(per_unit.normalize().as_tuple().exponent))
    price = format_currency(per_unit, currency, _pattern(digits, lang), locale=lang, currency_digits=False)
    return _plain_spaces(price)


@lru_cache(maxsize=4096)
def _number(count: Decimal | int, lang: str) -> str:
    return _plain_spaces(format_decimal(count, locale=lang)).replace("-", MINUS)


@lru_cache(maxsize=4096)
def _date(day: Date, pattern: str, lang: str) -> str:
    return re.sub(r"(?<=\d) ", NBSP, format_date(day, pattern, locale=lang))  # a year may stand on the next line


def _pattern(digits: int, lang: str, *, grouped: bool = False) -> str:
    """Return how an amount of so many decimals is written: its thousands apart when they are `grouped`."""
    number = ("#,##0" if grouped else "0") + (f".{'0' * digits}" if digits else "")
    return f"{number}{NBSP}¤" if lang == "fr" else f"¤{number}"


def _plain_spaces(text: str) -> str:
    return text.replace("\u202f", NBSP)  # the page's typeface has no narrow no-break space


def _from_to(start: str, end: str) -> str:
    """Say from when to when: a line may end before the dash, never behind it."""
    return f"{start} –{NBSP}{end}"


def _french_hour(local: datetime) -> str:
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02}" if local.minute else f"{local.hour}{NBSP}h"


def _english_clock(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local.minute:02}" if local.minute else f"{local.hour % 12 or 12}"
