"""Amounts, hours, dates and distances are said as people say them, in French and in English."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.speech.words import Words
from kernel.money import Money
from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 17, 20, tzinfo=PARIS)  # a Saturday
FRENCH, ENGLISH = Words("fr", PARIS, NOW), Words("en", PARIS, NOW)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (1250, "12,50 €", "€12.50"),
        (0, "0,00 €", "€0.00"),
        (-5, "−0,05 €", "−€0.05"),
        (123456789, "1 234 567,89 €", "€1,234,567.89"),
    ],
)
def test_an_amount(cents: int, french: str, english: str) -> None:
    assert (plain(FRENCH.money(Money(cents))), plain(ENGLISH.money(Money(cents)))) == (french, english)


def test_no_space_inside_an_amount_may_break() -> None:
    assert " " not in FRENCH.money(Money(123456789))


def test_an_amount_in_another_currency() -> None:
    assert plain(FRENCH.money(Money(1250, "CHF"))) == "12,50 CHF"


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        (Money(1500, "XPF"), "1 500 FCFP", "CFPF1,500"),
        (Money(-1500, "XPF"), "−1 500 FCFP", "−CFPF1,500"),
        (Money(1_234_567, "TND"), "1 234,567 TND", "TND1,234.567"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(amount: Money, french: str, english: str) -> None:
    assert (plain(FRENCH.money(amount)), plain(ENGLISH.money(amount))) == (french, english)


@given(st.integers(0, 10**11), st.sampled_from(["EUR", "XPF", "TND", "CHF"]))
def test_what_is_said_is_read_back_the_same(cents: int, currency: str) -> None:
    amount = Money(cents, currency)
    assert Money.parse(FRENCH.money(amount), currency) == amount


def test_an_amount_that_moves_a_balance_has_its_sign() -> None:
    assert [plain(FRENCH.signed(Money(cents))) for cents in (3000, -1250, 0)] == ["+30,00 €", "−12,50 €", "0,00 €"]


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (-2340, "Vous devez 23,40 €", "You owe €23.40"),
        (2340, "On vous doit 23,40 €", "You are owed €23.40"),
        (0, "Tout est réglé", "You are even"),
    ],
)
def test_a_balance_in_words(cents: int, french: str, english: str) -> None:
    assert (plain(FRENCH.owed(Money(cents))), plain(ENGLISH.owed(Money(cents)))) == (french, english)


@pytest.mark.parametrize(
    ("rate", "french", "english"),
    [
        ("0.3", "0,30 €/km", "€0.30/km"),
        ("0.3125", "0,3125 €/km", "€0.3125/km"),
        ("4", "4,00 €/km", "€4.00/km"),
        ("0", "0,00 €/km", "€0.00/km"),
    ],
)
def test_a_price_per_km_keeps_its_decimals(rate: str, french: str, english: str) -> None:
    said = (words.rate(Decimal(rate), "km", "EUR") for words in (FRENCH, ENGLISH))
    assert [*map(plain, said)] == [french, english]


def test_a_price_has_at_least_the_decimals_of_its_currency() -> None:
    said = [
        FRENCH.rate(Decimal(rate), "km", currency) for rate, currency in (("35", "XPF"), ("35.5", "XPF"), ("1", "TND"))
    ]
    assert [*map(plain, said)] == ["35 FCFP/km", "35,5 FCFP/km", "1,000 TND/km"]


def test_a_currency_is_called_by_its_name() -> None:
    assert [FRENCH.currency_named(code) for code in ("EUR", "XPF")] == ["euros", "francs CFP"]


def test_parts_and_levels() -> None:
    assert [FRENCH.fraction(Fraction(a, b)) for a, b in ((1, 3), (2, 4), (3, 7))] == ["un tiers", "la moitié", "3/7"]
    assert (plain(FRENCH.percent(75)), ENGLISH.percent(75)) == ("75 %", "75%")


def test_kilometres_are_grouped_by_thousands() -> None:
    assert (plain(FRENCH.km(84210)), plain(ENGLISH.km(84210))) == ("84 210 km", "84,210 km")


@pytest.mark.parametrize(
    ("metres", "said"), [(0, "50 m"), (337, "350 m"), (1240, "1,2 km"), (8000, "8 km"), (20000, "20 km")]
)
def test_a_distance_is_rounded_as_people_do(metres: int, said: str) -> None:
    assert plain(FRENCH.distance(metres)) == said


@pytest.mark.parametrize(
    ("metres", "said"), [(10, "1 min à pied"), (320, "4 min à pied"), (321, "5 min à pied"), (5000, "5 km")]
)
def test_a_walk_is_said_in_minutes_until_it_is_no_walk(metres: int, said: str) -> None:
    assert plain(FRENCH.walk(metres)) == said


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [(18, 0, "18 h", "6 pm"), (18, 30, "18 h 30", "6:30 pm"), (0, 0, "0 h", "12 am"), (12, 5, "12 h 05", "12:05 pm")],
)
def test_an_hour(hour: int, minute: int, french: str, english: str) -> None:
    moment = at(11, 21, hour, minute)
    assert (plain(FRENCH.hour(moment)), plain(ENGLISH.hour(moment))) == (french, english)


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 11, 20), "hier", "yesterday"),
        (date(2026, 11, 21), "aujourd’hui", "today"),
        (date(2026, 11, 22), "demain", "tomorrow"),
        (date(2026, 11, 24), "mardi", "Tuesday"),
        (date(2026, 11, 28), "samedi 28 novembre", "Saturday 28 November"),
        (date(2026, 11, 19), "jeudi 19 novembre", "Thursday 19 November"),
        (date(2026, 12, 1), "mardi 1er décembre", "Tuesday 1 December"),
        (date(2027, 1, 1), "vendredi 1er janvier 2027", "Friday 1 January 2027"),
    ],
)
def test_a_day_near_the_present_has_its_short_name(day: date, french: str, english: str) -> None:
    assert (plain(FRENCH.day(day)), plain(ENGLISH.day(day))) == (french, english)


def test_a_date_in_a_column_is_short_and_does_not_break() -> None:
    assert FRENCH.short_date(date(2026, 11, 22)) == "22\u00a0nov.\u00a02026"
    assert ENGLISH.short_date(date(2026, 8, 1)) == "1\u00a0Aug\u00a02026"


def test_a_month_and_a_weekday() -> None:
    december = date(2026, 12, 1)
    assert (plain(FRENCH.month(december)), plain(FRENCH.weekday(december))) == ("décembre 2026", "mar. 1")


@pytest.mark.parametrize(
    ("start", "end", "french", "english"),
    [
        (at(11, 22, 18), at(11, 22, 20), "demain 18 h – 20 h", "tomorrow 6–8 pm"),
        (at(11, 22, 9), at(11, 22, 13), "demain 9 h – 13 h", "tomorrow 9 am – 1 pm"),
        (at(11, 22, 10, 30), at(11, 24, 20), "demain 10 h 30 – mardi 20 h", "tomorrow 10:30 am – Tuesday 8 pm"),
        (at(11, 21, 18), at(11, 22), "aujourd’hui 18 h – demain 0 h", "today 6 pm – tomorrow 12 am"),
    ],
)
def test_a_period(start: datetime, end: datetime, french: str, english: str) -> None:
    assert (plain(FRENCH.period(Period(start, end))), plain(ENGLISH.period(Period(start, end)))) == (french, english)


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        (at(11, 22, 17, 15), at(11, 22, 19, 15), ["demain", "17 h 15", "– 19 h 15"]),
        (at(12, 2, 18), at(12, 3, 8), ["mercredi", "2 décembre", "18 h", "– jeudi", "3 décembre", "8 h"]),
    ],
)
def test_a_line_ends_only_between_a_day_and_its_hour_or_before_the_dash(
    start: datetime, end: datetime, lines: list[str]
) -> None:
    assert [plain(line) for line in FRENCH.period(Period(start, end)).split(" ")] == lines


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.timedeltas(timedelta(minutes=1), timedelta(30)))  # noqa: DTZ001
def test_no_line_ends_behind_a_dash_or_inside_a_date(start: datetime, length: timedelta) -> None:
    begins = start.replace(tzinfo=PARIS)
    for words in (FRENCH, ENGLISH):
        said = words.period(Period(begins, begins + length))
        assert "– " not in said
        assert "\u00a0–" not in said
        assert not re.search(r"\d(?:er)? [^\W\d]{3,}", said.partition(", ")[0]), said


def test_a_night_with_a_change_of_hour_says_how_long_it_really_lasts() -> None:
    autumn = Period(at(10, 24, 23), at(10, 25, 7))
    spring = Period(at(3, 27, 23, year=2027), at(3, 28, 7, year=2027))
    assert plain(FRENCH.period(autumn)).endswith(", soit 9 h (changement d’heure)")
    assert plain(FRENCH.period(spring)).endswith(", soit 7 h (changement d’heure)")
    assert plain(ENGLISH.period(spring)).endswith(", that is 7 h (the clocks change)")


def test_the_last_night_of_the_year_names_both_years() -> None:
    new_year = Period(at(12, 31, 22), at(1, 1, 2, year=2027))
    assert plain(FRENCH.period(new_year)) == "jeudi 31 décembre 22 h – vendredi 1er janvier 2027 2 h"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=45), "45 min"),
        (timedelta(minutes=90), "1 h 30"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1), "1 jour"),
        (timedelta(days=2, hours=4), "2 jours 4 h"),
        (timedelta(days=1, minutes=5), "1 jour 5 min"),
        (timedelta(), "0 min"),
    ],
)
def test_a_length_of_time(length: timedelta, said: str) -> None:
    assert plain(FRENCH.duration(length)) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=1), "1 min réservée"),
        (timedelta(minutes=45), "45 min réservées"),
        (timedelta(minutes=90), "1 h 30 réservée"),
        (timedelta(hours=2), "2 h réservées"),
        (timedelta(days=1), "1 jour réservé"),
        (timedelta(days=1, minutes=5), "1 jour 5 min réservés"),
        (timedelta(days=3), "3 jours réservés"),
    ],
)
def test_a_length_of_time_that_was_booked(length: timedelta, said: str) -> None:
    assert plain(FRENCH.booked(length)) == said


def test_how_long_ago() -> None:
    said = [FRENCH.ago(NOW - timedelta(minutes=minutes)) for minutes in (0, 5, 24 * 60)]
    assert [plain(text) for text in said] == ["à l’instant", "il y a 5 min", "hier 17 h 20"]


def test_the_same_instant_is_another_day_elsewhere() -> None:
    tahiti = Words("fr", ZoneInfo("Pacific/Tahiti"), NOW)
    assert plain(tahiti.moment(datetime(2026, 11, 22, 6, tzinfo=UTC))) == "aujourd’hui 20 h"


def test_names_are_listed() -> None:
    assert [FRENCH.listing(names) for names in ([], ["Ana"], ["Ana", "Luc", "Zoé"])] == ["", "Ana", "Ana, Luc et Zoé"]


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert (FRENCH.begin("demain chez Ana"), FRENCH.begin("")) == ("Demain chez Ana", "")


def test_an_iban_is_grouped_as_on_a_statement() -> None:
    assert FRENCH.iban("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


def test_form_fields_get_local_dates_and_hours() -> None:
    assert (FRENCH.form_date(NOW), FRENCH.form_time(NOW)) == ("2026-11-21", "17:20")


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)), st.integers(1, 60 * 24 * 40))  # noqa: DTZ001
def test_any_period_can_be_said(start: datetime, minutes: int) -> None:
    begin = start.replace(tzinfo=UTC)
    period = Period(begin, begin + timedelta(minutes=minutes))
    assert "–" in FRENCH.period(period)
    assert "–" in ENGLISH.period(period)
