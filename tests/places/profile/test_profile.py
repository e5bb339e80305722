"""One's own profile, on its page and by programs."""

from decimal import Decimal

import pytest

from people.bank_account import BankAccount
from people.person import Person, person
from tests.kit.money import account_of
from tests.kit.village import COOP, Village, person_id_of

PAGE = f"/coops/{COOP}/profile"
TYPED = {
    "name": "Nadia B.",
    "phone": "06 12 34 56 78",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "iban_holder": "Nadia Benali",
    "language": "en",
    "latitude": "44.7531",
    "longitude": "5.3708",
}


def nadia(village: Village) -> Person:
    found = village.ask(person, person_id_of("Nadia"))
    assert isinstance(found, Person)
    return found


def test_a_profile_is_kept_as_typed(village: Village) -> None:
    seen = village.as_("Nadia").post(PAGE, **TYPED)
    assert "Your profile is kept." in seen.text
    kept = nadia(village)
    assert (kept.name, kept.phone) == ("Nadia B.", "06 12 34 56 78")
    assert account_of(village, "Nadia") == BankAccount("FR7630006000011234567890189", "Nadia Benali")
    assert (kept.latitude, kept.longitude) == (Decimal("44.75310"), Decimal("5.37080"))


def test_what_is_optional_can_be_taken_away(village: Village) -> None:
    village.as_("Nadia").post(PAGE, **TYPED)
    gone = dict.fromkeys(("phone", "iban", "iban_holder", "latitude", "longitude"), "")
    village.as_("Nadia").post(PAGE, **TYPED | gone)
    kept = nadia(village)
    assert (kept.phone, kept.account, kept.latitude) == (None, None, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Fill this in."),
        ({"name": "N" * 81}, "This is too long."),
        ({"phone": "call me"}, "This is not a phone number"),
        ({"iban": "FR76 3000 6000 0112 3456 7890 188"}, "This is not an IBAN"),
        ({"iban_holder": ""}, "exactly as the bank knows it"),
        ({"language": "de"}, "Choose one of these."),
        ({"latitude": "100"}, "This is not a position."),
        ({"latitude": ""}, "Write both numbers of the position, or none."),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(village: Village, wrong: dict[str, str], sentence: str) -> None:
    seen = village.as_("Nadia").post(PAGE, **TYPED | wrong)
    assert seen.status == 422
    assert sentence in seen.text
    assert nadia(village).name == "Nadia"


def test_the_language_chosen_speaks_at_once(village: Village) -> None:
    seen = village.as_("Nadia").post(PAGE, **TYPED | {"language": "fr"})
    assert '<html lang="fr"' in seen.html
    assert nadia(village).language == "fr"


def test_nobody_sees_it_but_herself(village: Village) -> None:
    assert village.anyone().get(PAGE).status == 401
    assert village.as_("Olga").get(PAGE).status == 403
    assert village.as_("Olga").post(PAGE, **TYPED).status == 403
