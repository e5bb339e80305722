"""Whatever is sent, the answer is clear, nothing falls over, and what is refused leaves no trace."""

from collections.abc import Iterator
from urllib.parse import quote

import msgspec
from httpx import Response

from api.receiving import LARGEST_FORM
from tests.front.bodies import Place, fields_of
from tests.front.forms import ID, SHOWN_AT_ONCE, Shown, sendable, way_of
from tests.front.ground import WHO, Ground, all_forms, told_beside
from tests.front.ids import ids_of
from tests.front.naughty import BROKEN, FAR_DATES, FAR_DAYS, OUT_OF_BOUNDS, STRANGE, TOO_LONG, UNSTORABLE, WRONG_KINDS
from tests.front.programs import programs
from tests.front.visitor import Visitor, visit
from tests.front.ways import WAYS
from tests.kit.databases import once
from tests.kit.scale import ODD_QUERIES, ODD_TEXTS
from tests.kit.village import COOP, Village

EVERY_TEXT = (*UNSTORABLE, *TOO_LONG, *STRANGE)
HARD_TO_STORE = (*UNSTORABLE, "\ufffe\uffff", "\U0010ffff", "👩‍👩‍👧‍👦", "1e309")

QUERY_NAMES = (
    "start",
    "end",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "when",
    "month",
    "q",
    "commune",
    "next",
)

EDGES = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "9999-12-31T23:59:59Z",
    "0001-01-01",
    "9999-12-31",
    "9" * 30,
    "-1",
)

TOLD_AT = {
    "commune": "q",
    "latitude": "longitude",
    "longitude": "latitude",
}
"""What is wrong with a field is told beside it, or beside the one that it goes with."""


def texts_for(village: Village, number: int) -> tuple[str, ...]:
    """Return what is refused anywhere, and a share of odd texts; on the second database what it may choke on."""
    every = (*UNSTORABLE, *TOO_LONG, *STRANGE[number % ODD_TEXTS :: ODD_TEXTS])
    return every if village.site.engine.dialect.name == "sqlite" else HARD_TO_STORE


def test_naughty_texts_in_every_json_field(ground: Ground) -> None:
    for program in programs(ground):
        fields = [place for place, kind, _ in fields_of(program.described) if kind == "str"]
        for number, place in enumerate(fields):
            for text in texts_for(ground.village, number):
                response = program.send(place, text)
                ground.check(response, (program.name, place, text[:40]))
                check_told_where(response, place, (program.name, place, text[:40]))
                if text in UNSTORABLE or text in TOO_LONG:
                    assert response.status_code >= 400, (program.name, place, text[:40])


def check_told_where(response: Response, place: Place, what: object) -> None:
    """Check that what could not be read is told with where it stands."""
    name = next(step for step in place if isinstance(step, str))
    if response.status_code == 400:
        assert f"`$.{name}" in response.json()["detail"], what
    if response.status_code == 422:
        told = told_beside(response)
        assert told, what
        assert told <= {name, TOLD_AT.get(name)}, what


@once
def test_values_of_the_wrong_kind_in_every_json_field(ground: Ground) -> None:
    for program in programs(ground):
        for place, kind, nullable in fields_of(program.described):
            for value in WRONG_KINDS[kind]:
                if value is not None or not nullable:
                    response = program.send(place, value)
                    ground.check(response, (program.name, place, value))
                    assert response.status_code == 400, (program.name, place, value, response.status_code)
                    check_told_where(response, place, (program.name, place, value))


def test_numbers_and_dates_beyond_reason_in_every_json_field(ground: Ground) -> None:
    beyond = {"int": OUT_OF_BOUNDS, "instant": FAR_DATES, "day": FAR_DAYS}
    for program in programs(ground):
        for place, kind, _ in fields_of(program.described):
            for value in beyond.get(kind, ()):
                ground.check(program.send(place, value), (program.name, place, value))


@once
def test_bodies_that_are_no_json_of_ours(ground: Ground) -> None:
    for program in programs(ground):
        for content in BROKEN:
            response = program.visitor.api(program.method, program.address, content)
            ground.check(response, (program.name, content[:40]))
            assert response.status_code == 400, (program.name, content[:40], response.text)


@once
def test_every_form_is_said_yes_to_as_it_is_shown(ground: Ground) -> None:
    for someone, form in all_forms(ground):
        response = someone.post(form.action, sendable(form))
        shown = way_of(form) in SHOWN_AT_ONCE
        assert response.status_code == (200 if shown else 303), (form.action, response.text)
        ground.check(response, form.action)


@once
def test_naughty_texts_in_every_form_field(ground: Ground) -> None:
    for someone, form in all_forms(ground):
        for field, text in naughty_fields(form):
            response = someone.post(form.action, sendable(form, **{field: text}))
            ground.check(response, (form.action, field, text[:40]))
            if response.status_code == 422:
                told = told_beside(response)
                assert told or field in form.chosen, (form.action, field, text[:40], response.text)
                assert told <= {field, TOLD_AT.get(field)}, (form.action, field, text[:40], told)


def naughty_fields(form: Shown) -> Iterator[tuple[str, str]]:
    """Give texts for each field of a form: a share of all where one types, a few where one chooses."""
    alike = {ID.sub("*", field): field for field in (*form.typed, *form.chosen)}
    for number, field in enumerate(alike.values()):
        texts = EVERY_TEXT[number % ODD_TEXTS :: ODD_TEXTS] if field in form.typed else EVERY_TEXT[number % 12 :: 12]
        yield from ((field, text) for text in texts)


