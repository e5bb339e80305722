"""The forms that pages really show, with what a hurried person would leave in them."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import msgspec

from tests.front.visitor import Visitor
from tests.front.ways import WAYS
from tests.kit.village import NOW

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TYPED = {
    "email": "sam@example.org",
    "number": "12",
    "date": (NOW + timedelta(days=10)).date().isoformat(),
    "time": "18:00",
    "month": "2026-11",
    "tel": "0601020304",
    "decimal": "12,50",
    "numeric": "80",
}
"""What one types, by the kind of field."""

NAMED = {
    "code": "123 456",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "latitude": "44.75",
    "longitude": "5.37",
    "odometer_km": "10200",
    "plate": "XY-987-ZT",
    "value": "0.40",
    "first_registered_on": "2025-05-02",
    "insurance_until": (NOW + timedelta(days=600)).date().isoformat(),
    "inspection_until": (NOW + timedelta(days=600)).date().isoformat(),
}
"""What one types where not anything of its kind would do."""

ANSWERED = {
    "expenses.record_expense": {"split": "equal", "vehicle_id": "coop"},
    "settlement.confirm_paid": {"amount": "0,01"},
    "settlement.declare_paid": {"amount": "0,01"},
}
"""What one chooses where the first choice does not go with the boxes ticked, or the transfer is another."""

LEFT_EMPTY = ("part_", "parts_", "find", "consent_")
"""How the fields begin that nearly everybody leaves empty: what others paid, what others own, whom one looks for, and
the day of a letter, which goes with its photo alone."""


SHOWN_AT_ONCE = ("bookings.look_up_driver",)
"""Forms that are answered by what they ask for, which has no page of its own."""


class Shown(msgspec.Struct, kw_only=True):
    """A form as it is shown: where it is sent, what each field would hold, which one types in or chooses from."""

    action: str
    fields: dict[str, str] = {}
    typed: list[str] = []
    chosen: list[str] = []
    files: list[str] = []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Shown] = []
        self._form: Shown | None = None
        self._choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Shown(action=given.get("action", ""), fields={}, typed=[], chosen=[], files=[])
            if given.get("method") == "post":
                self.forms.append(self._form)
        elif self._form is None:
            return
        elif "formnovalidate" in given:
            return  # it asks for the form again, and sends nothing for good
        elif tag in ("input", "button", "textarea", "select") and given.get("name"):
            self._field(self._form, tag, given)
        elif tag == "option" and self._choosing and ("selected" in given or not self._form.fields[self._choosing]):
            self._form.fields[self._choosing] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._choosing = ""

    def _field(self, form: Shown, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif tag == "select":
            self._choosing = name
            form.fields[name] = ""
            form.chosen.append(name)
        elif tag == "button" or kind in ("hidden", "radio", "checkbox"):
            if kind != "radio" or "checked" in given or name not in form.fields:
                form.fields[name] = given.get("value", "on")
            if name not in ("_csrf_token", "command_id", *form.chosen):
                form.chosen.append(name)
        else:
            kind = given.get("inputmode", kind) if kind == "text" else kind
            typed = "" if name.startswith(LEFT_EMPTY) else NAMED.get(name) or TYPED.get(kind, "Texte")
            form.fields[name] = given.get("value") or typed
            form.typed.append(name)


def forms_in(html: str) -> list[Shown]:
    """Return the forms of a page that change something."""
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms:
        form.fields |= ANSWERED.get(way_of(form), {})
    return reader.forms


def forms_shown(visitor: Visitor, ids: dict[str, str], known: set[str]) -> Iterator[Shown]:
    """Give every form of every page someone may open, each sort of action once; `known` grows by what was given."""
    for address in pages(ids):
        response = visitor.get(address)
        assert response.status_code < 500, address
        for form in forms_in(response.text) if response.status_code == 200 else ():
            sort = ID.sub("*", form.action)
            if sort not in known:
                known.add(sort)
                yield form


def pages(ids: dict[str, str]) -> Iterator[str]:
    """Give the address of every page, with what it has to be asked; of some pages, those of several things."""
    for way in WAYS:
        if way.method == "GET" and not way.is_api:
            yield way.shown(ids)
            for field, name in SEVERAL.get(way.name, ()):
                yield way.shown(ids | {field: ids[name]})


SEVERAL = {
    "bookings.show_booking": tuple(
        ("booking_id", f"booking_{state}")
        for state in ("over", "of_gone", "untold", "cancelled", "approved", "refused", "taken", "returned")
    ),
    "coming_in.arrival": (("token", "token_to_start"), ("token", "token_to_move"), ("token", "token_to_recover")),
    "expenses.show_expense": (("expense_id", "expense_waiting"),),
    "members.show_member": tuple(("member_id", f"member_{which}") for which in ("gone", "in_charge", "to_vouch_for")),
    "settlement.show_plan": (("plan_id", "plan_to_issue"),),
    "votes.show_proposal": (("proposal_id", "proposal_new"),),
    "vehicles.edit_vehicle": (("vehicle_id", "vehicle_damaged"),),
}
"""Pages whose forms depend on what they show: under which names the ids of the others are known."""


def forms_by_way(shown: Iterable[Shown]) -> dict[str, Shown]:
    """Return for each way in the first form that is sent to it."""
    return {way_of(form): form for form in reversed(tuple(shown))}


def way_of(form: Shown) -> str:
    """Return the name of the way in that a form is sent to; empty when there is none."""
    address = form.action.partition("?")[0].split("/")
    posted = (way for way in WAYS if way.method == "POST" and not way.is_api)
    return next((way.name for way in posted if _leads(way.path.split("/"), address)), "")


def _leads(path: list[str], address: list[str]) -> bool:
    pairs = zip(path, address, strict=False)
    return len(path) == len(address) and all(there == here or there.startswith("{") for there, here in pairs)


def sendable(form: Shown, **changed: str) -> dict[str, Any]:
    """Return a form's fields as they would be sent, some of them changed."""
    return {name: text for name, text in form.fields.items() if name not in ("_csrf_token", "command_id")} | changed
