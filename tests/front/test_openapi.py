"""The API is as described: whatever the description allows is answered as it says, whatever it forbids is refused."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec
import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kernel.text import END, MAIL_ADDRESS, ONE_LINE, PLAIN, VISIBLE
from tests.front.ids import ids_of
from tests.front.visitor import Visitor, visit
from tests.front.ways import WAYS
from tests.kit.databases import once
from tests.kit.scale import EXAMPLES
from tests.kit.village import COOP, Village

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

pytestmark = once


def description(village: Village) -> dict[str, Any]:
    """Return what the server says of itself."""
    response = visit(village, None).get("/api/openapi.json")
    assert response.status_code == 200
    told: dict[str, Any] = response.json()
    return told


def patterns(schema: object) -> Iterator[str]:
    """Give every pattern that a description asks texts to follow."""
    if isinstance(schema, dict):
        yield from (value for key, value in schema.items() if key == "pattern" and isinstance(value, str))
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns(part)


def test_what_is_asked_on_one_line_ends_with_it(lived: Village) -> None:
    asked = {*patterns(description(lived))}
    assert asked >= {ONE_LINE, MAIL_ADDRESS}
    assert {pattern for pattern in asked if not pattern.endswith(END)} == {PLAIN, VISIBLE}


def test_the_description_is_sound_and_whole(lived: Village) -> None:
    told = description(lived)
    assert told["openapi"].startswith("3.1")
    schema = schemathesis.openapi.from_dict(told)
    schema.validate()
    operations = {each["operationId"]: each for path in told["paths"].values() for each in path.values()}
    ways = {way.name: way for way in WAYS if way.is_api and way.route.described}
    assert operations.keys() == ways.keys()
    for name, each in operations.items():
        assert each["summary"], name
        assert ways[name].who in each["description"], name
        body = each.get("requestBody", {}).get("content", {}).get("application/json")
        assert body is None or "example" in body or not has_fields(told, body["schema"]), name


def has_fields(told: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Tell whether there is anything to send."""
    name = schema["$ref"].rsplit("/", 1)[-1]
    return bool(told["components"]["schemas"][name].get("properties"))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", ["Nadia", "Paul"])  # a member, a treasurer
def test_whatever_is_sent_is_answered_as_described(
    lived: Village, again: Callable[[], None], name: str, mode: GenerationMode
) -> None:
    ids, someone, statuses = ids_of(lived, COOP, name), visit(lived, name), set()
    for operation in operations_of(description(lived)):
        given_ids = {each: ids[each] for each in ids if each in operation.path}
        cases = operation.as_strategy(generation_mode=mode, path_parameters=given_ids)

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
        @given(case=cases)
        def send(case: Case[Any]) -> None:
            response = sent(someone, case)
            case.validate_response(response, checks=CHECKS)
            statuses.add(response.status_code)
            if response.status_code < 400 and case.method != "GET":
                again()

        if mode is GenerationMode.POSITIVE or operation.body:
            send()
    assert statuses >= ({200, 201, 409} if mode is GenerationMode.POSITIVE else {400})


def operations_of(told: dict[str, Any]) -> Iterator[Any]:
    result: Any
    for result in schemathesis.openapi.from_dict(told, config=SchemathesisConfig(seed=76011)).get_all_operations():
        yield result.ok()


def sent(someone: Visitor, case: Case[Any]) -> httpx.Response:
    """Send a case as it was made, signed in."""
    made = case.as_transport_kwargs(base_url="http://testserver.local/api")
    address = made["url"].removeprefix("http://testserver.local")
    query = urlencode([(name, text) for name, text in (made.get("params") or {}).items()], doseq=True)
    content = made["data"] if made.get("data") is not None else msgspec.json.encode(made.get("json"))
    headers = {str(key).lower(): str(text) for key, text in made["headers"].items()}
    return someone.exactly(case.method, f"{address}?{query}", content, headers)
