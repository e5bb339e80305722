"""Photos that are not photos, IBANs that are not IBANs: refused wherever they are sent, and nothing is kept."""

import io

from PIL import Image
from sqlalchemy import func, select

from people.photos import photos
from tests.front.bodies import fields_of
from tests.front.forms import sendable
from tests.front.ground import Ground, all_forms
from tests.front.lived import PHOTO
from tests.front.programs import programs
from tests.front.visitor import visit
from tests.kit.databases import once
from tests.kit.village import COOP, LETTER, Village

pytestmark = once


def picture(kind: str, side: int = 8) -> bytes:
    """Return a real picture, all of one colour."""
    kept = io.BytesIO()
    Image.new("L", (side, side)).save(kept, kind)
    return kept.getvalue()


NOT_PHOTOS = {
    "text": b"I am a photo, believe me.",
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": picture("GIF"),
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "zip": b"PK\x03\x04" + b"\x00" * 100,
    "script before a picture": b"<script>alert(1)</script>" + picture("PNG"),
    "half a JPEG": picture("JPEG", 200)[:300],
    "half a PNG": picture("PNG", 2_000)[:200],
    "only a header": b"\x89PNG\r\n\x1a\n",
    "a bomb": picture("PNG", 9_000),
    "zeros": bytes(1_000),
}
"""Files that claim to be photos; a picture with a script after it is one, and is kept without the script."""


def test_what_is_sent_as_a_photo_and_is_none(ground: Ground) -> None:
    with_photo = [(someone, form, field) for someone, form in all_forms(ground) for field in form.files]
    assert with_photo
    for someone, form, field in with_photo:
        for name, content in NOT_PHOTOS.items():
            photo = {field: ("photo.jpg", content, "image/jpeg")}
            ground.check(someone.post(form.action, sendable(form), files=photo), (form.action, field, name))


def test_what_a_program_sends_as_a_photo_and_is_none(ground: Ground) -> None:
    claire = visit(ground.village, "Claire")
    for name, content in NOT_PHOTOS.items():
        response = claire.api("POST", f"/api/coops/{COOP}/photos", content)
        ground.check(response, name)
        assert response.status_code == 409, name
    assert kept(ground.village) == 2  # one in each co-op, from before


def test_a_picture_with_a_script_behind_it_is_kept_without(lived: Village) -> None:
    claire = visit(lived, "Claire")
    sent = claire.api("POST", f"/api/coops/{COOP}/photos", PHOTO + b"<script>alert(1)</script>")
    assert sent.status_code == 201
    shown = claire.get(f"/coops/{COOP}/photos/{sent.json()['photo_id']}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"script" not in shown.content


def kept(village: Village) -> int:
    with village.site.reading() as connection:
        return connection.execute(select(func.count()).where(photos.c.photo_id != LETTER)).scalar_one()


IBANS = (
    "FR76 3000 6000 0112 3456 7890 188",  # one digit off
    "FR76 3000 6000 0112 3456 7890",
    "FR7630006000011234567890189FR76",
    "XX00 0000 0000 0000",
    "FR00 0000 0000 0000 0000 0000 000",
    "30006000011234567890189",
    "GB82 WEST 1234 5698 7654 33",
    "iban",
    "FR76-3000-6000-0112-3456-7890-189;",
    "ＦＲ７６ ３０００ ６０００ ０１１２ ３４５６ ７８９０ １８９",
    "<b>FR7630006000011234567890189</b>",
)


def test_an_iban_that_is_none_is_refused_on_every_way_in(ground: Ground) -> None:
    with_iban = [(someone, form) for someone, form in all_forms(ground) if "iban" in form.fields]
    fields = [
        (each, place) for each in programs(ground) for place, *_ in fields_of(each.described) if place[-1] == "iban"
    ]
    assert len(with_iban) == len(fields) == 2  # a member's and the co-op's
    for iban in IBANS:
        for someone, form in with_iban:
            holder = "iban_holder" if "iban_holder" in form.fields else "holder"
            response = someone.post(form.action, sendable(form, iban=iban, **{holder: "Sam"}))
            ground.check(response, (form.action, iban))
            assert response.status_code == 422, (form.action, iban)
        for program, place in fields:
            response = program.send(place, iban)
            ground.check(response, (program.name, iban))
            assert response.status_code in (400, 409, 422), (program.name, iban)
