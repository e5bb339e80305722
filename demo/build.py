"""Building the demo: from an empty log to co-ops that lived until now, in one go."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from api.site import Site
from demo.cast.people import DEMO, GROUPS, Group
from demo.clock import Clock, local
from demo.drawn.generator import Life, generate
from demo.ending import Ending
from demo.story import NEIGHBOURS, STORY_DAYS, Story

NUMBER = 26113
MONTHS = 18


class Built(NamedTuple):
    """What was built, to tell: how many events, and what was refused on the way, as in life."""

    events: int
    refused: dict[str, int]


def build(
    site: Site,
    progress: Callable[[float], object] = lambda _: None,
    *,
    months: int = MONTHS,
    number: int = NUMBER,
    groups: tuple[Group, ...] = GROUPS[1:],
) -> Built:
    """Live `months` (≥ 2) of the first co-op and of `groups` up to the site's now; `progress` is told 0 to 1.

    The same `number`, now, months and groups give the same history, but for the keys that seal what people write.
    """
    end = site.clock().replace(second=0, microsecond=0)
    begin = months_before(end.date(), months)
    clock = Clock(site.history, site.follower, local(begin), DEMO)
    _first_coop(clock, begin, end, number)
    generate(clock, begin, end, number, groups)
    whole = end - clock.now
    clock.play(end, lambda now: progress(1 - (end - now) / whole))
    return Built(site.history.log.max_notification_id() or 0, dict(clock.refused))


def months_before(day: date, months: int) -> date:
    """Return the first of the month that many months before the month of `day`."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _first_coop(clock: Clock, begin: date, end: datetime, number: int) -> None:
    """Put the founding month on the clock, then what follows its last day, then what a visitor finds today."""
    story = Story(clock, begin)
    story.schedule()
    life = Life(story.coop, end, number)
    settled = story.day(STORY_DAYS)
    clock.at(settled, partial(_goes_on, life, begin))
    life.begin(settled.date())
    clock.at(settled + timedelta(days=75), partial(life.let_in, NEIGHBOURS[9:]))
    Ending(life, settled + timedelta(days=1)).schedule()


def _goes_on(life: Life, begin: date) -> None:
    insured = begin + timedelta(days=371)
    for vehicle in list(life.coop.vehicles.values()):
        life.use(vehicle, life.clock.today + timedelta(days=1))
        if vehicle.model.has_motor:
            renewal = local(insured - timedelta(days=7), 18)
            life.clock.at(renewal, partial(life.upkeep.insure, vehicle, insured))
