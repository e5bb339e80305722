"""What one says of oneself: name, phone, where to be paid, where one lives, in which language, on which devices."""

import re
from typing import Any

from api.pages.declared import get, post
from api.web.answers import Answer, Go, Page
from api.web.forms import Form, Misread
from api.web.visit import Visit
from governance.coop import NotAnIban, valid_iban
from people.person import change_person
from people.sign_in import session_of, sessions_of

_PHONE = re.compile(r"\+?[0-9][0-9 .()/-]{3,28}")
_SHOWN = ("name", "email", "phone", "iban", "iban_holder", "language", "latitude", "longitude")


@get("/coops/{coop_id:uuid}/profile")
def profile(visit: Visit) -> Answer:
    """Show one's profile, to change it."""
    person = visit.my_person
    shows = {
        "profile": {name: getattr(person, name) for name in _SHOWN},
        "devices": _devices(visit),
    }
    return Page("profile.html", shows)


@post("/coops/{coop_id:uuid}/profile", again=profile)
def keep_profile(visit: Visit) -> Answer:
    """Keep one's profile as typed."""
    values = profile_values(visit.form)
    with visit.site.writing() as connection:
        change_person(connection, visit.my_person.person_id, **values)
    here = f"/coops/{visit.coop_id}/profile"
    return Go(here, said="Your profile is kept.", cookies={"lang": values["language"]})


def profile_values(form: Form) -> dict[str, Any]:
    """Return the columns of a profile from what was typed; `Misread` says what is wrong with each field."""
    language = form.needed("language", 2)
    if language not in ("fr", "en"):
        raise Misread({"language": "Choose a language."})
    iban, holder = _iban(form), form.text("iban_holder")[:70]
    if iban and not holder:
        raise Misread({"iban_holder": "Write the name of the account's holder exactly as the bank knows it."})
    latitude, longitude = form.degrees("latitude", 90), form.degrees("longitude", 180)
    if (latitude is None) != (longitude is None):
        raise Misread({"latitude": "Write both numbers of the position, or none."})
    return {
        "name": plain_line(form.needed("name", 80), "name"),
        "phone": _phone(form),
        "iban": iban,
        "iban_holder": plain_line(holder, "iban_holder") if iban else None,
        "language": language,
        "latitude": latitude,
        "longitude": longitude,
    }


def plain_line(text: str, field: str) -> str:
    """Return a line of text as typed; `Misread` for control characters, which no name holds."""
    if any(ord(letter) < ord(" ") or ord(letter) == 127 for letter in text):  # noqa: PLR2004 - delete
        raise Misread({field: "This text is too long, or holds a character that cannot be kept."})
    return text


def _phone(form: Form) -> str | None:
    text = form.text("phone")
    if not text:
        return None
    if not _PHONE.fullmatch(text):
        raise Misread({"phone": "This is not a phone number: it looks like 06 12 34 56 78."})
    return text


def _iban(form: Form) -> str | None:
    text = form.text("iban")
    if not text:
        return None
    try:
        return valid_iban(text)
    except NotAnIban as refusal:
        raise Misread({"iban": "This is not an IBAN: check its letters and digits."}) from refusal


def _devices(visit: Visit) -> list[dict[str, Any]]:
    current = session_of(visit.connection, visit.token)
    return [
        {
            "device_id": each.session_id,
            "name": device_name(each.device, visit),
            "last_seen": each.opened_at,
            "current": each.session_id == current,
        }
        for each in sessions_of(visit.connection, visit.my_person.person_id)
    ]


def device_name(agent: str, visit: Visit) -> str:
    """Say which device a browser's own description tells of: `Firefox, Android`."""
    browser = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "")
    system = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux") if name in agent), "")
    known = ", ".join(filter(None, ({"Edg": "Edge"}.get(browser, browser), system)))
    return known or visit.say("A device")
