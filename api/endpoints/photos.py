"""Photos for programs: a picture goes up as it is, and its id is the request's own.

The id is then named in a command (the receipt of an expense, the photos of a return). A picture is no command and no
event: it stands beside the log, where it can be erased.
"""

from typing import Any
from uuid import UUID

import msgspec

from api.web.answers import Answer, Content, Json
from api.web.asking import Asking
from api.web.declared import NoKey, key_of
from api.web.routes import Route
from kernel.refused import CommandReused, Refused, Unknown
from people.photos import NotAPhoto, keep_photo, photo, plain_jpeg


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The id under which a photo is kept: the Idempotency-Key it was sent with."""

    photo_id: UUID


def api_keep_photo(asking: Asking) -> Answer:
    """Keep a photo sent as the request's whole body."""
    photo_id, jpeg = key_of(asking), plain_jpeg(asking.sent.body)
    with asking.site.writing() as connection:
        keep_photo(connection, asking.coop_id, photo_id, jpeg, asking.now)
    return Json(Kept(photo_id=photo_id), 201)


def api_photo(asking: Asking) -> Answer:
    """Give a photo back."""
    jpeg = photo(asking.connection, asking.coop_id, asking.place("photo_id"))
    if jpeg is None:
        raise Unknown
    return Content(jpeg, "image/jpeg")


_PHOTOS = "/coops/{coop_id}/photos"
ROUTES = [
    Route("POST", "/api/coops/{coop_id:uuid}/photos", "api_keep_photo", api_keep_photo),
    Route("GET", "/api/coops/{coop_id:uuid}/photos/{photo_id:uuid}", "api_photo", api_photo),
]


def _id(name: str, place: str = "path") -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string", "format": "uuid"}}


def _refused(*kinds: type[Refused]) -> dict[str, Any]:
    said = " ".join(f"{kind.code()}: {kind.sentence()}" for kind in kinds)
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": said, "content": {"application/problem+json": {"schema": schema}}}


def _described(summary: str, name: str, parameters: list[dict[str, Any]], responses: dict[str, Any]) -> dict[str, Any]:
    head = {"operationId": name, "summary": summary, "description": "Who may: member.", "tags": ["photos"]}
    said = {code: {"description": text} for code, text in (("401", "Sign in first."), ("403", "Members only."))}
    return head | {"parameters": [_id("coop_id"), *parameters], "responses": said | responses}


_PICTURE = {"schema": {"type": "string", "format": "binary"}}
PATHS: dict[str, Any] = {
    _PHOTOS: {
        "post": _described(
            "Keep a photo (JPEG, PNG or WebP), without the place and device it was taken with",
            "api_keep_photo",
            [_id("Idempotency-Key", "header")],
            {
                "201": {
                    "description": "Kept.",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"photo_id": {"type": "string", "format": "uuid"}},
                                "required": ["photo_id"],
                            }
                        }
                    },
                },
                "400": _refused(NoKey),
                "404": _refused(Unknown),
                "409": _refused(NotAPhoto, CommandReused),
            },
        )
        | {
            "requestBody": {
                "required": True,
                "content": dict.fromkeys(("image/jpeg", "image/png", "image/webp"), _PICTURE),
            }
        }
    },
    f"{_PHOTOS}/{{photo_id}}": {
        "get": _described(
            "A photo of this co-op, as a JPEG of at most 1600 pixels",
            "api_photo",
            [_id("photo_id")],
            {"200": {"description": "The photo.", "content": {"image/jpeg": _PICTURE}}, "404": _refused(Unknown)},
        )
    },
}
