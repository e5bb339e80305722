"""A late cancelling counts and is shown, without a reproach: on the booking, on my trips, on her own page."""

from datetime import timedelta

from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def hours_before(village: Village, hours: float) -> str:
    """Let Nadia book the Zoé so many hours ahead; return the booking's page."""
    return f"{HERE}/bookings/{village.booked('Nadia', 'Zoé', village.now + timedelta(hours=hours))}"


def test_until_the_voted_hours_before_one_cancels_freely(village: Village) -> None:
    page, nadia = hours_before(village, 25), village.as_("Nadia")
    assert "You cancel freely until today 10 am." in nadia.get(page).text
    done = nadia.post(f"{page}/cancellation")
    assert "Nadia cancelled" in done.text
    assert "cancelled, after the time to cancel freely" not in done.text
    assert "late" not in nadia.get(f"{HERE}/bookings").text


def test_after_that_it_says_before_the_button_that_it_counts_as_late(village: Village) -> None:
    page, nadia = hours_before(village, 23), village.as_("Nadia")
    village.pass_time(minutes=11)  # until then what was just booked is taken back freely
    assert "It is counted as late: you and the référents see how often. Nothing is charged." in nadia.get(page).text
    done = nadia.post(f"{page}/cancellation")
    assert "Nadia cancelled, after the time to cancel freely" in done.text
    assert "You cancelled one booking late in the last twelve months." in nadia.get(f"{HERE}/bookings").text


def test_a_wish_is_always_taken_back_freely(village: Village) -> None:
    page = f"{HERE}/bookings/{village.booked('Nadia', 'Clio', village.now + timedelta(hours=2))}"
    assert "You cancel freely until" in village.as_("Nadia").get(page).text
    assert "after the time" not in village.as_("Nadia").post(f"{page}/cancellation").text


def test_her_page_tells_it_to_herself_and_the_referents_and_to_nobody_else(village: Village) -> None:
    page = hours_before(village, 23)
    village.pass_time(minutes=11)
    village.as_("Nadia").post(f"{page}/cancellation")
    member, said = f"{HERE}/members/{village.member('Nadia')}", "One booking was cancelled late"
    for who, told in (("Nadia", True), ("Claire", True), ("Paul", False)):
        assert (said in village.as_(who).get(member).text) is told
