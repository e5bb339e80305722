"""What the thumb did too soon is undone; what a letter asks is answered from it by one tap, without signing in."""

import re
from datetime import timedelta
from typing import Any

from tests.journeys.chromium import by_size
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone
from tests.places.bookings.twingo import at

DAY = timedelta(days=1)


@by_size(["days"], phone=["8"], desk=["9"])
def test_a_slip_of_the_thumb_is_undone(busy: Lived, size: dict[str, Any], days: str) -> None:
    village, nadia = busy.village, busy.phone("Nadia", **size)
    booking_id = village.booked("Nadia", "Zoé", village.now + int(days) * DAY)
    nadia.open(at(booking_id))
    nadia.tap("Annuler cette réservation")
    nadia.tap("Annuler cette réservation", nadia.main.locator("details[open] form"))
    nadia.reads("Annulé", "Annuler (jusqu’à")
    nadia.tap("Annuler (jusqu’à")
    nadia.reads("Annulé : ces heures sont de nouveau à vous.", "Confirmé")
    assert nadia.taps == 3
    busy.site.wind(village.now + timedelta(minutes=10))
    nadia.open(at(booking_id))
    nadia.does_not_read("Annuler (jusqu’à")


@by_size(["days"], phone=["10"], desk=["11"])
def test_a_letter_is_answered_in_one_tap_by_who_is_not_signed_in(busy: Lived, size: dict[str, Any], days: str) -> None:
    village = busy.village
    booking_id = village.booked("Nadia", "Clio", village.now + int(days) * DAY)
    body = next(letter.body for letter in village.letters_to("Jean") if str(booking_id) in letter.body)
    yes, no = re.findall(rf"({HERE}/mailed/\S+)", body)
    page = busy.device(None, **size, bypass_csp=True, service_workers="block").new_page()
    jean = Phone(page, "Jean", touch=size["has_touch"])
    for link in (no, yes, yes):
        jean.open(link)
    jean.reads("Dire oui ?", "Nadia voudrait Clio", "Au nom de Jean, à qui le mail a été écrit.")
    jean.tap("Dire oui")
    jean.reads("Vous avez dit oui.", "Confirmé", "Il n’y a plus rien à répondre ici.")
    assert jean.taps == 1
    jean.open(no)
    jean.reads("Il n’y a plus rien à répondre ici.")
    nadia = busy.phone("Nadia", **size)
    nadia.open(at(booking_id))
    nadia.reads("Confirmé")
