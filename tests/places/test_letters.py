"""Letters: who is told what, once, in her own language, with a link that leads there."""

import re
from datetime import timedelta

import pytest
from jinja2.meta import find_undeclared_variables

from api.speech.letters import LetterView, letters
from booking.application import Bookings
from booking.commands import RefuseBooking
from governance.counting import Choice
from kernel.log.heads import Head, SignedHead, Signer, head_of
from ledger.settlement.commands import IssuePlan
from people.person import change_person
from sending.outbox import KeptLetter
from tests.kit.erasing import erased
from tests.kit.money import ledger_in
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"


def link_of(letter: KeptLetter) -> str:
    """Return the last link of a letter: those before it act."""
    links: list[str] = re.findall(r"^http://localhost:8000(/\S+)$", letter.body, re.MULTILINE)
    return links[-1]


def reads_french(village: Village, name: str) -> None:
    with village.site.writing() as connection:
        change_person(connection, person_id_of(name), language="fr")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


TOMORROW_AT_18 = timedelta(days=1, hours=9)  # it is 9 in Die


def test_the_owner_is_asked_with_a_link_to_say_yes(village: Village) -> None:
    booking_id = village.booked("Nadia", "Clio", village.now + TOMORROW_AT_18)
    (letter,) = village.letters_to("Jean")
    assert plain(letter.subject) == "Nadia would like Clio, tomorrow 6–8 pm"
    assert "Your answer is due before today 9 pm." in plain(letter.body)
    assert link_of(letter) == f"{HERE}/bookings/{booking_id}"
    assert village.as_("Jean").get(link_of(letter)).status == 200


def test_a_booking_that_needs_nobody_writes_to_nobody(village: Village) -> None:
    village.booked("Nadia", "Kangoo")
    assert village.letters() == []


def test_the_driver_is_told_yes(village: Village) -> None:
    village.approved("Jean", village.booked("Nadia", "Clio", village.now + TOMORROW_AT_18))
    (letter,) = village.letters_to("Nadia")
    assert plain(letter.subject) == "It is yes: Clio, tomorrow 6–8 pm"


def test_the_driver_is_told_no(village: Village) -> None:
    booking_id = village.booked("Nadia", "Clio", village.now + TOMORROW_AT_18)
    command = RefuseBooking(coop_id=COOP, booking_id=booking_id, reason="I need it.")
    Bookings(village.site.history).refuse_booking(command, village.asked("Jean"))
    village.settle()
    (letter,) = village.letters_to("Nadia")
    assert plain(letter.subject) == "Not possible: Clio, tomorrow 6–8 pm"
    assert "“I need it.”" in letter.body


def test_the_driver_is_told_that_nobody_answered(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(days=3))
    village.pass_time(hours=13)
    (letter,) = village.letters_to("Nadia")
    assert letter.subject.startswith("No answer in time: Clio")


def test_everyone_who_may_vote_is_called_and_told_the_result(village: Village) -> None:
    seen = village.as_("Amina").post(
        f"{HERE}/proposals", parameter="price_per_km", value="0,34", effective_from="2026-12-01", rationale="Fuel."
    )
    called = village.letters()
    assert len(called) == 6
    (letter,) = village.letters_to("Nadia")
    assert letter.subject == "Les Voisins du Diois: a vote is open"
    assert "Amina proposes: Each km costs €0.34." in plain(letter.body)
    assert "Vote, until Monday 9 November 9 am:" in plain(letter.body)
    assert "Fuel." not in letter.body
    assert link_of(letter) == seen.path
    for name in ("Nadia", "Paul"):
        village.as_(name).post(f"{link_of(letter)}/ballots", choice=Choice.YES.value)
    village.pass_time(days=7)
    assert len(village.letters()) == 12
    assert village.letters_to("Nadia")[0].subject == "Les Voisins du Diois: the proposal passes"


