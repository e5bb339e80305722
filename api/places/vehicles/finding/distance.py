"""How far one means to drive, which a price is for: as people usually do, or as she said, which her browser keeps."""

import re
from collections.abc import Mapping
from datetime import timedelta

import msgspec

from api.web.answers import Refusal
from api.web.forms import Form, Limits, Misread
from api.web.refusals import KEPT
from api.web.visit import Visit
from kernel.period import Period
from usecases.finding.availability import MOST_KM, usual_km

COOKIE = "km"
LIMITS = Limits(low=0, high=MOST_KM)
MOST_KEPT = 6
_PAIR = re.compile(r"(\d{1,3})-(\d{1,4})")


class Distance(msgspec.Struct, frozen=True):
    """Whole `km` to be driven; `keeps` are the cookies that remember them, `refused` says what could not be read."""

    km: int
    keeps: Mapping[str, str] = {}
    refused: Refusal | None = None


def distance_asked(visit: Visit, period: Period) -> Distance:
    """Return the km asked for in the address, else those she said of hours as long, else what is usual.

    Hours are as long as others when as many whole days pass in them. An empty field, or what is usual anyway, is
    remembered no more.
    """
    known, days, usual = _remembered(visit), period.length // timedelta(days=1), usual_km(period)
    typed = visit.sent.query.get(COOKIE)
    if typed is None:
        return Distance(known.get(days, usual))
    try:
        km = Form({COOKIE: [typed]}).whole(COOKIE, LIMITS) if typed.strip() else usual
    except Misread as misread:
        errors = {name: visit.say(sentence) for name, sentence in misread.errors.items()}
        return Distance(known.get(days, usual), refused=Refusal(visit.say(KEPT), errors))
    others = [(other, km) for other, km in known.items() if other != days]
    kept = others if km == usual else [*others, (days, km)]
    return Distance(km, {COOKIE: ".".join(f"{days}-{km}" for days, km in kept[-MOST_KEPT:])})


def together(*refused: Refusal | None) -> Refusal | None:
    """Return all that could not be read of an address as one refusal; `None` when all of it could."""
    said = [refusal for refusal in refused if refusal]
    if not said:
        return None
    errors = {name: sentence for refusal in said for name, sentence in refusal.errors.items()}
    return Refusal(said[0].sentence, errors, said[0].instead)


def _remembered(visit: Visit) -> dict[int, int]:
    """Return the km that she said, by how many whole days pass in the hours; the last said stand last."""
    pairs = _PAIR.findall(visit.sent.cookies.get(COOKIE, "")[:100])
    return {int(days): int(km) for days, km in pairs if int(km) <= MOST_KM}
