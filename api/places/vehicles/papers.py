"""A vehicle's papers: what it waits for, each filed by a form of its own, and the insurer's consent to be read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from api.places.photos.photos import PDF, file_of
from api.places.photos.sent import kept_photo, sent_photo
from api.places.vehicles.vehicle import VEHICLE
from api.web.acts import Fields, act
from api.web.answers import Content, Page, View
from api.web.forms import Form, Misread
from api.web.routes import Described, add_for_programs, page, question, summary_of
from api.web.visit import Visit
from fleet import queries
from fleet.catalogue import PaperKind
from fleet.commands import FilePaper, PaperOnFile
from fleet.papers.policies import FarDay, PastDay, check_days, filed_paper
from fleet.papers.queries import PaperRow
from kernel.command import Asked, Done
from kernel.refused import Refused
from kernel.text import N_
from people.pictures import plain_paper
from usecases import upkeep
from usecases.actor import Actor
from usecases.upkeep import looks_after_vehicle

PAPERS_TYPED = (
    *("insurance_until", "inspection_until", "first_registered_on", "consent_given_on"),
    *("confirmed_insurance", "confirmed_inspection"),
)
"""The fields in which papers are typed, beside the letter."""

PAPERS_OF = f"{VEHICLE}/papers"
CONSENT = f"{VEHICLE}/consent"


class OddDays(msgspec.Struct, frozen=True, kw_only=True):
    """Last days just typed that are over, or too far away: each is kept once it is ticked as meant."""

    insurance: date | None = None
    inspection: date | None = None


class Papers(View, frozen=True, kw_only=True):
    """Each paper as it stands, with the form that files it.

    Until the end of `by` it is had without those missing. `typed_kind` is which was just typed and refused.
    """

    template: ClassVar[str] = "vehicles/papers.html"

    vehicle: queries.VehicleCard
    papers: Sequence[PaperRow]
    by: date | None
    odd: OddDays
    typed_kind: str
    kept_photo: UUID | None

    @property
    def in_service(self) -> bool:
        """Whether a paper may still be filed."""
        return self.vehicle.left_at is None

    @property
    def lacks(self) -> Sequence[PaperKind]:
        """The papers for want of which nobody has it."""
        return [paper.kind for paper in self.papers if paper.lacks]


@page(PAPERS_OF, who=looks_after_vehicle)
def papers_of(visit: Visit, vehicle_id: UUID) -> Page:
    """Show a vehicle's papers, and what files each."""
    actor = visit.actor
    found = queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today)
    view = Papers(
        vehicle=found.card,
        papers=found.papers,
        by=found.papers_by if found.papers_by and actor.today <= found.papers_by else None,
        odd=odd_days(visit),
        typed_kind=visit.form.text("kind"),
        kept_photo=kept_photo(visit, "consent"),
    )
    return Page(view)


@question(PAPERS_OF, who="member")
def papers(actor: Actor, vehicle_id: UUID) -> tuple[PaperRow, ...]:
    """Its papers as they stand today, the missing ones too."""
    return queries.vehicle_page(actor.connection, actor.coop_id, vehicle_id, on=actor.today).papers


def sent_letter(visit: Visit) -> UUID | None:
    """Keep the insurer's letter that came with a form, before anything else of it is misread; return its id."""
    return sent_photo(visit, "consent", plain_paper)


def typed_papers(form: Form, letter_id: UUID | None) -> tuple[dict[str, Any], ...]:
    """Return the papers of which a form says something, the insurer's letter being kept."""
    given, days = form.text("consent_given_on"), _typed_days(form)
    if not (letter_id or given):
        return days
    given_on = form.day("consent_given_on")
    if letter_id is None:
        raise Misread({"consent": N_("Add its photo or its PDF.")})
    return (*days, {"kind": "consent", "given_on": given_on, "photo_id": letter_id})


def _typed_days(form: Form) -> tuple[dict[str, Any], ...]:
    """Return the insurance and the inspection as typed: of one that there never was, since when it is registered."""
    found = []
    for kind, alone in (("insurance", ""), ("inspection", "first_registered_on")):
        name = f"{kind}_until"
        instead = form.text(alone) if alone else ""
        if form.text(name) or instead:
            day = {"valid_until": form.day(name)} if form.text(name) else {alone: form.day(alone)}
            confirmed = form.text(f"confirmed_{kind}")
            found.append({"kind": kind, **day, **({"confirmed": confirmed} if confirmed else {})})
    return tuple(found)


def odd_days(visit: Visit) -> OddDays:
    """Return the last days of a form that are to be confirmed, or were."""
    odd: dict[str, date] = {}
    with suppress(Misread):
        for typed in _typed_days(visit.form):
            paper = msgspec.convert(typed | {"confirmed": None}, PaperOnFile)
            try:
                check_days((paper,), visit.actor.today)
            except (PastDay, FarDay):
                odd[paper.kind] = filed_paper(paper).valid_until or visit.actor.today
            except Refused:
                continue
    return OddDays(**odd)


def typed_paper(visit: Visit) -> Fields:
    """Return the paper whose form was sent; of a registration nothing more is said."""
    kind = visit.form.needed("kind")
    papers = typed_papers(visit.form, sent_letter(visit))
    paper = next((typed for typed in papers if typed["kind"] == kind), {"kind": kind})
    if field := _FIRST_FIELD.get(kind) if len(paper) == 1 else None:
        raise Misread({field: N_("Choose a day.")})
    return {"paper": paper}


_FIRST_FIELD: Mapping[str, str] = {
    "insurance": "insurance_until",
    "inspection": "inspection_until",
    "consent": "consent_given_on",
}


@act(
    PAPERS_OF,
    who=looks_after_vehicle,
    page=papers_of,
    read=typed_paper,
    typed_as={"confirmed": "insurance_until"},
    said=N_("The paper is filed."),
    then="/coops/{coop_id}/vehicles/{vehicle_id}/papers",
    lasting="The right paper is filed in its place.",
    example={"paper": {"kind": "inspection", "valid_until": "2028-03-31"}},
)
def file_paper(actor: Actor, command: FilePaper, asked: Asked) -> Done:
    """File a paper, or the one that replaces it."""
    return upkeep.file_paper(actor, command, asked)


@page(CONSENT, who=looks_after_vehicle)
def show_consent(visit: Visit, vehicle_id: UUID) -> Content:
    """The insurer's consent to its being shared, as it was sent: a photo as a JPEG, or a PDF to be saved."""
    return file_of(upkeep.consent_on_file(visit.actor, vehicle_id), "consent.pdf")


add_for_programs(
    "GET",
    CONSENT,
    show_consent,
    looks_after_vehicle,
    lambda visit: show_consent(visit, visit.id_of("vehicle_id")),
    Described(summary=summary_of(show_consent), returns=bytes, answered_as=("image/jpeg", PDF)),
)
