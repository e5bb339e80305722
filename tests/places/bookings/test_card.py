"""The card of a booking: who hands the keys over and how she is reached, who has the vehicle before and after."""

from datetime import UTC, timedelta
from decimal import Decimal

from api.speech.called import dialled, mapped
from api.speech.words import Words
from fleet.events import Place
from people.person import change_person
from tests.kit.databases import on_both
from tests.kit.village import COOP, NOW, Village, person_id_of

HERE = f"/coops/{COOP}"


def with_phone(village: Village, name: str, phone: str) -> None:
    with village.site.writing() as connection:
        change_person(connection, person_id_of(name), phone=phone)


@on_both
def test_programs_are_told_who_hands_over_and_who_is_beside(village: Village) -> None:
    with_phone(village, "Jean", "06 12 34 56 78")
    start = village.now + timedelta(hours=30)
    village.booked("Paul", "Clio", start - timedelta(hours=2), hours=1)
    mine = village.booked("Nadia", "Clio", start)
    village.booked("Luc", "Clio", start + timedelta(hours=3), hours=1)
    assert village.as_("Jean").api("POST", f"{HERE}/bookings/{mine}/approval", {}).status == 201
    known = village.as_("Nadia").api("GET", f"{HERE}/bookings/{mine}/to-know").json()
    [jean] = known["hand_over"]
    assert (jean["name"], jean["phone"], jean["email"]) == ("Jean", "06 12 34 56 78", "jean@example.org")
    assert (known["before"]["name"], known["after"]["name"]) == ("Paul", "Luc")
    of_group = village.booked("Nadia", "Zoé", start)
    known = village.as_("Nadia").api("GET", f"{HERE}/bookings/{of_group}/to-know").json()
    assert [neighbour["name"] for neighbour in known["hand_over"]] == ["Claire"]  # its référent
    assert (known["before"], known["after"]) == (None, None)


def test_the_card_rings_and_writes_to_who_has_the_keys(village: Village) -> None:
    with_phone(village, "Jean", "+33 (0)6 12 34 56 78")
    start = village.now + timedelta(hours=30)
    mine = village.booked("Nadia", "Clio", start)
    asked = village.as_("Nadia").get(f"{HERE}/")
    assert "Jean hands you the keys" not in asked.text  # nothing is agreed yet
    village.as_("Jean").post(f"{HERE}/bookings/{mine}/approval")
    for page in (f"{HERE}/", f"{HERE}/bookings/{mine}"):
        seen = village.as_("Nadia").get(page)
        assert "Jean hands you the keys" in seen.text
        assert 'href="tel:+33612345678"' in seen.html
        assert 'href="mailto:jean@example.org"' in seen.html
        assert "Agree by then on where and when you get the keys." in seen.text
        assert "Nothing to do until then." not in seen.text
    assert 'href="geo:' in village.as_("Nadia").get(f"{HERE}/bookings/{mine}").html


def test_who_drives_her_own_vehicle_has_nothing_to_do(village: Village) -> None:
    village.booked("Jean", "Clio", village.now + timedelta(hours=30))
    assert "Nothing to do until then." in village.as_("Jean").get(f"{HERE}/").text


def test_a_number_is_dialled_without_the_nought_of_home() -> None:
    words = Words(lang="en", tz=UTC, now=NOW)
    assert dialled(words, "06 12.34-56 78") == "tel:0612345678"
    assert dialled(words, "+33 (0)6 12 34 56 78") == "tel:+33612345678"


def test_a_phone_opens_its_map_where_a_place_is_or_by_what_it_is_called() -> None:
    """By a geo URI (RFC 5870), which asks no third party."""
    exact = Place("Place, Die", latitude=Decimal("44.75314"), longitude=Decimal("5.37088"))
    assert mapped(exact) == "geo:44.75314,5.37088?q=44.75314,5.37088"
    assert mapped(Place("Rue du Viaduc")) == "geo:0,0?q=Rue%20du%20Viaduc"
