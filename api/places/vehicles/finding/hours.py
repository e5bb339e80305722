"""The hours a phone asks for in one tap, in local time: now, tonight, tomorrow, the week-end, or any."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from api.web.answers import Refusal
from api.web.forms import Form, Misread, exact_period, local_instant, period_of, read_parts
from api.web.refusals import KEPT
from api.web.visit import Visit
from kernel.period import Period
from kernel.text import N_

QUARTER = timedelta(minutes=15)
CHOICES = ("now", "tonight", "tomorrow", "weekend", "next_weekend", "choose")
SATURDAY = 5

TYPED_IN = {"start": "start_date", "end": "end_date"}
"""The fields in which one types what an address says in one word."""


class Hours(msgspec.Struct, frozen=True):
    """The hours asked for, by which choice; `refused` says what could not be read: usual ones only fill the form."""

    choice: str
    period: Period
    refused: Refusal | None = None


def hours_asked(visit: Visit) -> Hours:
    """Return the hours asked for in the address or the form; without any, the next two hours."""
    try:
        return _asked_for(visit)
    except Misread as misread:
        errors = {TYPED_IN.get(name, name): visit.say(sentence) for name, sentence in misread.errors.items()}
        refused = Refusal(visit.say(KEPT), errors, misread.instead)
        return Hours("choose", usual("choose", visit.actor.now, visit.actor.zone), refused)


def _asked_for(visit: Visit) -> Hours:
    """`start` and `end` are exact instants a page carries along; four fields are what someone typed."""
    form = Form({name: [value] for name, value in visit.sent.query.items()} | dict(visit.form.texts))
    zone = visit.actor.zone
    if form.text("start") and form.text("end"):
        return Hours("choose", exact_period(form))
    choice = form.text("when") or ("choose" if form.text("start_date") else "now")
    if choice == "choose" and form.text("start_date"):
        return Hours(choice, _local_period(form, zone))
    return Hours(choice if choice in CHOICES else "now", usual(choice, visit.actor.now, zone))


def _local_period(form: Form, zone: ZoneInfo) -> Period:
    """Return the period between two local days and hours (`start_date`, `start_time`, `end_date`, `end_time`)."""
    hours: dict[str, Any] = read_parts(
        {
            "start": lambda: local_instant(form, "start_date", "start_time", zone),
            "end": lambda: local_instant(form, "end_date", "end_time", zone),
        }
    )
    if form.day("end_date") < form.day("start_date"):
        same_day = form.text("start_date")
        said = N_("The end was on a day before the start: here it is on the same day.")
        raise Misread({"end_date": said}, instead={"end_date": same_day})
    if hours["end"] <= hours["start"]:
        raise Misread({"end_time": N_("The end must come after the start.")})
    return period_of(hours["start"], hours["end"], "start_date")


def usual(choice: str, now: datetime, zone: ZoneInfo) -> Period:
    """Return the hours a choice stands for: two from now on, an evening, or a week-end."""
    local = now.astimezone(zone)
    today = local.date()
    if choice == "tonight" and local.hour < 20:  # noqa: PLR2004 - after that, tonight has begun
        return _hours(today, max(time(18), _next_quarter(local).time()), today, time(22), zone)
    if choice in ("tomorrow", "choose"):
        return _hours(today + timedelta(days=1), time(18), today + timedelta(days=1), time(20), zone)
    if choice in ("weekend", "next_weekend"):
        return _weekend(local, later=choice == "next_weekend")
    start = _next_quarter(local).astimezone(UTC)
    return Period(start, start + timedelta(hours=2))


def days_from(first: date, count: int) -> list[date]:
    """Return so many days, the first of them first."""
    return [first + timedelta(days=ahead) for ahead in range(count)]


def _weekend(local: datetime, *, later: bool) -> Period:
    """Return Saturday 9:00 to Sunday 18:00, or what is left of them: this week-end is there until Sunday night.

    Late on Sunday what is left ends at 22:00; once that is past, the week-end is the following one.
    """
    zone, saturday = local.tzinfo, local.date() + timedelta(days=SATURDAY - local.weekday())
    sunday, monday = saturday + timedelta(days=1), datetime.combine(saturday + timedelta(days=2), time(0), zone)
    start = max(datetime.combine(saturday, time(9), zone), _next_quarter(local))
    for end in (datetime.combine(sunday, time(hour), zone) for hour in (18, 22)):
        if start < end:
            return _weekend(monday, later=False) if later else Period(start, end)
    return _weekend(monday, later=later)


def _next_quarter(local: datetime) -> datetime:
    past = timedelta(minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond)
    return local if not past else local - past + QUARTER


def _hours(first: date, start: time, last: date, end: time, zone: ZoneInfo) -> Period:
    return Period(datetime.combine(first, start, zone), datetime.combine(last, end, zone))
