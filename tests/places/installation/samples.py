"""The installation's own pages as they would be shown."""

from api.places.installation.app import Offline
from api.places.installation.mailbox import KeptMail, Mailbox, MailLine
from api.places.installation.people import Neighbour, People
from api.web.answers import View
from governance.roles import Role
from tests.api.samples import ID, at

PEOPLE = [
    Neighbour(person_id=ID, name="Inès", coop_name="Les Voisins du Diois", roles=(Role.REFERENT, Role.TREASURER)),
    Neighbour(person_id=ID, name="Tom", coop_name="Les Voisins du Diois", roles=()),
]
MAIL = KeptMail(
    at=at(23, 17),
    to="ines@example.org",
    subject="Votre lien pour entrer dans Voisiture",
    lines=[MailLine("Ouvrez ce lien pour entrer :", None), MailLine("http://localhost:8000/sign-in/t", "/sign-in/t")],
)

PAGES: dict[str, View] = {
    "people": People(people=PEOPLE, more=0),
    "mailbox": Mailbox(mails=[MAIL]),
    "mailbox-empty": Mailbox(mails=[]),
    "offline": Offline(),
}
