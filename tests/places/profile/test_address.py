"""A mail address is changed: the new one says yes, the old one is told, and links to come in go there."""

from people.person import person, person_by_email
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.village import COOP, Village, person_id_of
from tests.places.coming_in.links import came_in, links_in

HERE = f"/coops/{COOP}"
NEW = "nadia.new@example.org"


def ask(village: Village, email: str = NEW) -> Seen:
    return village.as_("Nadia").post(f"{HERE}/profile/address", email=email)


def link_to(village: Village, email: str) -> str:
    """Return the path of the link that was mailed to an address."""
    (letter,) = [letter for letter in village.letters() if letter.address == email and "/sign-in/" in letter.body]
    return letter.body.split("http://localhost:8000")[1].split()[0]


def address_of(village: Village, name: str) -> str:
    known = village.ask(person, person_id_of(name))
    return str(known.email)


def test_it_changes_when_the_new_address_says_yes_and_the_old_one_is_told(village: Village) -> None:
    assert f"A mail is on its way to {NEW}." in ask(village).text
    assert address_of(village, "Nadia") == "nadia@example.org"
    link, anyone = link_to(village, NEW), village.anyone()
    shown = anyone.get(link)
    assert f"Nadia asks that mail from Voisiture, and links to come in, go to {NEW} from now on." in shown.text
    assert address_of(village, "Nadia") == "nadia@example.org"  # mail scanners open links too
    assert anyone.post(f"{link}/address").status == 200
    assert address_of(village, "Nadia") == NEW
    told = [letter for letter in village.letters() if letter.address == "nadia@example.org"]
    assert [letter.subject for letter in told] == ["Your address for Voisiture has changed"]
    assert NEW not in told[0].body
    assert village.as_("Nadia").get(f"{HERE}/").status == 200
    assert anyone.post(f"{link}/address").status == 410


def test_links_to_come_in_go_to_the_new_address_alone(village: Village) -> None:
    ask(village)
    village.anyone().post(f"{link_to(village, NEW)}/address")
    stranger = village.anyone()
    for email, links in ((NEW, 1), ("nadia@example.org", 0)):
        before = len(village.letters())
        stranger.post("/sign-in-links", email=email)
        assert len(village.letters()) - before == links
    assert village.ask(person_by_email, "nadia@example.org") is None


def test_such_a_link_lets_nobody_in_and_no_other_link_changes_an_address(village: Village) -> None:
    ask(village)
    token = link_to(village, NEW).removeprefix("/sign-in/")
    anyone = village.anyone()
    assert anyone.api("POST", "/sessions", {"token": token}).code == "for-an-address"
    assert village.ask(person_by_email, NEW) is None
    anyone.post("/sign-in-links", email="paul@example.org")
    assert anyone.api("POST", f"{links_in(village, 'Paul')[0]}/address", {}).status == 404
    assert came_in(village, "Paul", anyone).status == 200  # nothing was used up


def test_an_address_of_somebody_here_is_refused_only_to_who_has_its_mailbox(village: Village) -> None:
    assert "A mail is on its way" in ask(village, "paul@example.org").text  # nobody learns who is here
    link = link_to(village, "paul@example.org")
    assert village.anyone().api("POST", f"{link}/address", {}).code == "address-taken"
    assert address_of(village, "Nadia") == "nadia@example.org"


@on_both
def test_programs_do_the_same(village: Village) -> None:
    nadia = village.as_("Nadia")
    assert nadia.api("POST", "/me/address", {"email": NEW}).json()["minutes"] == 30
    moved = village.anyone().api("POST", f"{link_to(village, NEW)}/address", {})
    assert moved.json() == {"person_id": str(person_id_of("Nadia"))}
    assert nadia.api("GET", "/me").json()["email"] == NEW
    told = [letter.subject for letter in village.letters() if letter.address == "nadia@example.org"]
    assert told == ["Your address for Voisiture has changed"]
    assert nadia.api("POST", "/me/address", {"email": "none"}).status == 400
    assert village.anyone().api("POST", "/me/address", {"email": NEW}).status == 401
