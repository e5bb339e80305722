"""What text is taken: anything people write, nothing that only machines send."""

import re

import pytest

from kernel.text import MAIL_ADDRESS, NAME, ONE_LINE, PLAIN, VISIBLE, composed, whole_number


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


@pytest.mark.parametrize(
    "name",
    [
        "Claire",
        "Jean-Marc d’Arc",
        "M. Dupont",
        "St.Pierre",
        "Dr.Knock & fils",
        "Kangoo 1.5 dCi",
        "L’auto n° 2/3",
        "Twingo @ Die",
        "J.-P. O'Neil",
        "Société S.A.R.L.",
        "Prix : 12.50",
        "Ligne 12:30",
        "Пётр",
    ],
)
def test_what_people_and_vehicles_are_called_is_a_name(name: str) -> None:
    assert re.search(NAME, name)


@pytest.mark.parametrize(
    "name",
    [
        "https://evil.example/login",
        "Banque Postale https://evil.example/login",
        "HTTP://evil.example",
        "hxxp://evil.example",
        "https:evil",
        "www.evil.example",
        "see WWW.evil",
        "evil.example/login",
        "evil.example?x=1",
        "evil.example:8080",
        "mabanque.com",
        "Ma Banque (mabanque.FR)",
        "bit.ly/3xyz",
        "claire@example.org",
        "Claire <claire@example.org>",
        "claire＠example．org",
        "evil。com",
    ],
)
def test_an_address_is_no_name(name: str) -> None:
    assert re.search(ONE_LINE, name)
    assert not re.search(NAME, name)


@pytest.mark.parametrize(
    "name",
    [
        "\u3164",
        "\u2800",
        "\u200b",
        "\u00ad",
        "\u200d\u200d",
        "\ufeff",
        "\u2060",
        "\u180e",
        "\U000e0041",
        "--",
        "?!",
        "\u0301",
    ],
)
def test_a_name_that_nobody_can_see_or_say_is_none(name: str) -> None:
    assert not re.search(NAME, name)
    assert re.search(NAME, f"{composed(name)}A") or name == "\u200d\u200d"


@pytest.mark.parametrize(
    "line",
    [
        "\u202eretnuoc",
        "\u2067Paul",
        "Paul\u2069",
        "Pa\u00adul",
        "e" + "\u0301" * 75,
        "\u200dPaul",
        "a \u200d b",
        "x\u200b",
    ],
)
def test_what_turns_a_line_around_hides_in_it_or_piles_up_is_in_none(line: str) -> None:
    assert not re.search(ONE_LINE, line)
    assert not re.search(NAME, line)


@pytest.mark.parametrize(
    "name",
    [
        "محمد",
        "می\u200cخواهم",
        "क\u200dष",
        "👩\u200d👩\u200d👧",
        "🚗",
        "R5",
        "o'brien",
        "N'Guessan",
        "Đặng Văn Nguyễn",
        "ไม่",
        "葛\U000e0100城",
    ],
)
def test_names_of_everywhere_are_names_and_stay_as_they_are(name: str) -> None:
    assert re.search(NAME, name)
    assert composed(name) == name


def test_a_text_is_kept_as_everybody_else_would_write_it() -> None:
    assert composed("Zoe\u0308") == "Zo\u00eb"
    assert composed("\u202a+33 6 12 34\u202c") == "+33 6 12 34"  # as phone books give it
    assert composed("\u2068Paul\u2069\ufeff") == "Paul"


def test_a_whole_number_is_written_in_plain_digits() -> None:
    assert [whole_number(text) for text in ("0", "007", "-12", "9" * 30)] == [0, 7, -12, 10**30 - 1]


@pytest.mark.parametrize("text", ["", "-", "1e3", "1.0", "1_0", "+1", " 1", "1\n", "\u0663", "1" * 5_000])
def test_what_else_python_reads_as_a_number_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        whole_number(text)
