"""Whom one says hello to: the first name of what she is called."""

from datetime import UTC, datetime

import pytest

from api.speech.called import first_name
from api.speech.words import Words

WORDS = Words("fr", UTC, datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nadia", "Nadia"),
        ("Mathieu Blanc", "Mathieu"),
        ("Jean-Paul Belmont", "Jean-Paul"),
        ("Anne Marie Dupont", "Anne Marie"),
        ("Anne Marie", "Anne Marie"),
        ("Jean Morin", "Jean"),
        ("Jean Noël Faure", "Jean Noël"),
        ("Marie Hélène de la Tour", "Marie Hélène"),
        ("DUPONT Anne Marie", "Anne Marie"),
        ("LE GALL Yann", "Yann"),
        ("Yann LE GALL", "Yann"),
        ("ZOÉ", "ZOÉ"),
        ("JP Martin", "JP"),
        ("JEAN MARTIN", "JEAN"),
        ("J. Martin", "J. Martin"),
        ("Mme Martin", "Mme Martin"),
        ("M. Martin", "M. Martin"),
        ("Famille Faure", "Famille Faure"),
        ("Zoé et Paul Martin", "Zoé et Paul"),
        ("Zoé & Paul", "Zoé & Paul"),
        ("  Inès   Roche ", "Inès"),
        ("🚲", "🚲"),
        ("ليلى حداد", "\u2068ليلى\u2069"),
    ],
)
def test_one_says_hello_by_the_first_name(name: str, said: str) -> None:
    assert first_name(WORDS, name) == said
