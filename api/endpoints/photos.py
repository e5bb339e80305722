"""Photos for programs: a picture goes up as it is, and its id is the request's own.

The id is then named in a command (the receipt of an expense, the photos of a return). A picture is no command and no
event: it stands beside the log, where it can be erased.
"""

from uuid import UUID

import msgspec

from api.web.acts import key_of
from api.web.answers import Answer, Content, Json
from api.web.routes import Described, Route
from api.web.visit import Visit
from kernel.refused import Unknown
from people.photos import keep_photo, photo, plain_jpeg


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The id under which a photo is kept: the Idempotency-Key it was sent with."""

    photo_id: UUID


def api_keep_photo(visit: Visit) -> Answer:
    """Keep a photo sent as the request's whole body."""
    photo_id, jpeg = key_of(visit), plain_jpeg(visit.sent.body)
    with visit.site.writing() as connection:
        keep_photo(connection, visit.coop_id, photo_id, jpeg, visit.now)
    return Json(Kept(photo_id=photo_id), 201)


def api_photo(visit: Visit) -> Answer:
    """Give a photo back."""
    jpeg = photo(visit.connection, visit.coop_id, visit.place("photo_id"))
    if jpeg is None:
        raise Unknown
    return Content(jpeg, "image/jpeg")


_AT = "/api/coops/{coop_id:uuid}/photos"
_PICTURES = ("image/jpeg", "image/png", "image/webp")
ROUTES = [
    Route(
        method="POST",
        path=_AT,
        name="api_keep_photo",
        who="member",
        answer=api_keep_photo,
        described=Described(
            summary="Keep a photo (JPEG, PNG or WebP), without the place and device it was taken with",
            returns=Kept,
            body=bytes,
            keyed=True,
            status=201,
            sent_as=_PICTURES,
        ),
    ),
    Route(
        method="GET",
        path=f"{_AT}/{{photo_id:uuid}}",
        name="api_photo",
        who="member",
        answer=api_photo,
        described=Described(
            summary="A photo of this co-op, as a JPEG of at most 1600 pixels",
            returns=bytes,
            answered_as="image/jpeg",
        ),
    ),
]