@once
def test_what_people_write_is_never_taken_for_a_page(ground: Ground) -> None:
    written = 0
    can_be_written, can_be_sent = list(programs(ground)), list(all_forms(ground))
    for program in can_be_written:
        for place, kind, _ in fields_of(program.described):
            written += kind == "str" and program.send(place, HOSTILE).status_code < 300
    for someone, form in can_be_sent:
        for field in form.typed:
            written += someone.post(form.action, sendable(form, **{field: HOSTILE})).status_code == 303
    assert written > 5
    shown = 0
    for someone in (visit(ground.village, name) for name in WHO):
        for way in (way for way in WAYS if way.method == "GET"):
            response = someone.get(way.shown(ids_of(ground.village, COOP, "Claire")))
            assert response.status_code < 500, way
            if response.headers["content-type"].startswith("text/html"):
                assert HOSTILE not in response.text, way
                assert "<b id=" not in response.text, way
                shown += "&lt;b id=" in response.text
    assert shown > 3


HOSTILE = "\"><b id='x'>{{ 7*7 }}"


def test_forms_full_of_what_a_database_may_choke_on(ground: Ground) -> None:
    for someone, form in all_forms(ground):
        for text in ("before\x00after", "\ufffe\uffff\U0010ffff"):
            sent = sendable(form, **dict.fromkeys(form.typed, text))
            ground.check(someone.post(form.action, sent), (form.action, text))


@once
def test_forms_sent_with_nothing_or_everything_twice(ground: Ground) -> None:
    for someone, form in all_forms(ground):
        ground.check(someone.post(form.action), form.action)
        twice = {field: [text, text] for field, text in sendable(form).items()}
        ground.check(someone.post(form.action, twice), form.action)
        if "command_id" in form.fields:
            ground.check(someone.post(form.action, sendable(form) | {"command_id": "not an id"}), form.action)


@once
def test_what_a_form_says_twice_and_differently_is_asked_back(ground: Ground) -> None:
    for someone, form in all_forms(ground):
        for field in form.typed:
            text = sendable(form).get(field) or "1"
            response = someone.post(form.action, sendable(form) | {field: [text, f"{text}0"]})
            ground.check(response, (form.action, field))
            assert response.status_code == 422, (form.action, field)


def test_what_a_program_says_twice_is_refused(ground: Ground) -> None:
    for program in programs(ground):
        body = msgspec.json.encode(program.body)
        for field, value in program.body.items():
            again = b"%b, %b: %b}" % (body[:-1], msgspec.json.encode(field), msgspec.json.encode(value))
            response = program.visitor.api(program.method, program.address, again)
            ground.check(response, (program.name, field))
            assert (response.status_code, response.json()["type"]) == (400, "/api/problems/said-twice"), program.name


@once
def test_queries_of_any_kind(ground: Ground) -> None:
    ids = ids_of(ground.village, COOP, "Claire")
    claire = visit(ground.village, "Claire")
    for number, way in enumerate(way for way in WAYS if way.method == "GET"):
        for text in EVERY_TEXT[number % ODD_QUERIES :: ODD_QUERIES]:
            asked = "&".join(f"{name}={quote(text[:200])}" for name in QUERY_NAMES)
            shown = way.shown(ids)
            ground.check(claire.get(f"{shown}{'&' if '?' in shown else '?'}{asked}"), (way.name, text[:40]))


@once
def test_what_a_program_asks_at_the_edge_of_what_can_be_reckoned(ground: Ground) -> None:
    ids = ids_of(ground.village, COOP, "Claire")
    claire = visit(ground.village, "Claire")
    for way in WAYS:
        query = way.route.described.query if way.route.described else None
        for field in query.__struct_fields__ if query else ():
            for value in EDGES:
                asked = f"{way.shown(ids)}?{field}={quote(value)}"
                ground.check(claire.get(asked), asked)


@once
def test_cookies_and_headers_of_any_kind(ground: Ground) -> None:
    nobody = Visitor(ground.village.client)
    for text in [text for text in EVERY_TEXT if len(text) < 1_000][::ODD_TEXTS]:
        value = quote(text)
        for name in ("said", "lang", "session", "csrftoken"):
            ground.check(nobody.get("/sign-in", cookie=f"{name}={value}"), (name, text))
        for name in ("accept-language", "authorization", "user-agent", "referer", "idempotency-key"):
            ground.check(nobody.get("/sign-in", **{name: value}), (name, text))
            ground.check(nobody.api("POST", f"/api/coops/{COOP}/bookings", b"{}", **{name: value}), (name, text))


def test_bodies_too_large_to_be_read(ground: Ground) -> None:
    claire = visit(ground.village, "Claire")
    huge = b'{"destination": "' + b"x" * LARGEST_FORM + b'"}'
    answers = [
        claire.api("POST", f"/api/coops/{COOP}/bookings", huge),
        claire.post(f"/coops/{COOP}/bookings", {"destination": "x" * LARGEST_FORM}),
        claire.post(f"/coops/{COOP}/bookings", files={"photo": ("photo.jpg", huge, "image/jpeg")}),
    ]
    for response in answers:
        ground.check(response, "huge")
        assert response.status_code == 413


def test_an_id_in_an_address_that_is_none(ground: Ground) -> None:
    claire = visit(ground.village, "Claire")
    for way in WAYS:
        for text in ("x", "1", "..%2f..%2fetc", "%00", "'", "00000000-0000-0000-0000-00000000000g"):
            if way.fields and way.fields not in (["token"], ["ticket"]):
                response = claire.use(way, way.to(dict.fromkeys(way.fields, text)))
                ground.check(response, (way.name, text))
                assert response.status_code in (400, 404), (way.name, text)
