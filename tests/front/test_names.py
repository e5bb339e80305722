"""No name holds an address, wherever one is typed: it would stand in a letter to a stranger, and in its subject."""

from collections.abc import Iterator

from msgspec import inspect as kinds

from api import places
from api.web.acts import ACTS
from api.web.routes import every_route
from kernel.text import NAME, NAME_OR_NOTHING, ONE_LINE, ONE_LINE_OR_NOTHING
from tests.front.bodies import fields_of
from tests.front.forms import sendable
from tests.front.ground import Ground, all_forms
from tests.front.programs import programs
from tests.kit.databases import once

LINK = "Banque Postale https://evil.example/login"
NAMES = {"name", "founder_name"}
IN_NO_LETTER = {"text", "colour", "access_code", "holder", "iban_holder", "commune_code", "reason"}
"""Lines that are shown on pages to members alone. A new one is listed here, or is a name."""


def lines(kind: kinds.Type) -> Iterator[tuple[str, str]]:
    """Give every field of a command that holds a line, those of what stands in it too, with its pattern."""
    match kind:
        case kinds.Metadata(type=inner):
            yield from lines(inner)
        case kinds.UnionType(types=types):
            for each in types:
                yield from lines(each)
        case kinds.VarTupleType(item_type=item):
            yield from lines(item)
        case kinds.StructType(fields=fields):
            for field in fields:
                yield from ((field.name, pattern) for name, pattern in lines(field.type) if not name)
                yield from ((name, pattern) for name, pattern in lines(field.type) if name)
        case kinds.StrType(pattern=str(pattern)):
            yield "", pattern


def test_every_line_of_every_command_is_a_name_or_stands_in_no_letter() -> None:
    every_route(places)
    found = {each for command in ACTS.values() for each in lines(kinds.type_info(command))}
    assert {name for name, pattern in found if pattern in (NAME, NAME_OR_NOTHING)} == {"name"}
    assert {name for name, pattern in found if pattern in (ONE_LINE, ONE_LINE_OR_NOTHING)} == IN_NO_LETTER


@once
def test_an_address_is_refused_as_a_name_by_every_form_and_for_every_program(ground: Ground) -> None:
    asked = 0
    for program in programs(ground):
        for place in (place for place, *_ in fields_of(program.described) if place[-1] in NAMES):
            response = program.send(place, LINK)
            assert response.status_code == 400, (program.name, place, response.text)
            asked += 1
    for someone, form in all_forms(ground):
        for field in NAMES & {*form.typed}:
            response = someone.post(form.action, sendable(form, **{field: LINK}))
            assert response.status_code == 422, (form.action, field)
            assert "A name is one line with letters, without the address of a page or of mail." in response.text, (
                form.action
            )
            asked += 1
    assert asked > 8
    assert not [letter for letter in ground.village.letters() if "evil.example" in letter.subject + letter.body]
