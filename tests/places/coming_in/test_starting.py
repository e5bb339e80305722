"""Starting a co-op, signed in or by a link, on pages and by programs."""

import pytest
from msgspec.structs import replace

from governance.coop import CHARTER_VERSION
from governance.queries import coops_of
from tests.kit.village import Village, person_id_of
from tests.places.coming_in.links import accepted, link_in


def test_a_commune_is_found_and_a_co_op_started_by_a_newcomer(village: Village) -> None:
    browser = village.anyone()
    assert "26113" in browser.get("/coops/new?q=die").html
    fields = {"commune": "26113", "pack": "light", "accent": "plum", "name": "La Roue", "founder_name": "Vera"}
    sent = browser.post("/coops", email="vera@example.org", **fields)
    assert (sent.status, 'href="/coops/new?commune=26113"' in sent.html) == (200, True)
    home = accepted(village, "Vera", browser, name="Vera")
    assert home.status == 200
    assert "La Roue" in home.text
    assert "The co-op is started." in home.text
    assert "Each km costs €0.30." in browser.get(f"{home.path}community").text


def test_who_is_signed_in_starts_at_once(village: Village) -> None:
    sacha = village.as_("Sacha")
    fields = {"commune": "26113", "pack": "light", "accent": "blue", "name": "La Roue"}
    unread = sacha.post("/coops", **fields)
    assert (unread.status, "Read the charter" in unread.text) == (422, True)
    seen = sacha.post("/coops", charter="yes", **fields)
    assert "The co-op is started." in seen.text
    assert [coop.name for coop in village.ask(coops_of, person_id_of("Sacha"))] == ["La Roue"]


@pytest.mark.parametrize(
    "wrong",
    [{"commune": "99999"}, {"accent": "pink"}, {"name": ""}, {"pack": "heavy!"}, {"name": "x" * 81}],
)
def test_what_is_missing_is_told(village: Village, wrong: dict[str, str]) -> None:
    fields = {"commune": "26113", "pack": "light", "accent": "blue", "name": "La Roue", "charter": "yes"}
    assert village.as_("Sacha").post("/coops", **fields | wrong).status == 422


def test_a_stranger_is_told_beside_each_field_what_is_missing(village: Village) -> None:
    fields = {"commune": "26113", "pack": "light", "accent": "blue", "name": "La Roue", "founder_name": "Vera"}
    seen = village.anyone().post("/coops", email="vera", **fields)
    assert (seen.status, "This is not a mail address: one looks like name@example.fr." in seen.text) == (422, True)
    assert "La Roue" in seen.html


def test_the_address_of_before_leads_here_with_what_it_asked(village: Village) -> None:
    seen = village.anyone().get("/start?commune=26113")
    assert (seen.path, "Die (Drôme)" in seen.text) == ("/coops/new?commune=26113", True)


def test_where_founding_is_closed_one_is_told_so_on_every_way(village: Village) -> None:
    fields = {"commune": "26113", "pack": "light", "accent": "plum", "name": "La Roue"}
    vera, sacha = village.anyone(), village.as_("Sacha")
    assert vera.post("/coops", email="vera@example.org", founder_name="Vera", **fields).status == 200
    village.site.settings = replace(village.site.settings, founding=False)
    told = [
        vera.get("/coops/new"),
        sacha.get("/coops/new?commune=26113"),
        sacha.post("/coops", **fields),
        vera.post("/coops", email="vera@example.org", founder_name="Vera", **fields),
        accepted(village, "Vera", vera),  # by the link of before
    ]
    for seen in told:
        assert (seen.status, "Ask a neighbour who shares vehicles here" in seen.text) == (403, True)
    body = {"name": "La Roue", "commune_code": "26113", "charter_version": CHARTER_VERSION}
    assert sacha.api("POST", "/coops", body).code == "founding-closed"
    assert "/coops/new" not in vera.get("/sign-in").html
    assert "La Roue" not in vera.get(link_in(village, "Vera")).text
    assert village.ask(coops_of, person_id_of("Sacha")) == ()


def test_a_commune_is_found_by_the_name_of_its_arrondissement_or_of_its_past(village: Village) -> None:
    paris = village.anyone().get("/coops/new?q=paris+11e")
    assert ("Paris 11e Arrondissement" in paris.text, 'href="/coops/new?commune=75056"' in paris.html) == (True, True)
    assert "Saillans" in village.anyone().get("/coops/new?q=v%C3%A9ronne+26").text


def test_more_communes_than_ten_are_a_page_further(village: Village) -> None:
    first = village.anyone().get("/coops/new?q=saint")
    more = "/coops/new?q=saint&after="
    assert (first.html.count('href="/coops/new?commune='), first.html.count(more.replace("&", "&amp;"))) == (10, 1)
    after = first.html.partition(more.replace("&", "&amp;"))[2].partition('"')[0]
    further = village.anyone().get(more + after)
    assert further.html.count('href="/coops/new?commune=') == 10
    assert f"commune={after}" in first.html
    assert f"commune={after}" not in further.html
