"""Leaving: what stands in the way, what is given back, what is erased and what stays."""

from datetime import timedelta

from booking.queries import booking
from governance.queries import member
from kernel.log.verify import verify
from ledger.entries.queries import balance, books_total
from people.person import person
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"


def page_of(village: Village, name: str) -> str:
    return f"{HERE}/members/{village.member(name)}/departure"


def test_it_says_the_balance_in_words_and_what_will_happen(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").get(page_of(village, "Nadia"))
    assert "You owe €25.00" in seen.text
    assert "Your bookings to come are cancelled." in seen.text


def test_she_leaves_and_her_hours_are_free_again(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo", village.now + timedelta(days=2))
    seen = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes")
    assert seen.path == "/coops/new"
    assert "You have left the co-op." in seen.text
    assert village.ask(booking, village.site.keyring, COOP, booking_id).status == "cancelled"
    assert village.as_("Nadia").get(f"/coops/{COOP}/").status == 403
    assert village.ask(person, person_id_of("Nadia")).name == "Nadia"


def test_she_is_erased_when_she_asks_and_the_books_stay(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes", erase="yes")
    assert "You have left the co-op; your data are erased." in seen.text
    assert "session" not in village.as_("Nadia").cookies
    assert village.ask(person, person_id_of("Nadia")) is None
    row = village.ask(member, COOP, village.member("Nadia"), village.now)
    assert (row.name, row.is_member) == (None, False)
    assert village.ask(balance, COOP, village.member("Nadia")) == -2500
    assert village.ask(books_total, COOP) == 0
    assert verify(village.site.engine).faults == ()
    assert "Nadia" not in village.as_("Claire").get(f"/coops/{COOP}/community").text


def test_it_must_be_understood(village: Village) -> None:
    seen = village.as_("Nadia").post(page_of(village, "Nadia"))
    assert seen.status == 422
    assert village.as_("Nadia").get(page_of(village, "Nadia")).status == 200


def test_a_trip_under_way_comes_first(village: Village) -> None:
    booking_id = village.booked("Nadia", "Zoé")
    village.taken("Nadia", booking_id, 10_000)
    assert "A trip is under way: return the vehicle first." in village.as_("Nadia").get(page_of(village, "Nadia")).text
    refused = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes")
    assert refused.status == 409
    assert "A trip is under way" in refused.text


def test_an_owner_takes_her_vehicle_out_of_service_first(village: Village) -> None:
    assert "Clio would be left without its owner" in village.as_("Jean").get(page_of(village, "Jean")).text
    assert village.as_("Jean").post(page_of(village, "Jean"), understood="yes").status == 409


def test_the_last_referent_finds_another_first(village: Village) -> None:
    seen = village.as_("Claire").post(page_of(village, "Claire"), understood="yes")
    assert seen.status == 409
    assert "The co-op would be left without a référent." in seen.text


def test_who_comes_back_has_her_account_again(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes")
    claire = village.as_("Claire")
    claire.post(f"/coops/{COOP}/invitations", kind="poster", days_valid="365")
    address = claire.get(f"/coops/{COOP}/poster").html.split("localhost:8000/invitations/")[1][:36]
    seen = village.as_("Nadia").post(f"/invitations/{address}/acceptance", charter="yes")
    assert seen.path == f"/coops/{COOP}/"
    assert "You owe €25.00" in village.as_("Nadia").get(page_of(village, "Nadia")).text
    assert "Nadia came back." in claire.get(f"/coops/{COOP}/community").text


def test_nobody_opens_the_way_out_of_another(village: Village) -> None:
    assert village.as_("Claire").get(page_of(village, "Nadia")).status == 403
    assert village.as_("Paul").post(page_of(village, "Nadia"), understood="yes").status == 403


def test_the_address_of_before_leads_each_to_her_own_way_out(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{HERE}/leave")
    assert (seen.status, seen.path) == (200, page_of(village, "Nadia"))
    assert village.anyone().get(f"{HERE}/leave").status == 401