def test_those_who_pay_or_receive_are_told(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    command = IssuePlan(coop_id=COOP, as_of=village.now.date())
    ledger_in(village).issue_plan(command, village.asked("Claire"))
    village.settle()
    letters = {letter.address: letter for letter in village.letters() if "who owes what" in letter.subject}
    assert set(letters) == {"nadia@example.org", "jean@example.org"}
    assert village.as_("Nadia").get(link_of(letters["nadia@example.org"])).status == 200


def kept_line(letter: KeptLetter) -> SignedHead:
    """Return the line to be kept that a letter ends with; each of its lines is read, none but one fits."""
    (line,) = re.findall(r"^[0-9a-f]{32}:[0-9]+:[0-9a-f]{64}:[0-9a-f]{128}$", letter.body, re.MULTILINE)
    return SignedHead.read(line)


def test_letters_about_money_and_votes_carry_the_head_of_the_moment_they_leave_and_its_key(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    ledger_in(village).issue_plan(IssuePlan(coop_id=COOP, as_of=village.now.date()), village.asked("Claire"))
    village.as_("Amina").post(
        f"{HERE}/proposals", parameter="price_per_km", value="0,34", effective_from="2026-12-01", rationale="Fuel."
    )
    village.settle()
    here: Head = village.ask(head_of, COOP)
    signer = Signer(village.site.keyring)
    plan, vote = (
        next(letter for letter in village.letters_to("Nadia") if about in letter.subject)
        for about in ("who owes what", "a vote is open")
    )
    for letter in (plan, vote):
        signed = kept_line(letter)
        assert (signed.head, signer.has_signed(signed)) == (here, True)
        assert f"The key that checks it: {signer.public_key}" in letter.body
        assert f"How to check: http://localhost:8000{HERE}/proof" in letter.body
    village.pass_time(days=7)
    closed = next(letter for letter in village.letters_to("Nadia") if "the proposal" in letter.subject)
    assert kept_line(closed).head.position > here.position


def test_other_letters_carry_none(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + TOMORROW_AT_18)
    (letter,) = village.letters_to("Jean")
    assert "keep this letter" not in letter.body


def test_letters_speak_the_language_of_their_reader(village: Village) -> None:
    for name in ("Jean", "Nadia"):
        reads_french(village, name)
    booking_id = village.booked("Nadia", "Clio", village.now + TOMORROW_AT_18)
    (asked,) = village.letters_to("Jean")
    assert "demain 18 h – 20 h" in plain(asked.subject)
    assert "would like" not in asked.subject + asked.body
    village.approved("Jean", booking_id)
    letter = village.letters_to("Nadia")[0]
    assert "Hello" not in letter.body
    assert plain(letter.body).startswith("Bonjour Nadia,")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_invitation_is_in_the_language_of_who_invites(village: Village, lang: str) -> None:
    claire = village.as_("Claire")
    claire.cookies["lang"] = lang
    claire.post(f"{HERE}/mailed-invitations", email="vera@example.org")
    (letter,) = village.letters_to("Vera")
    assert letter.subject.startswith("Claire") is True
    assert ("invites you" in letter.subject) is (lang == "en")


def test_a_letter_is_written_once_however_often_it_is_followed(village: Village) -> None:
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    village.settle()
    village.letters()
    village.settle()
    assert len(village.letters_to("Jean")) == 1


def test_who_was_erased_meanwhile_gets_none(village: Village) -> None:
    village.as_("Amina").post(
        f"{HERE}/proposals", parameter="price_per_km", value="0,34", effective_from="2026-12-01", rationale="Fuel."
    )
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    assert village.letters_to("Nadia") == []
    assert len(village.letters()) == 5


def test_who_was_erased_meanwhile_is_named_by_none(village: Village) -> None:
    village.booked("Nadia", "Clio")
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    given_back, asked = village.letters_to("Jean")
    assert asked.subject.startswith("A former member would like Clio")
    assert given_back.subject.startswith("A former member gives back Clio")
    assert "Nadia" not in asked.body + given_back.body


@pytest.mark.parametrize("template", letters.list_templates())
def test_a_letter_names_only_what_its_view_has(template: str) -> None:
    assert letters.loader is not None
    source, _, _ = letters.loader.get_source(letters, template)
    assert find_undeclared_variables(letters.parse(source)) <= {"_", *LetterView.__struct_fields__}
