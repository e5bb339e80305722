"""Neighbours are told once what concerns them, and nobody else is."""

from datetime import timedelta

from booking.application import Bookings
from booking.commands import RefuseBooking
from governance import commands as g
from governance.application import Governance
from ledger.settlement.commands import IssuePlan
from people.person import person
from tests.kit.erasing import erased
from tests.kit.money import ledger_in
from tests.kit.village import COOP, MEMBERS, Village, person_id_of
from tests.processes.acts import propose


def letters(village: Village) -> list[tuple[str, str]]:
    """Return who was written what since the village was founded, in the order of names."""
    return sorted((kept.address.split("@")[0].capitalize(), kept.subject) for kept in village.letters())


def subjects(village: Village, name: str) -> list[str]:
    return [subject for who, subject in letters(village) if who == name]


def test_an_owner_is_asked_and_the_driver_told_yes(village: Village) -> None:
    village.letters()
    asked = village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    [question] = subjects(village, "Jean")
    assert "Nadia" in question
    village.approved("Jean", asked)
    village.settle()
    assert len(subjects(village, "Nadia")) == 1
    assert len(letters(village)) == 2


def test_the_driver_is_told_no_and_told_of_silence(village: Village) -> None:
    tomorrow = village.now + timedelta(days=1)
    refused = village.booked("Nadia", "Clio", tomorrow)
    refuse = RefuseBooking(coop_id=COOP, booking_id=refused, reason="My sister comes.")
    Bookings(village.site.history).refuse_booking(refuse, village.asked("Jean"))
    village.booked("Luc", "Clio", tomorrow)
    village.pass_time(hours=12)
    [no] = village.letters_to("Nadia")
    [silence] = village.letters_to("Luc")
    assert no.subject != silence.subject
    assert "“My sister comes.”" in no.body


def test_what_needs_nobody_tells_nobody(village: Village) -> None:
    village.booked("Nadia", "Zoé")
    village.booked("Jean", "Clio")
    assert letters(village) == []


def test_everyone_is_called_to_vote_and_told_the_result_once(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    assert [who for who, _ in letters(village)] == sorted(MEMBERS)
    village.pass_time(days=8)
    village.pass_time(days=1)
    for name in MEMBERS:
        assert len(subjects(village, name)) == 2


def test_those_who_pay_or_receive_are_told_of_a_plan(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    command = IssuePlan(coop_id=COOP, as_of=village.now.date())
    ledger_in(village).issue_plan(command, village.asked("Claire"))
    village.settle()
    about_plan = [
        who for who, subject in letters(village) if subject in {kept.subject for kept in village.letters()[:2]}
    ]
    assert sorted(about_plan) == ["Jean", "Nadia"]


def test_a_letter_is_sent_once_however_often_the_post_leaves(village: Village) -> None:
    village.booked("Nadia", "Clio")
    first = letters(village)
    village.settle()
    assert letters(village) == first
    assert len(first) == 1


def test_who_was_erased_meanwhile_gets_none(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    village.letters()
    governance = Governance(village.site.history)
    governance.leave_coop(g.LeaveCoop(coop_id=COOP, member_id=village.member("Nadia")), village.asked("Nadia"))
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    village.pass_time(days=8)
    assert village.ask(person, person_id_of("Nadia")) is None
    assert subjects(village, "Nadia") == []  # those that she had went with her
    assert len(subjects(village, "Luc")) == 2


def test_a_letter_that_waits_for_someone_erased_never_leaves(village: Village) -> None:
    propose(village, "price_per_km", "0.34")
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    assert subjects(village, "Nadia") == []
    assert len(subjects(village, "Luc")) == 1
