"""Sign-in links are few an hour: nobody floods a neighbour's mailbox, nor tries addresses one after the other."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network

import pytest
from litestar.datastructures import Headers
from msgspec.structs import replace

from api.settings import Network
from api.web import serving
from api.web.serving import asker
from kernel.database import writing
from people.sign_in import LINKS_AN_HOUR, TooManyLinks, make_link
from tests.front.visitor import Visitor
from tests.kit.races import refused_at_once
from tests.kit.village import Village


def ask(village: Village, email: str) -> int:
    """Ask for a link; return the status."""
    return Visitor(village.client).post("/sign-in-links", {"email": email}).status_code


def test_one_address_gets_few_links_an_hour(lived: Village) -> None:
    assert [ask(lived, "nadia@example.org") for _ in range(LINKS_AN_HOUR)] == [303] * LINKS_AN_HOUR
    assert ask(lived, "nadia@example.org") == 429
    assert ask(lived, " NADIA@example.org ") == 429
    assert len([each for each in lived.letters_to("Nadia") if "/sign-in/" in each.body]) == LINKS_AN_HOUR
    assert ask(lived, "amina@example.org") == 303
    lived.clock.now += timedelta(hours=1, seconds=1)
    assert ask(lived, "nadia@example.org") == 303


def test_a_link_goes_to_the_address_as_it_is_compared(lived: Village) -> None:
    assert ask(lived, " NADIA@Example.org ") == 303
    assert [letter.address for letter in lived.letters_to("Nadia") if "/sign-in/" in letter.body] == [
        "nadia@example.org"
    ]


def test_one_network_address_gets_few_links_for_all(lived: Village) -> None:
    answers = [ask(lived, f"someone{number}@example.org") for number in range(5 * LINKS_AN_HOUR + 1)]
    assert answers == [303] * (5 * LINKS_AN_HOUR) + [429]


def test_a_known_and_an_unknown_address_are_told_the_same(lived: Village) -> None:
    told = []
    for email in ("nadia@example.org", "nobody@example.org"):
        response = Visitor(lived.client).post("/sign-in-links", {"email": email})
        waiting = Visitor(lived.client).get(response.headers["location"])
        shown = re.sub(r'value="[^"]*"|sign-in-codes/[\w-]*', "", waiting.text.replace(email, ""))
        told.append((response.status_code, waiting.status_code, shown))
    assert told[0] == told[1]
    assert "a mail is on its way" in told[0][2]
    assert not lived.letters_to("Nobody")


def test_the_refusal_is_a_page_that_says_what_to_do(lived: Village) -> None:
    for _ in range(LINKS_AN_HOUR):
        ask(lived, "nadia@example.org")
    response = Visitor(lived.client).post("/sign-in-links", {"email": "nadia@example.org"})
    assert "Too many sign-in links were asked for" in response.text
    assert 'value="nadia@example.org"' in response.text


def test_who_is_refused_is_told_when_to_come_back_and_not_when_others_came(lived: Village) -> None:
    for _ in range(LINKS_AN_HOUR):
        ask(lived, "nadia@example.org")
        lived.clock.now += timedelta(minutes=5)
    page = Visitor(lived.client).post("/sign-in-links", {"email": "nadia@example.org"})
    program = Visitor(lived.client).api("POST", "/api/sign-in-links", b'{"email": "nadia@example.org"}')
    assert [(each.status_code, each.headers["retry-after"]) for each in (page, program)] == [(429, "3600")] * 2
    assert program.json()["type"] == "/api/problems/too-many-links"


NETWORKS = tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "2001:db8::/32")))


@pytest.mark.parametrize(
    ("peer", "handed_on", "who"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # a stranger is believed nothing
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # what stands left she wrote herself
        ("127.0.0.1", "198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("2001:db8::1", "2001:db9:0:0:1:2:3:7", "2001:db9::/64"),  # a house has 2^64 addresses, and is one who asks
        ("2001:db9::7", "", "2001:db9::/64"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),  # as a socket for both kinds tells them
        ("10.0.0.1", "not an address, 10.0.0.2", "10.0.0.2"),  # nor can it be of any length
        ("10.0.0.1", "fe80::1%a-card-with-a-name-of-any-length", "fe80::/64"),
        ("", "198.51.100.7", ""),
    ],
)
def test_who_asks_is_read_from_the_right(peer: str, handed_on: str, who: str) -> None:
    headers = Headers([(b"x-forwarded-for", handed_on.encode())] if handed_on else [])
    assert asker(peer, headers, NETWORKS) == who


def test_neighbours_behind_one_proxy_are_counted_one_by_one(lived: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def behind_a_proxy(_: str, headers: Headers, trusted: Sequence[Network]) -> str:
        return asker("127.0.0.1", headers, trusted)

    def link(address: str, number: int) -> int:
        body = b'{"email": "someone%d@example.org"}' % number
        asked = Visitor(lived.client).api("POST", "/api/sign-in-links", body, x_forwarded_for=address)
        return asked.status_code

    monkeypatch.setattr(serving, "asker", behind_a_proxy)
    lived.site.settings = replace(lived.site.settings, trusted_proxies=NETWORKS)
    flood = [link("203.0.113.9", number) for number in range(5 * LINKS_AN_HOUR + 1)]
    assert flood == [*flood[:1] * (5 * LINKS_AN_HOUR), 429]
    assert link("198.51.100.7", 99) == flood[0]


def test_the_limit_holds_however_many_ask_at_once(lived: Village) -> None:
    def make() -> None:
        with writing(lived.site.engine) as connection:
            make_link(connection, "nadia@example.org", b"{}", asked_from="192.0.2.1", at=lived.now)

    met = refused_at_once(*[make] * 12)
    assert Counter(map(type, met)) == {type(None): LINKS_AN_HOUR, TooManyLinks: 12 - LINKS_AN_HOUR}
