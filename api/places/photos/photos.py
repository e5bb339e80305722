"""Photos of a co-op: shown to its members; for programs, one goes up as it is, and its id is the request's own.

The id is then named in a command (the photos of a return). A paper goes up alike, which may be a PDF: a receipt, named
by an expense, or a vehicle's, shown where the vehicle's papers are, to those who look after it. A picture is no
command and no event: it stands beside the log, where it can be erased.
"""

from uuid import UUID

import msgspec

from api.places import COOP
from api.places.photos.sent import keep_sent
from api.web.answers import Content, Json
from api.web.programs.bodies import key_of
from api.web.routes import Described, add_for_programs, page, summary_of
from api.web.visit import Visit
from kernel.refused import Unknown
from people import photos
from people.pictures import NotAPaper, NotAPhoto, is_pdf, plain_paper

PAPERS = f"{COOP}/papers"
PHOTOS = f"{COOP}/photos"
PHOTO = f"{PHOTOS}/{{photo_id:uuid}}"
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/avif")
PDF = "application/pdf"


class KeptPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """The id under which a photo is kept: the Idempotency-Key it was sent with."""

    photo_id: UUID


@page(PHOTO, who="member")
def show_photo(visit: Visit, photo_id: UUID) -> Content:
    """A photo of this co-op, as a JPEG of at most 1600 pixels; a receipt may be a PDF, to be saved."""
    actor = visit.actor
    content = photos.photo(actor.connection, actor.coop_id, photo_id)
    if content is None or photos.is_of_paper(actor.connection, actor.coop_id, photo_id):
        raise Unknown
    return file_of(content, "receipt.pdf")


def file_of(content: bytes, name: str) -> Content:
    """Return what is kept as it is shown: a photo, or a PDF of that name, which no page opens."""
    return Content(content, PDF, name) if is_pdf(content) else Content(content, "image/jpeg")


def keep_photo(visit: Visit) -> Json:
    """Keep a photo (JPEG, PNG, WebP, HEIC or AVIF), without the place and device it was taken with."""
    photo_id, sent = key_of(visit), visit.form.file("photo")
    if sent is None:
        raise NotAPhoto
    return Json(KeptPhoto(photo_id=keep_sent(visit, photo_id, sent)), 201)


def keep_paper(visit: Visit) -> Json:
    """Keep a vehicle's paper or a receipt: a photo (as above), or a PDF of at most 3 megabytes, as it is."""
    photo_id, sent = key_of(visit), visit.form.file("photo")
    if sent is None:
        raise NotAPaper
    return Json(KeptPhoto(photo_id=keep_sent(visit, photo_id, sent, plain_paper)), 201)


add_for_programs(
    "GET",
    PHOTO,
    show_photo,
    "member",
    lambda visit: show_photo(visit, visit.id_of("photo_id")),
    Described(summary=summary_of(show_photo), returns=bytes, answered_as=("image/jpeg", PDF)),
)
add_for_programs(
    "POST",
    PHOTOS,
    keep_photo,
    "member",
    keep_photo,
    Described(summary=summary_of(keep_photo), returns=KeptPhoto, body=bytes, keyed=True, status=201, sent_as=PICTURES),
)
add_for_programs(
    "POST",
    PAPERS,
    keep_paper,
    "member",
    keep_paper,
    Described(
        summary=summary_of(keep_paper), returns=KeptPhoto, body=bytes, keyed=True, status=201, sent_as=(*PICTURES, PDF)
    ),
)
