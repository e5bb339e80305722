"""The installation's own pages as they would be shown."""

from api.places.installation.app import Offline
from api.places.installation.doors import Door
from api.places.installation.mailbox import KeptMail, Mailbox, MailLine
from api.places.installation.people import Group, Neighbour, People
from api.web.answers import View
from governance.roles import Role
from tests.api.samples import ID, at

PEOPLE = [
    Neighbour(person_id=ID, name="Inès", roles=(Role.REFERENT, Role.TREASURER)),
    Neighbour(person_id=ID, name="Tom", roles=()),
]
DOORS = [
    Door(person_id=ID, name="Inès", roles=(Role.REFERENT,), doing="invite", to="/coops/1/invitations"),
    Door(person_id=ID, name="Karim Haddad", roles=(Role.TREASURER,), doing="settle", to="/coops/1/plans/1"),
    Door(person_id=ID, name="Jean", roles=(), doing="answer", to="/coops/1/bookings/1"),
    Door(person_id=ID, name="Lucie", roles=(), doing="return", to="/coops/1/bookings/2/return"),
    Door(person_id=ID, name="Amina", roles=(), doing="vote", to="/coops/1/proposals/1"),
]
GROUPS = [
    Group(coop_name="Les Voisins du Diois", people=PEOPLE, more=0),
    Group(coop_name="Roulons Crest", people=PEOPLE, more=3),
]
MAIL = KeptMail(
    at=at(23, 17),
    to="ines@example.org",
    subject="Votre lien pour entrer dans Voisiture",
    lines=[MailLine("Ouvrez ce lien pour entrer :", None), MailLine("http://localhost:8000/sign-in/t", "/sign-in/t")],
)

PAGES: dict[str, View] = {
    "people": People(first_name="Les Voisins du Diois", doors=DOORS, groups=GROUPS),
    "mailbox": Mailbox(mails=[MAIL]),
    "mailbox-empty": Mailbox(mails=[]),
    "offline": Offline(),
}
