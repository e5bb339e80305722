"""The API's description, and everything it may refuse with, for everyone."""

from tests.kit.village import COOP, Village


def test_everyone_reads_the_description(village: Village) -> None:
    seen = village.anyone().get("/api/openapi.json")
    assert (seen.status, seen.headers["content-type"]) == (200, "application/json")
    told = seen.json()
    assert told["paths"]["/coops/{coop_id}/bookings"]["post"]["operationId"] == "api.bookings.book_vehicle"
    assert "/problems" in told["info"]["description"]


def test_every_refusal_is_listed_with_its_status_and_its_sentence(village: Village) -> None:
    listed = {each["code"]: each for each in village.anyone().api("GET", "/problems").json()}
    assert list(listed) == sorted(listed)
    assert listed["vehicle-taken"]["status"] == 409
    assert listed["unknown"] == {
        "code": "unknown",
        "status": 404,
        "sentence": "This address leads nowhere: some of it may be missing, or what it showed is gone.",
    }


def test_what_is_refused_is_one_of_those_listed(village: Village) -> None:
    listed = {each["code"]: each["status"] for each in village.anyone().api("GET", "/problems").json()}
    for who, path in (("Nadia", f"/coops/{COOP}/invitations"), ("Olga", f"/coops/{COOP}"), ("Nadia", "/communes/0")):
        refused = village.as_(who).api("GET", path)
        assert listed[refused.code] == refused.status
