"""Leaving: what stands in the way, what is given back, what is erased and what stays."""

from datetime import timedelta

from booking.queries import booking
from governance.events import InvitationKind
from governance.queries import member
from kernel.log.verify import verify
from ledger.entries.queries import balance, books_total
from people.person import person
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def page_of(village: Village, name: str) -> str:
    return f"{HERE}/members/{village.member(name)}/departure"


def test_it_says_the_balance_in_words_and_what_will_happen(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").get(page_of(village, "Nadia"))
    assert "You owe €25.00" in seen.text
    assert "Your bookings to come are cancelled." in seen.text
    said = "who drove, with name, mail and phone, stays sealed until 15 months after each trip, for a fine alone."
    assert said in seen.text


def test_she_leaves_and_her_hours_are_free_again(village: Village) -> None:
    booking_id = village.booked("Nadia", "Kangoo", village.now + timedelta(days=2))
    seen = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes")
    assert seen.path == f"{HERE}/open-account"
    assert "You have left the co-op." in seen.text
    assert village.ask(booking, village.site.keyring, COOP, booking_id).status == "cancelled"
    assert village.as_("Nadia").get(f"/coops/{COOP}/").status == 403
    assert village.ask(person, person_id_of("Nadia")).name == "Nadia"


def test_leaving_ends_with_her_last_balance_and_her_lines_to_keep(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes")
    for said in ("You have left Les Voisins du Diois", "You owe €25.00", "Your lines, to keep", "−€25.00"):
        assert said in seen.text
    assert "data-print" in seen.html
    assert "25.00" in village.as_("Nadia").get(f"{HERE}/lines").html
    assert village.as_("Nadia").get("/").path == f"{HERE}/open-account"  # while something is open


def test_she_is_erased_thirty_days_after_she_asked_and_the_books_stay(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes", erase="yes")
    assert "Your data are erased in thirty days: you may still keep them." in seen.text
    assert "Your data are erased on 2 December 2026" in seen.text
    village.pass_time(days=23)
    assert village.ask(person, person_id_of("Nadia")) is not None
    village.pass_time(days=7)
    assert village.as_("Nadia").get(f"{HERE}/open-account").status == 401
    assert village.ask(person, person_id_of("Nadia")) is None
    row = village.ask(member, COOP, village.member("Nadia"), village.now)
    assert (row.name, row.is_member) == (None, False)
    assert village.ask(balance, COOP, village.member("Nadia")) == -2500
    assert village.ask(books_total, COOP) == 0
    assert verify(village.site.engine).faults == ()
    assert "Nadia" not in village.as_("Claire").get(f"/coops/{COOP}/community").text


def test_until_then_she_signs_in_and_changes_her_mind(village: Village) -> None:
    nadia = village.as_("Nadia")
    nadia.post(page_of(village, "Nadia"), understood="yes", erase="yes")
    village.pass_time(days=29)
    assert nadia.get("/").path == f"{HERE}/open-account"  # though nothing else is open
    seen = nadia.post(f"{HERE}/members/{village.member('Nadia')}/erasure/end")
    assert "Nothing is erased: your data stay. To come back to the co-op, ask a neighbour" in seen.text
    assert "Your data are erased on" not in seen.text
    village.pass_time(days=60)
    assert village.ask(person, person_id_of("Nadia")).name == "Nadia"


def test_she_may_ask_for_it_later_too(village: Village) -> None:
    nadia, erasure = village.as_("Nadia"), f"{HERE}/members/{village.member('Nadia')}/erasure"
    nadia.post(page_of(village, "Nadia"), understood="yes")
    assert "It is noted. Your data are erased in thirty days" in nadia.post(erasure).text
    village.pass_time(days=23)
    village.pass_time(days=7)
    assert village.ask(person, person_id_of("Nadia")) is None


def test_she_is_told_at_once_and_a_week_before(village: Village) -> None:
    village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes", erase="yes")
    (at_once,) = village.letters_to("Nadia")
    assert plain(at_once.subject) == "Les Voisins du Diois: your data are erased on 2 December 2026"
    assert f"http://localhost:8000{HERE}/open-account" in at_once.body
    village.pass_time(days=22)
    assert len(village.letters_to("Nadia")) == 1
    village.pass_time(days=1)
    near, _ = village.letters_to("Nadia")
    assert "is erased on 2 December 2026, for good" in plain(near.body)


def test_a_host_that_slept_erases_nobody_without_a_week_s_notice(village: Village) -> None:
    village.as_("Nadia").post(page_of(village, "Nadia"), understood="yes", erase="yes")
    village.pass_time(days=90)
    assert village.ask(person, person_id_of("Nadia")) is not None
    near, _ = village.letters_to("Nadia")
    assert "your data are erased on 7 February 2027" in plain(near.subject)
    village.pass_time(days=7)
    assert village.ask(person, person_id_of("Nadia")) is None


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
    invited = village.invitation(InvitationKind.POSTER)
    seen = village.as_("Nadia").post(f"/invitations/{invited}/acceptance", charter="yes")
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
