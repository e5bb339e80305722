"""A photo that cannot be kept: each cause has its own sentence beside its field; nothing else of the form is lost."""

import io

import pytest
from PIL import Image

from people.pictures import LARGEST_PHOTO
from tests.kit.pictures import NO_PICTURE, PDF, jpeg, picture
from tests.kit.village import COOP, Village
from tests.places.bookings.twingo import at


def png(side: int, moves: bool = False) -> bytes:  # noqa: FBT001, FBT002
    made = io.BytesIO()
    drawn = [Image.new("L", (side, side), shade) for shade in (200, 100)]
    drawn[0].save(made, "PNG", save_all=moves, append_images=drawn[1:] if moves else [])
    return made.getvalue()


CAUSES = {
    "too heavy": (jpeg().ljust(LARGEST_PHOTO + 1, b"\0"), "Ce fichier pèse plus de 12\u00a0mégaoctets"),
    "far too heavy": (bytes(2 * LARGEST_PHOTO), "Ce fichier pèse plus de 12\u00a0mégaoctets"),
    "too many pixels": (png(4_000), "Cette image a plus de pixels que nous ne pouvons en lire"),
    "arrived cut": (jpeg()[:400], "Ce fichier est arrivé coupé"),
    "moves": (png(20, moves=True), "Cette image bouge"),
    "no picture": (NO_PICTURE, "Ce fichier n’est pas une photo que nous savons lire"),
    "a PDF": (PDF, "Ce fichier n’est pas une photo que nous savons lire"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_is_said_beside_its_field_and_what_was_typed_is_kept(village: Village, cause: str) -> None:
    booking_id, (content, sentence) = village.booked("Nadia", "Zoé"), CAUSES[cause]
    village.taken("Nadia", booking_id, 10_000)
    village.pass_time(hours=1)
    back = {"odometer_km": 10_010, "level_percent": 98, "part": "left", "sentence": "Une bosse"}
    village.as_("Nadia").post("/language", lang="fr")
    refused = village.as_("Nadia").post(f"{at(booking_id)}/return", {"photo": content, "receipt": jpeg()}, **back)
    assert refused.status == 422
    beside = refused.html.split('id="photo-wrong">')[1].split("</p>")[0]
    assert beside.startswith(sentence)
    for typed in ('value="10010"', "Une bosse", 'name="kept_receipt"'):
        assert typed in refused.html


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
def test_a_phone_s_newer_pictures_are_shown_to_every_browser(village: Village, kind: str) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    taken = {"odometer_km": 10_000, "level_percent": 75, "seen": "nothing_new"}
    seen = village.as_("Nadia").post(f"{at(booking_id)}/keys", {"photo": picture(kind)}, **taken)
    photo = seen.html.split(f'src="/coops/{COOP}/photos/')[1].split('"')[0]
    shown = village.as_("Paul").get(f"/coops/{COOP}/photos/{photo}")
    with Image.open(io.BytesIO(shown.content)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (64, 48))
