"""In French "de" stands before a consonant, "d’" before a vowel, whatever is named."""

import pytest

from api.speech.texts import gettext

SENTENCE = "{name} has the keys of {vehicle} now"  # "{name} a maintenant les clés de {vehicle}"


@pytest.mark.parametrize(
    ("vehicle", "said"),
    [
        ("Espace", "les clés d’Espace"),
        ("Élan", "les clés d’Élan"),
        ("Œuf", "les clés d’Œuf"),
        ("Clio", "les clés de Clio"),
        ("Yaris", "les clés de Yaris"),
        ("Yves", "les clés d’Yves"),
        ("Honda", "les clés de Honda"),
        ("", "les clés de "),
    ],
)
def test_what_begins_with_a_vowel_elides(vehicle: str, said: str) -> None:
    assert said in gettext(SENTENCE, "fr", name="Inès", vehicle=vehicle)


def test_english_says_of() -> None:
    assert gettext(SENTENCE, "en", name="Inès", vehicle="Espace") == "Inès has the keys of Espace now"
