"""Letters that could not leave: a référent sees to whom, about what and why, and has them sent again."""

from datetime import timedelta

import pytest

from people.person import change_person
from sending.mail import AddressRefusedError, Mail, MailServerAwayError
from sending.outbox import RETRY_AFTER
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"
LETTERS = f"{HERE}/unsent-letters"


@pytest.fixture
def stuck(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village, where the mail server does not take the letter that asks Jean for his Clio."""

    def refuse(_: Mail) -> None:
        raise AddressRefusedError("550 no such mailbox")

    village.booked("Nadia", "Clio", village.now + timedelta(days=1, hours=9))
    with monkeypatch.context() as broken:
        broken.setattr(village.site.postman, "send", refuse)
        village.letters()
    return village


def test_it_shows_to_whom_about_what_and_why(stuck: Village) -> None:
    claire = stuck.as_("Claire")
    community = claire.get(f"{HERE}/community").text
    assert community.index("1 letter could not leave") < community.index("To decide")
    seen = claire.get(LETTERS)
    assert "Nadia would like Clio" in seen.text
    assert "jean@example.org" in seen.text
    assert "does not take letters for this address" in seen.text
    assert "It is tried again by itself:" in seen.text


def test_it_shows_nothing_of_what_the_letter_holds(stuck: Village) -> None:
    seen = stuck.as_("Claire").get(LETTERS)
    assert "Say yes or no here" not in seen.text
    assert f"{HERE}/bookings/" not in seen.html


def test_it_is_sent_again_at_once(stuck: Village) -> None:
    claire = stuck.as_("Claire")
    assert "They are tried again now." in claire.post(f"{LETTERS}/attempts").text
    assert len(stuck.letters_to("Jean")) == 1
    assert "Every letter has left." in claire.get(LETTERS).text
    assert "could not leave" not in claire.get(f"{HERE}/community").text


def test_one_that_is_given_up_says_so(stuck: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stuck.site.postman, "worded", break_down)
    for wait in RETRY_AFTER:
        stuck.pass_time(seconds=wait.total_seconds())
        stuck.letters()
    seen = stuck.as_("Claire").get(LETTERS)
    assert "A letter that could not be written" in seen.text
    assert "broken, on our side" in seen.text
    assert "It is not tried again by itself." in seen.text


def test_a_server_that_is_away_is_nobodys_fault(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Mail) -> None:
        raise MailServerAwayError("Connection refused")

    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    monkeypatch.setattr(village.site.postman, "send", refuse)
    village.letters()
    assert "takes no letters at the moment" in village.as_("Claire").get(LETTERS).text


def test_the_address_is_the_one_it_would_go_to_now(stuck: Village) -> None:
    with stuck.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), email="jean.nouveau@example.org")
    assert "jean.nouveau@example.org" in stuck.as_("Claire").get(LETTERS).text


def test_a_sign_in_link_is_no_co_ops_letter(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Mail) -> None:
        raise AddressRefusedError("550")

    village.anyone().post("/sign-in-links", email="nadia@example.org")
    monkeypatch.setattr(village.site.postman, "send", refuse)
    village.letters()
    assert "Every letter has left." in village.as_("Claire").get(LETTERS).text


@pytest.mark.parametrize("name", ["Nadia", "Olga"])
def test_nobody_but_a_referent_sees_them(stuck: Village, name: str) -> None:
    assert stuck.as_(name).get(LETTERS).status == 403
    assert stuck.as_(name).post(f"{LETTERS}/attempts").status == 403
    if name == "Nadia":
        assert "could not leave" not in stuck.as_(name).get(f"{HERE}/community").text
