"""Each promise made to hosts and neighbours names the tests that hold it, and those are there."""

import re
from collections.abc import Iterator

from tests.hosting.repository import ROOT, text

PAGE = "docs/promises.md"
ROW = re.compile(r"^\| (?P<promise>[^|]+) \| (?P<held_by>[^|]+) \|$", re.MULTILINE)
NOT_PROMISES = ("Promise", "---")


def promises() -> Iterator[tuple[str, list[str]]]:
    """Give each promise with the tests it names."""
    for row in ROW.finditer(text(PAGE)):
        if row["promise"] not in NOT_PROMISES:
            yield row["promise"], re.findall(r"`(tests/[\w/]+\.py)`", row["held_by"])


def test_every_promise_names_a_test_that_is_there() -> None:
    made = dict(promises())
    assert len(made) > 20
    assert [promise for promise, named in made.items() if not named] == []
    absent = {name for named in made.values() for name in named if not (ROOT / name).is_file()}
    assert absent == set()


def test_what_is_named_holds_tests() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", text(PAGE)))
    assert [
        name for name in sorted(named) if not re.search(r"^( {4})?def test_|TestCase\b", text(name), re.MULTILINE)
    ] == []


def test_each_of_those_thought_of_is_promised_something() -> None:
    sections = re.split(r"^## ", text(PAGE), flags=re.MULTILINE)[1:]
    promised = [section.splitlines()[0] for section in sections if "| Promise |" in section]
    assert promised == [
        "A stranger",
        "A member",
        "One who has left",
        "A référent, a treasurer",
        "Whoever keeps the mail",
        "Whoever hosts",
        "Who finds the disk",
    ]
