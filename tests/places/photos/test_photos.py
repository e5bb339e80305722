"""Photos: one goes up with a form or by a program, is kept once, and is shown to the members of its co-op only."""

from uuid import UUID, uuid4

from people.photos import photo
from tests.kit.browser import Seen
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village

PHOTOS = f"/coops/{COOP}/photos"


def kept(village: Village, photo_id: UUID, coop_id: UUID = COOP) -> bool:
    return village.ask(photo, coop_id, photo_id) is not None


def report(village: Village, key: UUID, sentence: str, content: bytes | None, **more: str) -> Seen:
    """Report a damage by the form, with a photo."""
    path = f"/coops/{COOP}/vehicles/{village.vehicle('Kangoo')}/damages"
    files = {"photo": content} if content else None
    return village.as_("Nadia").post(path, files, command_id=key, part="front", sentence=sentence, **more)


def test_a_form_refused_keeps_its_photo_and_takes_it_when_sent_again(village: Village) -> None:
    refused = report(village, uuid4(), "", jpeg())
    assert refused.status == 422
    found = refused.html.split('name="kept_photo" value="')[1].split('"')[0]
    assert kept(village, UUID(found))
    done = report(village, uuid4(), "A scratch", None, kept_photo=found)
    assert done.status == 200
    assert f"{PHOTOS}/{found}" in done.html


def test_a_photo_named_by_a_form_that_nobody_kept_is_no_photo(village: Village) -> None:
    done = report(village, uuid4(), "A scratch", None, kept_photo=str(uuid4()))
    assert done.status == 200
    assert "/photos/" not in done.html
