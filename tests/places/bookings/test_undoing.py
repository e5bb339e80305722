"""What one did a moment ago says until when it is undone: once it is done, and on its page."""

from datetime import timedelta

from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}/bookings"


def test_what_was_done_is_undone_by_one_press_which_says_until_when(village: Village) -> None:
    nadia = village.as_("Nadia")
    page = f"{HERE}/{village.booked('Nadia', 'Zoé', village.now + timedelta(hours=3))}"
    done = nadia.post(f"{page}/cancellation")
    assert f'action="{page}/cancellation/undo"' in done.html
    assert "Undo (until 9:10 am)" in done.text
    village.pass_time(minutes=9)
    later = nadia.get(page)
    assert (f'action="{page}/cancellation/undo"' in later.html, "Undo (until 9:10 am)" in later.text) == (True, True)
    undone = nadia.post(f"{page}/cancellation/undo")
    assert "Undone: the hours are yours again." in undone.text
    assert "Nadia took the cancellation back" in undone.text
    assert "Undo (until" not in undone.text


def test_nobody_else_and_nobody_later_is_offered_it(village: Village) -> None:
    page = f"{HERE}/{village.booked('Nadia', 'Clio', village.now + timedelta(days=1))}"
    village.as_("Jean").post(f"{page}/approval")
    assert "Undo (until 9:10 am)" in village.as_("Jean").get(page).text
    assert "Undo" not in village.as_("Nadia").get(page).text
    village.pass_time(minutes=10)
    assert "Undo" not in village.as_("Jean").get(page).text


def test_too_late_it_says_so_on_the_page(village: Village) -> None:
    nadia = village.as_("Nadia")
    page = f"{HERE}/{village.booked('Nadia', 'Zoé', village.now + timedelta(hours=3))}"
    nadia.post(f"{page}/cancellation")
    village.pass_time(minutes=10)
    refused = nadia.post(f"{page}/cancellation/undo")
    assert (refused.status, "This could be undone until today 9:10 am." in refused.text) == (409, True)


def test_a_second_letter_tells_who_was_told(village: Village) -> None:
    page = f"{HERE}/{village.booked('Nadia', 'Clio', village.now + timedelta(days=1))}"
    village.as_("Jean").post(f"{page}/approval")
    village.as_("Jean").post(f"{page}/approval/undo")
    subjects = [letter.subject for letter in village.letters_to("Nadia")]
    assert [subject.rpartition(":")[2].strip() for subject in subjects[:1]] == ["the answer was taken back"]
    village.as_("Nadia").post(f"{page}/cancellation")
    village.as_("Nadia").post(f"{page}/cancellation/undo")
    kept, given, *_ = (letter.subject for letter in village.letters_to("Jean"))
    assert given.startswith("Nadia gives back Clio")
    assert kept.startswith("Nadia keeps Clio after all")


def test_keys_that_were_not_passed_on_after_all_are_told(village: Village) -> None:
    pauls = village.booked("Paul", "Zoé", hours=0.5)
    nadias = village.booked("Nadia", "Zoé", village.now + timedelta(minutes=30), hours=1)
    village.taken("Paul", pauls, 10_000)
    village.pass_time(minutes=25)
    given = {"odometer_km": 10_050, "level_percent": 75, "seen": "nothing_new", "given_by": village.member("Paul")}
    done = village.as_("Nadia").post(f"{HERE}/{nadias}/keys", **given)
    assert f'action="{HERE}/{nadias}/keys/undo"' in done.html
    village.as_("Nadia").post(f"{HERE}/{nadias}/keys/undo")
    assert village.letters_to("Paul")[0].subject == "Zoé: your trip goes on"
    assert "Nadia took the return back: the trip goes on" in village.as_("Paul").get(f"{HERE}/{pauls}").text
