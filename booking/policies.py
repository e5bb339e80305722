"""The house rules for a booking: a pure function for each, and the list is all of them.

A page that says why a vehicle is not available and the decision that refuses a booking ask the same functions.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

import msgspec
from msgspec.structs import replace

from booking.calendar import Calendar, Driver
from booking.rules import Rules
from kernel.period import Period, in_waking_hours
from kernel.refused import Refused


class NotInService(Refused):
    """This vehicle takes no bookings."""


class NotADriver(Refused):
    """You are not among the members who may drive here."""


class Suspended(Refused):
    """Your new bookings are suspended until {until}: your own page says why."""


class OwesTooLong(Refused):
    """Your balance has been under the co-op's limit since {since}. As soon as it is settled, you book again at once."""


class NoRulesYet(Refused):
    """This co-op has not settled its house rules yet. Try again in a moment."""


class InThePast(Refused):
    """These hours have already begun."""


class TooShort(Refused):
    """The shortest booking is {minutes} minutes."""


class TooLong(Refused):
    """The longest booking is {hours} hours."""


class TooLate(Refused):
    """A booking must be made at least {hours} hours before."""


class TooEarly(Refused):
    """Bookings open {days} days ahead."""


class TooManyBookings(Refused):
    """You already hold {count} bookings, the most the house rules allow."""


class PapersExpired(Refused):
    """The {paper} of this vehicle is due by {until}: it cannot be booked after that."""


class WaitsForPapers(Refused):
    """This vehicle waits for papers: {papers}. Until they are there nobody can have it."""


class VehicleTaken(Refused):
    """Already booked from {start} to {end}."""


class YoursAlready(Refused):
    """You have it already, from {start} to {end}."""


class AskedFor(Refused):
    """Somebody asked for it from {start} to {end}: an answer is due by {until}."""


class GapKept(Refused):
    """It is out from {start} to {end}, and {minutes} minutes are kept between two trips."""


class TooSoonToAsk(Refused):
    """Its owner has to say yes before these hours begin: choose later ones."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of a vehicle that a member holds; `answer_until` says by when she is answered, where she only asked."""

    period: Period
    booking_id: UUID
    driver_id: UUID
    answer_until: datetime | None = None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A booking that might be, with all a rule may look at.

    `taken` are the hours held near these, in order; `active_bookings` counts the driver's bookings not over yet;
    `zone` is the co-op's, for rules that speak of days.
    """

    period: Period
    at: datetime
    zone: tzinfo
    calendar: Calendar
    driver: Driver
    rules: Rules | None
    taken: Sequence[Taken]
    active_bookings: int


Policy = Callable[[Wish, Rules], Refused | None]


def closed(calendar: Calendar, last_day: date) -> Refused | None:
    """Return what keeps everybody from a vehicle up to a day: it left service, lacks papers, or one ends before."""
    if not calendar.open:
        return NotInService()
    if missing := calendar.lacking(last_day):
        return WaitsForPapers(papers=missing)
    until = calendar.papers_until
    return PapersExpired(paper=calendar.paper, until=until) if until and last_day > until else None


def in_service(wish: Wish, _: Rules) -> Refused | None:
    """A vehicle out of service takes no new bookings."""
    return None if wish.calendar.open else NotInService()


def driver_admitted(wish: Wish, _: Rules) -> Refused | None:
    """Only members who may drive book."""
    return None if wish.driver.admitted else NotADriver()


def not_suspended(wish: Wish, _: Rules) -> Refused | None:
    """Whose new bookings a référent suspended books nothing meanwhile; what she holds stays hers."""
    until = wish.driver.suspended_until
    return Suspended(until=until) if until and wish.at < until else None


def settled_up(wish: Wish, rules: Rules) -> Refused | None:
    """Who was warned that she owes too much, and lets the voted days pass, books nothing new until it is paid."""
    since, days = wish.driver.owes_since, rules.suspend_after_days
    if not (days and since):
        return None
    return OwesTooLong(since=since) if wish.at >= in_waking_hours(since + timedelta(days=days), wish.zone) else None


def not_past(wish: Wish, _: Rules) -> Refused | None:
    """Hours that have begun can be booked only until a quarter of an hour in: people book at the car's door."""
    return InThePast() if wish.period.start < wish.at - timedelta(minutes=15) else None


