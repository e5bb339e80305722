"""What one does about oneself, programs do too, by the same doors."""

from people.person import person
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import bearer
from tests.processes.acts import come_back

HERE = f"/coops/{COOP}"


def page_of(village: Village, name: str) -> str:
    return f"{HERE}/members/{village.member(name)}/departure"


def test_a_profile_is_changed_whole(village: Village) -> None:
    program = village.as_("Nadia")
    body = {"name": "Nadia B.", "language": "fr", "latitude": "44.7531", "longitude": "5.3708"}
    changed = program.api("PUT", "/me", body).json()
    assert (changed["name"], changed["latitude"], changed["phone"]) == ("Nadia B.", "44.75310", None)
    refused = program.api("PUT", "/me", body | {"iban": "FR76"})
    assert refused.status == 422
    assert "iban" in refused.json()["fields"]


def test_a_name_is_kept_as_everybody_else_would_write_it_and_one_nobody_sees_is_refused(village: Village) -> None:
    program = village.as_("Nadia")
    for sent, kept in (("Zoe\u0308", "Zoë"), ("\u2068Zoé\u2069", "Zoé"), ("\u202eéoZ", "éoZ")):
        assert program.api("PUT", "/me", {"name": sent, "language": "fr"}).json()["name"] == kept
    for unseen in ("\u200b", "\u3164", "\u2800", "\u00ad", "\u200d\u200d", "e" + "\u0301" * 75, "!?"):
        assert program.api("PUT", "/me", {"name": unseen, "language": "fr"}).status in (400, 422)
    assert "éoZ" in program.get(f"{HERE}/members").text


def test_another_device_is_signed_out(village: Village) -> None:
    first, second = bearer(village, "Nadia"), bearer(village, "Nadia")
    devices = second.api("GET", "/me").json()["devices"]
    other = next(device["session_id"] for device in devices if not device["current"])
    claire = bearer(village, "Claire")
    assert claire.api("DELETE", f"/sessions/{other}").status == 200  # as of any that there is not
    assert first.api("GET", "/me").status == 200
    assert second.api("DELETE", f"/sessions/{other}").status == 200
    assert first.api("GET", "/me").status == 401


def test_a_program_leaves_and_asks_to_be_erased_in_one_breath(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert nadia.api("POST", page_of(village, "Nadia"), {"erase": True}).status == 201
    assert nadia.api("GET", f"{HERE}/open-account").json()["erasure_due"] == "2026-12-02T08:00:00Z"
    assert nadia.api("GET", "/me").status == 200
    village.pass_time(days=23)
    village.pass_time(days=7)
    assert nadia.api("GET", "/me").status == 401
    assert village.ask(person, person_id_of("Nadia")) is None


def test_who_changed_her_mind_is_not_erased_and_only_she_may(village: Village) -> None:
    nadia, kept = village.as_("Nadia"), f"{HERE}/members/{village.member('Nadia')}/erasure/end"
    assert nadia.api("POST", kept, {}).code == "not-yours"  # a member has nothing to take back
    nadia.api("POST", page_of(village, "Nadia"), {"erase": True})
    for name in ("Claire", "Paul", "Olga"):
        assert village.as_(name).api("POST", kept, {}).code in ("not-yours", "not-a-member")
    assert nadia.api("POST", kept, {}).status == 201
    assert nadia.api("GET", f"{HERE}/open-account").json()["erasure_due"] is None
    village.pass_time(days=40)
    assert village.ask(person, person_id_of("Nadia")).name == "Nadia"


def test_who_came_back_is_not_erased_on_her_day(village: Village) -> None:
    village.as_("Nadia").api("POST", page_of(village, "Nadia"), {"erase": True})
    come_back(village, "Nadia")
    village.settle()
    village.pass_time(days=60)
    assert village.as_("Nadia").api("GET", f"{HERE}/balance").status == 200


def test_one_leaves_and_is_erased(village: Village) -> None:
    nadia, member = village.as_("Nadia"), f"{HERE}/members/{village.member('Nadia')}"
    assert nadia.api("POST", f"{member}/erasure", {}).code == "still-a-member"
    assert village.as_("Paul").api("POST", f"{member}/departure", {}).code == "not-yours"
    assert nadia.api("POST", f"{member}/departure", {}).status == 201
    assert village.as_("Olga").api("POST", f"{member}/erasure", {}).code == "not-yours"
    assert nadia.api("POST", f"{member}/erasure", {}).status == 201
    village.pass_time(days=23)
    village.pass_time(days=7)
    assert nadia.api("GET", "/me").status == 401
    assert village.ask(person, person_id_of("Nadia")) is None


def test_what_stands_in_the_way_of_leaving_has_its_code(village: Village) -> None:
    jean, claire = village.member("Jean"), village.member("Claire")
    assert village.as_("Jean").api("POST", f"{HERE}/members/{jean}/departure", {}).code == "still-lends"
    assert village.as_("Claire").api("POST", f"{HERE}/members/{claire}/departure", {}).code == "last-referent"
