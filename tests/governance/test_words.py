"""A poster's words: typed as people type, never another poster's by a slip of the finger, and for ever the same."""

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.posters.words import HOW_MANY, WORDS, as_printed, unknown_words, words_of

LIST = "f3b07663855689799b3a75bc67ae00f8f98fb82217e4ee419235d62f8e35f1c9"  # posters on walls were made from it


def slips(word: str) -> set[str]:
    """Return what a word becomes by one letter left out, or two that change places."""
    left_out = {word[:at] + word[at + 1 :] for at in range(len(word))}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return (left_out | swapped) - {word}


def test_the_list_is_never_changed() -> None:
    assert len(WORDS) == len({*WORDS}) == 512
    assert sha256(" ".join(WORDS).encode()).hexdigest() == LIST


def test_words_are_short_and_need_no_accent() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in WORDS)


def test_no_slip_makes_another_word_of_the_list() -> None:
    known = {*WORDS}
    for word in WORDS:
        assert not slips(word) & known
    letters = [(word[:at], word[at + 1 :]) for word in WORDS for at in range(len(word))]
    assert len(letters) == len({*letters})  # no two differ by one letter in one place


@given(st.uuids())
def test_each_invitation_has_three_words_of_the_list(invitation_id: UUID) -> None:
    words = words_of(invitation_id).split("-")
    assert len(words) == HOW_MANY
    assert {*words} <= {*WORDS}


def test_the_words_of_an_invitation_stay_what_they_are() -> None:
    assert words_of(UUID("a99681cd-81c2-4c00-ba67-27a4051c8bdc")) == "puzzle-abricot-colline"


def test_posters_share_no_words_but_by_chance() -> None:
    made = [words_of(UUID(int=number)) for number in range(5000)]
    assert len(made) - len({*made}) < 3


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "jardin-violon-tulipe",
            "JARDIN-VIOLON-TULIPE",
            "Jardin Violon Tulipe",
            "jardin violon  tulipe ",
            "jardín.violon.tulipe",
        ),
        *("jardin-vioon-tulipe", "jardni-violon-tulippe", "jardins-violon-tulipe"),
    ],
)
def test_case_accents_spaces_and_slips_are_forgiven(typed: str) -> None:
    assert as_printed(typed) == "jardin-violon-tulipe"


@pytest.mark.parametrize(
    ("typed", "unknown"), [("jardin-xyzzy-tulipe", ("xyzzy",)), ("jardin violon tulipe", ()), ("", ()), ("🚲", ())]
)
def test_which_word_is_wrong_is_known(typed: str, unknown: tuple[str, ...]) -> None:
    assert unknown_words(typed) == unknown
