"""Photos for programs: one goes up by itself, is kept once, and is shown to the members of its co-op only."""

import io
from uuid import UUID, uuid4

import pytest
from PIL import Image

from people.photos import photo
from tests.kit.pictures import NO_PICTURE, PDF, jpeg, picture
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of

PHOTOS = f"/coops/{COOP}/photos"


def send(village: Village, who: str | None, content: bytes, key: UUID | None, path: str = PHOTOS) -> tuple[int, str]:
    """Send a photo as a program does; return the status, and its id or the refusal's code."""
    headers = {"idempotency-key": str(key)} if key else {}
    if who:
        headers["authorization"] = f"Bearer {village.as_(who).token}"
    village.client.cookies.clear()
    response = village.client.post(f"/api{path}", content=content, headers=headers)
    told = response.json()
    return response.status_code, told["photo_id"] if "photo_id" in told else told["type"].rsplit("/", 1)[-1]


def kept(village: Village, photo_id: UUID, coop_id: UUID = COOP) -> bool:
    return village.ask(photo, coop_id, photo_id) is not None


def test_a_photo_is_kept_under_the_key_of_its_request_and_shown(village: Village) -> None:
    key = uuid4()
    assert send(village, "Nadia", jpeg(), key) == (201, str(key))
    for seen in (village.as_("Jean").get(f"{PHOTOS}/{key}"), village.as_("Jean").api("GET", f"{PHOTOS}/{key}")):
        assert (seen.status, seen.headers["content-type"]) == (200, "image/jpeg")
        assert Image.open(io.BytesIO(seen.content)).size == (64, 48)


def test_the_same_photo_sent_again_is_kept_once_and_another_is_refused(village: Village) -> None:
    key = uuid4()
    assert [send(village, "Nadia", jpeg(), key) for _ in range(2)] == [(201, str(key))] * 2
    assert send(village, "Nadia", jpeg("red"), key) == (409, "command-reused")


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
def test_a_phone_s_newer_pictures_are_kept_as_jpeg(village: Village, kind: str) -> None:
    key = uuid4()
    assert send(village, "Nadia", picture(kind), key) == (201, str(key))
    shown = village.as_("Jean").api("GET", f"{PHOTOS}/{key}")
    assert Image.open(io.BytesIO(shown.content)).format == "JPEG"


@pytest.mark.parametrize(
    ("content", "code"),
    [(NO_PICTURE, "not-a-photo"), (b"", "not-a-photo"), (PDF, "not-a-photo"), (jpeg()[:200], "cut-short")],
)
def test_what_is_no_photo_is_refused_and_not_kept(village: Village, content: bytes, code: str) -> None:
    key = uuid4()
    assert send(village, "Nadia", content, key) == (409, code)
    assert not kept(village, key)


def test_a_receipt_may_be_a_pdf_and_what_is_to_be_seen_may_not(village: Village) -> None:
    key, nadia = uuid4(), village.as_("Nadia")
    assert send(village, "Nadia", PDF, key, f"/coops/{COOP}/papers") == (201, str(key))
    spent = {"kind": "repair", "paid_on": "2026-11-02", "paid": {str(village.member("Nadia")): 9000}, "split": "equal"}
    shared = {"among": {str(village.member("Luc")): 1}, "receipt": str(key)}
    assert nadia.api("POST", f"/coops/{COOP}/expenses", spent | shared).status == 201
    saved = village.as_("Luc").api("GET", f"{PHOTOS}/{key}")
    assert (saved.content, saved.headers["content-type"]) == (PDF, "application/pdf")
    damage = {"part": "front", "sentence": "A scratch", "photo_id": str(key)}
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/damages"
    assert nadia.api("POST", path, damage).code == "not-a-photo"


def test_a_photo_needs_a_key(village: Village) -> None:
    assert send(village, "Nadia", jpeg(), None) == (400, "no-key")


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [(None, 401, "not-signed-in"), ("Olga", 403, "not-a-member"), ("Sacha", 403, "not-a-member")],
)
def test_only_members_send_and_see_photos(village: Village, who: str | None, status: int, code: str) -> None:
    mine, theirs = uuid4(), uuid4()
    send(village, "Nadia", jpeg(), mine)
    assert send(village, who, jpeg(), theirs) == (status, code)
    assert not kept(village, theirs)
    browser = village.as_(who) if who else village.anyone()
    assert browser.get(f"{PHOTOS}/{mine}").status == status
    assert browser.api("GET", f"{PHOTOS}/{mine}").code == code


def test_a_photo_of_another_co_op_is_not_there(village: Village) -> None:
    key = uuid4()
    assert send(village, "Olga", jpeg(), key, f"/coops/{ELSEWHERE}/photos") == (201, str(key))
    assert kept(village, key, ELSEWHERE)
    assert village.as_("Nadia").get(f"{PHOTOS}/{key}").status == 404
    assert village.as_("Nadia").api("GET", f"{PHOTOS}/{key}").code == "unknown"
    assert village.as_("Nadia").get(f"{PHOTOS}/{person_id_of('Nadia')}").status == 404
