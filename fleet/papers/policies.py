"""What a paper must say to be filed; and, of the law, until when a vehicle needs no inspection.

The years are the road's law, not the co-op's: nobody votes them.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from fleet.commands import EnterService, PaperOnFile
from fleet.events import Paper
from kernel.period import years_later
from kernel.refused import Refused

YEARS_TO_FIRST_INSPECTION, YEARS_BETWEEN_INSPECTIONS = 4, 2
"""French code de la route, article R323-22, I: a car or a light van is inspected before the fourth anniversary of its
first registration, and every two years from then on."""


class PaperTwice(Refused):
    """There is one paper of each kind: write each once."""


class LastDayNeeded(Refused):
    """An inspection or an insurance runs until a day: write it, or when a vehicle never inspected was registered."""


class InsurersConsent(Refused):
    """Only an insurance says whether the insurer agrees to sharing."""


class ConsentNeedsProof(Refused):
    """The insurer's consent was given on a day, in writing: write the day, and add its photo or its PDF."""


class OfAnotherPaper(Refused):
    """Only the insurer's consent has a file and a day it was given, and only an inspection a first registration."""


class PastDay(Refused):
    """{day} is over. If this is really its last day, say so."""


class FarDay(Refused):
    """{day} is further away than such a paper lasts. If this is really its last day, say so."""


class NotYetGiven(Refused):
    """{day} has not come yet: nothing was given or registered on that day."""


def papers_fit(command: EnterService) -> None:
    """At most one paper of each kind, and each as it should be."""
    if len({paper.kind for paper in command.papers}) < len(command.papers):
        raise PaperTwice
    for paper in command.papers:
        filed_paper(paper)


def filed_paper(paper: PaperOnFile) -> Paper:
    """Return the paper to file, until when it holds worked out where it is an inspection that there never was.

    Refuses `LastDayNeeded`, `InsurersConsent`, `ConsentNeedsProof` and `OfAnotherPaper`.
    """
    _says_what_it_may(paper)
    until, registered_on = paper.valid_until, paper.first_registered_on
    if until is None and paper.kind in ("insurance", "inspection"):
        if registered_on is None:
            raise LastDayNeeded
        until = uninspected_until(registered_on)
    else:
        registered_on = None  # an inspection took place: since when the vehicle is on the road counts no more
    return Paper(paper.kind, until, paper.insurer_consents, paper.given_on, paper.photo_id, registered_on)


def _says_what_it_may(paper: PaperOnFile) -> None:
    if paper.insurer_consents and paper.kind != "insurance":
        raise InsurersConsent
    if paper.kind == "consent" and not (paper.given_on and paper.photo_id):
        raise ConsentNeedsProof
    if paper.kind != "consent" and (paper.given_on or paper.photo_id):
        raise OfAnotherPaper
    if paper.kind != "inspection" and paper.first_registered_on:
        raise OfAnotherPaper


def uninspected_until(first_registered_on: date) -> date:
    """Return the last day on which a vehicle never inspected may be driven: the fourth anniversary comes after it."""
    return years_later(first_registered_on, YEARS_TO_FIRST_INSPECTION) - timedelta(days=1)


def check_days(papers: Iterable[PaperOnFile], today: date) -> None:
    """Refuse a last day that is odd on the day it is typed, and was not confirmed.

    Refuses `PastDay` and `FarDay`, and with `NotYetGiven` a consent or a first registration of a day to come.
    """
    latest = years_later(today, YEARS_BETWEEN_INSPECTIONS)
    for paper in papers:
        for day in (paper.given_on, paper.first_registered_on):
            if day and day > today:
                raise NotYetGiven(day=day)
        filed = filed_paper(paper)
        until = filed.valid_until
        if until is None or until == paper.confirmed:
            continue
        if until < today:
            raise PastDay(day=until)
        if until > latest and filed.first_registered_on is None:
            raise FarDay(day=until)
