"""Sign-in links are few an hour: nobody floods a neighbour's mailbox, nor tries addresses one after the other."""

import re
from datetime import timedelta

from people.sign_in import LINKS_AN_HOUR
from tests.front.visitor import Visitor
from tests.kit.village import Village


def ask(village: Village, email: str) -> int:
    """Ask for a link; return the status."""
    return Visitor(village.client).post("/sign-in-links", {"email": email}).status_code


def test_one_address_gets_few_links_an_hour(lived: Village) -> None:
    assert [ask(lived, "nadia@example.org") for _ in range(LINKS_AN_HOUR)] == [200] * LINKS_AN_HOUR
    assert ask(lived, "nadia@example.org") == 429
    assert ask(lived, " NADIA@example.org ") == 429
    assert len([each for each in lived.letters_to("Nadia") if "/sign-in/" in each.body]) == LINKS_AN_HOUR
    assert ask(lived, "amina@example.org") == 200
    lived.clock.now += timedelta(hours=1, seconds=1)
    assert ask(lived, "nadia@example.org") == 200


def test_one_network_address_gets_few_links_for_all(lived: Village) -> None:
    answers = [ask(lived, f"someone{number}@example.org") for number in range(5 * LINKS_AN_HOUR + 1)]
    assert answers == [200] * (5 * LINKS_AN_HOUR) + [429]


def test_a_known_and_an_unknown_address_are_told_the_same(lived: Village) -> None:
    told = []
    for email in ("nadia@example.org", "nobody@example.org"):
        response = Visitor(lived.client).post("/sign-in-links", {"email": email})
        told.append((response.status_code, re.sub(r'value="[^"]*"', "", response.text.replace(email, ""))))
    assert told[0] == told[1]
    assert not lived.letters_to("Nobody")


def test_the_refusal_is_a_page_that_says_what_to_do(lived: Village) -> None:
    for _ in range(LINKS_AN_HOUR):
        ask(lived, "nadia@example.org")
    response = Visitor(lived.client).post("/sign-in-links", {"email": "nadia@example.org"})
    assert "Too many sign-in links were asked for" in response.text
    assert 'value="nadia@example.org"' in response.text
