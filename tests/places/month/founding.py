"""2 November: Claire starts the co-op in Die and invites, by mail and by poster; eight neighbours join."""

import re

from tests.places.month.neighbours import Neighbours, address_of
from tests.places.month.program import done, plain, refused

BY_MAIL = ("Jean", "Amina")
BY_POSTER = ("Paul", "Lucie", "Karim", "Odile", "Mathieu", "Sophie")


def found(neighbours: Neighbours) -> None:
    """From nothing to nine members who accepted the charter and hold their first roles."""
    neighbours.at(2, 9)
    _come_in(neighbours, "Claire")
    _start(neighbours)
    for name in BY_MAIL:
        _join_by_mail(neighbours, name, *_invited_by_mail(neighbours, name))
    neighbours.at(2, 12)
    poster = neighbours.do("Claire", "/invitations", {"kind": "poster"})
    for name in BY_POSTER:
        _join(neighbours, name, poster)
    _look_around(neighbours)
    _make_treasurer(neighbours)


def _come_in(neighbours: Neighbours, name: str) -> None:
    """Ask for a link, read its token in the mail, use it once."""
    anyone = neighbours.program()
    assert anyone.send("POST", "/sign-in-links", {"email": address_of(name), "name": name}).json()["minutes"] == 30
    letter = neighbours.letters_to(name)[0]
    assert letter.subject == "Votre lien pour entrer dans Voisiture"
    read = re.search(r"/sign-in/(\S+)", letter.body)
    assert read is not None
    opened = anyone.send("POST", "/sessions", {"token": read[1]})
    assert refused(anyone.send("POST", "/sessions", {"token": read[1]})) == (410, "link-spent")
    neighbours.programs[name] = neighbours.program(opened.json()["bearer"])
    me = neighbours.programs[name].ask("/me")
    assert (me["email"], me["name"]) == (address_of(name), name)


def _start(neighbours: Neighbours) -> None:
    claire = neighbours.programs["Claire"]
    assert claire.ask("/me")["memberships"] == []
    for typed in ("die", "26150", "26113"):
        (die,) = [commune for commune in claire.ask(f"/communes?q={typed}") if commune["code"] == "26113"]
        assert (die["name"], die["departement_name"], die["postcodes"]) == ("Die", "Drôme", ["26150"])
    version = neighbours.program().ask("/charter")["version"]
    body = {"name": "Les Voisins du Diois", "commune_code": "26113", "pack": "light", "charter_version": version}
    neighbours.here = f"/coops/{done(claire.send('POST', '/coops', body))}"
    (mine,) = claire.ask("/me")["memberships"]
    assert (mine["name"], mine["roles"]) == ("Les Voisins du Diois", ["referent", "treasurer"])
    neighbours.ids["Claire"] = mine["member_id"]


def _invited_by_mail(neighbours: Neighbours, name: str) -> tuple[str, str]:
    """Send an invitation; return its id and its seal as the link in the mail holds them."""
    neighbours.do("Claire", "/mailed-invitations", {"email": address_of(name)})
    (letter,) = neighbours.letters_to(name)
    assert "Claire vous invite" in plain(letter.subject)
    read = re.search(r"/invitations/([^/\s]+)/(\S+)", letter.body)
    assert read is not None
    return read[1], read[2]


def _join_by_mail(neighbours: Neighbours, name: str, invitation: str, seal: str) -> None:
    """Join by what the mail holds, which proves the mailbox, and be signed in."""
    anyone = neighbours.program()
    version = anyone.ask(f"/invitations/{invitation}")["charter_version"]
    accepted = {"name": name, "charter_version": version}
    opened = anyone.send("POST", f"/invitations/{invitation}/{seal}/acceptance", accepted).json()
    neighbours.programs[name] = neighbours.program(opened["bearer"])
    (mine,) = neighbours.programs[name].ask("/me")["memberships"]
    neighbours.ids[name] = mine["member_id"]


def _join(neighbours: Neighbours, name: str, invitation: str) -> None:
    _come_in(neighbours, name)
    newcomer = neighbours.programs[name]
    invited = newcomer.ask(f"/invitations/{invitation}")
    assert (invited["coop_name"], invited["commune_name"]) == ("Les Voisins du Diois", "Die")
    assert invited["state"] == "valid"
    accepted = {"charter_version": invited["charter_version"]}
    neighbours.ids[name] = done(newcomer.send("POST", f"/invitations/{invitation}/acceptance", accepted))


def _look_around(neighbours: Neighbours) -> None:
    invitations = neighbours.ask("Claire", "/invitations")["items"]
    kinds = {(invitation["kind"], invitation["state"]) for invitation in invitations}
    assert kinds == {("mail", "used"), ("poster", "valid")}
    for name in (*BY_MAIL, *BY_POSTER):
        members = {member["name"]: member["member_id"] for member in neighbours.ask(name, "/members")["items"]}
        assert members == neighbours.ids
        assert neighbours.ask(name, "/vehicles")["items"] == []


def _make_treasurer(neighbours: Neighbours) -> None:
    karim = f"/members/{neighbours.ids['Karim']}"
    given = neighbours.send("Sophie", f"{karim}/roles", {"role": "treasurer"})
    assert refused(given) == (403, "not-your-role")
    neighbours.do("Claire", f"{karim}/roles", {"role": "treasurer"})
    assert neighbours.ask("Karim", karim)["roles"] == ["treasurer"]
