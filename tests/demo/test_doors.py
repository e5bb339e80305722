"""The demo's first doors, as built: five people of the first co-op, and each finds what her door says."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from api.app import create_app
from api.places.installation.doors import FIRST
from demo.build import build
from tests.demo.conftest import NOW
from tests.kit.browser import Browser, Seen
from tests.kit.databases import prepared
from tests.kit.still_site import Clock, StillSite, client_of, settings_of

DOOR = re.compile(r'action="/people/([0-9a-f-]{36})".*?name="to" value="([^"]+)".*?<strong>([^<]+)</strong>', re.DOTALL)
FOUND = {
    "Inviter un voisin": ("/invitations", "Envoyer l’invitation"),
    "Un plan à régler": ("/plans/", "Vous payez"),
    "Répondre à une demande": ("/bookings/", "Dire oui"),
    "Rendre un véhicule": ("/return", "Compteur"),
    "Voter une règle": ("/proposals/", "Je suis pour"),
}


@pytest.fixture(scope="module")
def stranger(empty_sqlite: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(empty_sqlite)
    site = StillSite(settings_of(prepared(f"sqlite:///{path}")), Clock(NOW))
    build(site, months=2, groups=())
    with client_of(create_app(site)) as client:
        yield Browser(client, lang="fr")
    site.stop()


def opened(stranger: Browser, number: int) -> tuple[str, Seen]:
    """Step through a door; return its words, and the page it leads to."""
    seen = stranger.get("/people")
    person_id, to, _ = DOOR.findall(seen.html)[number]
    words = re.findall(r'<button class="primary">\s*([^<]+)<', seen.html)[number].strip()
    return words, stranger.post(f"/people/{UUID(person_id)}", to=to)


def test_there_are_five_each_of_someone_else_with_another_thing_to_do(stranger: Browser) -> None:
    html = stranger.get("/people").html
    doors = DOOR.findall(html)
    assert (len(doors), len({person for person, _, _ in doors}), len({to for _, to, _ in doors})) == (FIRST,) * 3
    assert {name for _, _, name in doors} >= {"Claire Aubert", "Karim Haddad", "Jean Morin"}
    assert html.index("/mailbox") < html.index("<details")


@pytest.mark.parametrize("number", range(FIRST))
def test_each_leads_to_what_it_says(stranger: Browser, number: int) -> None:
    words, seen = opened(stranger, number)
    address, shown = FOUND[words]
    assert (seen.status, address in seen.path) == (200, True), seen.path
    assert shown in seen.text, seen.text
