"""The forms that pages really show, with what a hurried person would leave in them."""

import re
from collections.abc import Iterator
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
}


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
            form.fields[name] = given.get("value") or TYPED.get(kind, "Texte")
            form.typed.append(name)


def forms_in(html: str) -> list[Shown]:
    """Return the forms of a page that change something."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def forms_shown(visitor: Visitor, ids: dict[str, str], known: set[str]) -> Iterator[Shown]:
    """Give every form of every page someone may open, each sort of action once; `known` grows by what was given."""
    for way in WAYS:
        if way.method == "GET" and not way.is_api:
            response = visitor.get(way.to(ids))
            assert response.status_code < 500, way
            for form in forms_in(response.text) if response.status_code == 200 else ():
                sort = ID.sub("*", form.action)
                if sort not in known:
                    known.add(sort)
                    yield form


def sendable(form: Shown, **changed: str) -> dict[str, Any]:
    """Return a form's fields as they would be sent, some of them changed."""
    return {name: text for name, text in form.fields.items() if name not in ("_csrf_token", "command_id")} | changed
