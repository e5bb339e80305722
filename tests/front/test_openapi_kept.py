"""The API's description is kept, and loses nothing that programs rely on without having said so for one release."""

import copy
from typing import Any

import pytest

from tests.front.kept import lost
from tests.front.written import DESCRIPTION, FIELDS, WAYS_IN, description, fields, kept_description, ways_in

KEPT: dict[str, Any] = {
    "info": {"version": "0.2.0"},
    "paths": {"/vehicles": {"get": {}}, "/gift": {"post": {}}},
    "components": {"schemas": {"Vehicle": {"properties": {"name": {}, "colour": {}}}}},
    "x-problems": [{"code": "vehicle-taken"}],
    "x-deprecated": {"POST /gift": {"since": "0.2.0", "successor": "POST /contributions"}},
}


def test_the_description_in_the_documents_is_the_one_that_is_served() -> None:
    assert description() == kept_description(), f"run `python -m tests.front.written` to write {DESCRIPTION.name}"


def test_the_ways_in_in_the_documents_are_those_that_are_served() -> None:
    assert WAYS_IN.read_text(encoding="utf-8") == ways_in(), "run `python -m tests.front.written`"


def test_the_fields_in_the_documents_are_those_that_are_answered() -> None:
    assert FIELDS.read_text(encoding="utf-8") == fields(), "run `python -m tests.front.written`"


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (("paths", "/vehicles"), "GET /vehicles"),
        (("components", "schemas", "Vehicle", "properties", "colour"), "Vehicle.colour"),
        (("x-problems", 0), "problem vehicle-taken"),
    ],
)
def test_what_is_gone_is_told(where: tuple[Any, ...], name: str) -> None:
    now = copy.deepcopy(KEPT)
    inner: Any = now
    for step in where[:-1]:
        inner = inner[step]
    del inner[where[-1]]
    assert lost(KEPT, now) == [name]


@pytest.mark.parametrize(("version", "told"), [("0.2.0", ["POST /gift"]), ("0.3.0", [])])
def test_what_was_deprecated_may_go_in_the_next_release(version: str, told: list[str]) -> None:
    now = copy.deepcopy(KEPT) | {"info": {"version": version}}
    del now["paths"]["/gift"]
    assert lost(KEPT, now) == told


def test_what_is_added_is_no_loss() -> None:
    assert lost(KEPT, KEPT | {"paths": KEPT["paths"] | {"/accounts": {"get": {}}}}) == []
