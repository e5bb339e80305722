"""What text is taken: anything people write, nothing that only machines send."""

import re

import pytest

from kernel.text import MAIL_ADDRESS, ONE_LINE, PLAIN, VISIBLE


@pytest.mark.parametrize("text", ["Crest, marché", "two\r\nlines\tand a tab", "שלום 👩‍👩‍👧‍👦", "<b>&amp;</b>"])
def test_what_people_write_is_taken(text: str) -> None:
    assert re.search(PLAIN, text)
    assert re.search(VISIBLE, text)
    assert bool(re.search(ONE_LINE, text)) == ("\n" not in text)


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\x1b[31mred", "bell\x07", "\x7f", "form\x0cfeed", "two\n\x08lines"]
)
def test_control_characters_are_not(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in (PLAIN, VISIBLE, ONE_LINE))


def test_nothing_to_see_is_no_line_but_may_be_a_text() -> None:
    assert re.search(PLAIN, " \n ")
    assert not re.search(VISIBLE, " \n ")
    assert not re.search(ONE_LINE, " \xa0 ")


@pytest.mark.parametrize(("pattern", "text"), [(ONE_LINE, "Eve"), (MAIL_ADDRESS, "eve@example.org")])
def test_a_last_line_break_is_one_too_many(pattern: str, text: str) -> None:
    assert re.search(pattern, text)
    assert not re.search(pattern, f"{text}\n")
