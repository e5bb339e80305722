"""Who reads which field: every page, answer and file is opened by everyone, and tells only what is hers to read."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec
import pytest
from sqlalchemy import Table, select

from booking.read_models import bookings
from fleet.read_models import vehicles
from governance.read_models import members
from tests.front.fields import answers, kept_of
from tests.front.ids import ids_of
from tests.front.private import ERASED, MEMBERS, Readers, write_down
from tests.front.visitor import visit
from tests.front.ways import WAYS, Way
from tests.kit.databases import once
from tests.kit.village import COOP, Village

pytestmark = once

ON_THIS_MACHINE = ("installation.mailbox", "installation.demo_people")  # open to whoever sits at it, to nobody else
ASKED = [way for way in WAYS if way.method == "GET" and way.name not in ON_THIS_MACHINE]


@pytest.fixture
def readers(lived: Village) -> Readers:
    return write_down(lived)


def every_address(village: Village) -> Iterator[tuple[Way, str]]:
    """Give the address of each page, answer and file of each vehicle, booking and member there is."""
    ids = ids_of(village, COOP, "Claire")
    of_each = [{}, *_ids(village, vehicles), *_ids(village, bookings), *_ids(village, members)]
    known = {way.shown(_named_so(way, ids | some)): way for way in ASKED for some in of_each}
    return ((way, address) for address, way in known.items())


def _ids(village: Village, table: Table) -> list[dict[str, str]]:
    (_, column) = table.primary_key.columns
    found = village.ask(lambda connection: connection.execute(select(column).where(table.c.coop_id == COOP)).scalars())
    return [{column.name: str(each)} for each in found]


def _named_so(way: Way, ids: dict[str, str]) -> dict[str, str]:
    """Return ids with those that a way knows under another name set to the same."""
    return ids | {way.named(field): ids[field] for field in way.fields if field in ids}


def plainly(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", [None, "Sacha", "Olga", "Luc", ERASED, *sorted(MEMBERS)], ids=str)
def test_everyone_reads_what_is_hers_to_read_and_nothing_else(
    lived: Village, readers: Readers, name: str | None
) -> None:
    may, seen = {text for text, told_to in readers.items() if name in told_to}, set[str]()
    for way, address in every_address(lived):
        answered = plainly(visit(lived, name).get(address).text)
        read = {text for text in readers if plainly(text) in answered}
        assert read <= may, (way.name, address)
        seen |= read
    assert seen == may


def test_who_was_erased_has_one_name(lived: Village, readers: Readers) -> None:
    assert ERASED in readers
    gone = lived.member(ERASED)
    called = visit(lived, "Claire").get(f"/coops/{COOP}/balances").text
    assert "a former member" in called.lower()
    assert f"member:a former member {gone.hex[:8]}" in visit(lived, "Claire").get(f"/coops/{COOP}/journal").text
    balances = visit(lived, "Claire").get(f"/api/coops/{COOP}/balances").json()["items"]
    assert [row["name"] for row in balances if row["account"] == str(gone)] == [None]


def test_no_letter_tells_what_is_told_to_some_alone(lived: Village, readers: Readers) -> None:
    addresses = {text for text in readers if "@" in text}
    for letter in lived.letters():
        read = {text for text in readers if plainly(text) in plainly(letter.subject + letter.body)}
        assert read <= addresses & {letter.address}, letter


def test_each_field_that_is_kept_from_some_members_is_told_to_others(lived: Village, readers: Readers) -> None:
    assert readers
    fields = [(kind, name) for kind in answers() for kept in kept_of(kind) for name in kept.fields]
    found: dict[str, set[str]] = {f"{kind.__name__}.{name}": set() for kind, name in fields}
    for kind, answer in _answered_to_members(lived):
        for kept in kept_of(kind):
            for name in kept.fields:
                found[f"{kind.__name__}.{name}"].add("kept" if getattr(answer, name) is None else "told")
    assert [name for name, how in found.items() if how != {"kept", "told"}] == []


def _answered_to_members(village: Village) -> Iterator[tuple[type[msgspec.Struct], msgspec.Struct]]:
    """Give what programs of all members are answered, as typed values."""
    for name in sorted(MEMBERS):
        for way, address in every_address(village):
            answer = visit(village, name).get(address)
            if way.route.described and answer.headers["content-type"] == "application/json":
                yield from _structs(msgspec.json.decode(answer.content, type=way.route.described.returns))


def _structs(value: Any) -> Iterator[tuple[type[msgspec.Struct], msgspec.Struct]]:
    if isinstance(value, msgspec.Struct):
        yield type(value), value
        yield from chain.from_iterable(_structs(getattr(value, name)) for name in value.__struct_fields__)
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(_structs, value))
