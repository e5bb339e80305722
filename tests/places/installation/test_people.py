"""The demo's doors: everyone is shown, anyone steps in as anyone; on a real installation there is no door."""

from uuid import uuid4

import pytest
from msgspec.structs import replace

from tests.front.visitor import Visitor
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of


def test_everyone_is_shown_folded_by_co_op_with_her_roles(village: Village) -> None:
    seen = village.anyone().get("/people")
    assert seen.status == 200
    for name in ("Claire", "Nadia", "Olga", "Les Voisins du Diois", "Ailleurs"):
        assert name in seen.text
    assert "Claire, référent and treasurer" in seen.text
    assert (seen.html.count("<details>"), "<details open" in seen.html) == (2, False)
    assert f'action="/people/{person_id_of("Nadia")}"' in seen.html
    assert "Sacha" not in seen.text  # she is in no co-op


def test_names_stand_in_the_order_people_look_them_up(village: Village) -> None:
    village.join("Élise")
    text = village.anyone().get("/people").text.partition("Les Voisins du Diois · ")[2]
    order = [text.index(f"{name}, member") for name in ("Amina", "Élise", "Jean", "Nadia", "Paul")]
    assert order == sorted(order)


def test_a_door_is_there_when_there_is_something_to_do_behind_it(village: Village) -> None:
    html = village.anyone().get("/people").html
    assert ("Invite a neighbour" in html, "Find a vehicle" in html, "Answer a request" in html) == (True, True, False)
    assert village.anyone().get("/people").html.index('href="/mailbox"') < html.index("<details>")


def test_one_steps_in_as_someone_of_the_demo(village: Village) -> None:
    browser = village.anyone()
    seen = browser.post(f"/people/{person_id_of('Nadia')}")
    assert (seen.path, seen.status) == (f"/coops/{COOP}/", 200)
    assert browser.api("GET", "/me").json()["name"] == "Nadia"
    assert browser.post(f"/people/{person_id_of('Olga')}").path == f"/coops/{ELSEWHERE}/"
    assert browser.api("GET", "/me").json()["name"] == "Olga"


def test_a_door_leads_to_a_page_of_this_site_alone(village: Village) -> None:
    browser, claire = village.anyone(), f"/people/{person_id_of('Claire')}"
    assert browser.post(claire, to=f"/coops/{COOP}/invitations").path == f"/coops/{COOP}/invitations"
    assert browser.post(claire, to="//partage.example.fr/").path == f"/coops/{COOP}/"


def test_who_is_in_no_co_op_lands_where_one_is_started(village: Village) -> None:
    assert village.anyone().post(f"/people/{person_id_of('Sacha')}").path == "/coops/new"


def test_nobody_steps_in_as_someone_who_is_not_there(village: Village) -> None:
    browser = village.anyone()
    assert browser.post(f"/people/{uuid4()}").status == 404
    assert "session" not in browser.cookies


@pytest.mark.parametrize(
    "header",
    [
        {"host": "partage.example.fr"},
        {"host": "localhost.example.fr"},
        {"x-forwarded-for": "192.0.2.7"},
        {"forwarded": "for=192.0.2.7"},
        {"via": "1.1 proxy"},
    ],
)
def test_nobody_comes_in_from_elsewhere(village: Village, header: dict[str, str]) -> None:
    nobody = Visitor(village.client)
    assert nobody.get("/people", **header).status_code == 404
    assert nobody.get("/mailbox", **header).status_code == 404
    assert "/people" not in nobody.get("/sign-in", **header).raise_for_status().text
    assert [nobody.get(path).status_code for path in ("/people", "/mailbox")] == [200, 200]


def test_a_real_installation_has_no_such_doors(village: Village) -> None:
    village.site.settings = replace(village.site.settings, demo=False)
    browser = village.anyone()
    assert browser.get("/people").status == 404
    assert browser.post(f"/people/{person_id_of('Nadia')}").status == 404
    assert "session" not in browser.cookies
    assert "/people" not in browser.get("/sign-in").html