def long_enough(wish: Wish, rules: Rules) -> Refused | None:
    """Shortest booking."""
    shortest = timedelta(minutes=rules.min_duration_minutes)
    return TooShort(minutes=rules.min_duration_minutes) if wish.period.length < shortest else None


def short_enough(wish: Wish, rules: Rules) -> Refused | None:
    """Longest booking."""
    longest = timedelta(hours=rules.max_duration_hours)
    return TooLong(hours=rules.max_duration_hours) if wish.period.length > longest else None


def enough_notice(wish: Wish, rules: Rules) -> Refused | None:
    """Least notice before the first hour."""
    notice = timedelta(hours=rules.min_notice_hours)
    return TooLate(hours=rules.min_notice_hours) if notice and wish.period.start < wish.at + notice else None


def within_horizon(wish: Wish, rules: Rules) -> Refused | None:
    """How far ahead one may book."""
    horizon = wish.at + timedelta(days=rules.advance_horizon_days)
    return TooEarly(days=rules.advance_horizon_days) if wish.period.start > horizon else None


def few_enough(wish: Wish, rules: Rules) -> Refused | None:
    """How many bookings one member may hold at once."""
    full = wish.active_bookings >= rules.max_active_bookings
    return TooManyBookings(count=wish.active_bookings) if full else None


def papers_valid(wish: Wish, _: Rules) -> Refused | None:
    """The vehicle's papers hold for the whole booking: French law on the technical inspection, never votable."""
    return closed(wish.calendar, wish.period.last_day(wish.zone))


def free(wish: Wish, rules: Rules) -> Refused | None:
    """One vehicle, one promise at a time, with the voted gap between two."""
    wanted = wish.period.widened(timedelta(minutes=rules.buffer_minutes))
    near = [taken for taken in wish.taken if taken.period.overlaps(wanted)]
    if not near:
        return None
    taken = next((taken for taken in near if taken.period.overlaps(wish.period)), near[0])
    start, end = taken.period.start, taken.period.end
    if not taken.period.overlaps(wish.period):
        return GapKept(start=start, end=end, minutes=rules.buffer_minutes)
    if taken.driver_id == wish.driver.driver_id:
        return YoursAlready(start=start, end=end, booking_id=taken.booking_id)
    if taken.answer_until:
        return AskedFor(start=start, end=end, until=taken.answer_until)
    return VehicleTaken(start=start, end=end)


def answerable(wish: Wish, _: Rules) -> Refused | None:
    """Hours that need a yes have not begun: a wish holds them to their start at most."""
    asks = wish.driver.driver_id is not None and wish.calendar.needs_approval(wish.driver.driver_id)
    return TooSoonToAsk() if asks and wish.period.start <= wish.at else None


POLICIES: tuple[Policy, ...] = (
    in_service,
    driver_admitted,
    not_suspended,
    settled_up,
    not_past,
    within_horizon,
    papers_valid,
    free,
    answerable,
    long_enough,
    short_enough,
    enough_notice,
    few_enough,
)
"""In the order in which they are told: so far ahead nobody books, and whose paper ends by then says nothing more."""


def why_not(wish: Wish) -> Refused | None:
    """Return the first rule in the way of a wish, or `None` when nothing is."""
    if wish.rules is None:
        return NoRulesYet()
    for policy in POLICIES:
        if refusal := policy(wish, wish.rules):
            return refusal
    return None


def free_from(wish: Wish, known_until: datetime) -> datetime | None:
    """Return from when a vehicle that cannot be had for these hours can be, for as long and by every rule.

    The first whole minute after one of the hours taken, as these are known until `known_until`; `None` when there is
    none.
    """
    gap = timedelta(minutes=wish.rules.buffer_minutes if wish.rules else 0)
    for taken in wish.taken:
        start = _whole_minute(taken.period.end + gap)
        end = start + wish.period.length
        if wish.period.start < start and end + gap <= known_until:
            later = replace(wish, period=Period(start, end))
            if why_not(later) is None:
                return start
    return None


def _whole_minute(instant: datetime) -> datetime:
    minute = instant.replace(second=0, microsecond=0)
    return minute if minute == instant else minute + timedelta(minutes=1)
