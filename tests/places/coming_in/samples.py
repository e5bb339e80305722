"""Pages met before one is signed in, as they would be shown to a stranger."""

from msgspec.structs import replace

from api.places.coming_in.arriving import Arrival, ArrivalToJoin, ArrivalToMove, ArrivalToRecover, ArrivalToStart, Guest
from api.places.coming_in.asking_again import LinkOver
from api.places.coming_in.by_words import TypedWords
from api.places.coming_in.invited import MailedInvitation
from api.places.coming_in.joining import Invitation, Invited
from api.places.coming_in.starting import NewCoop, OfferedCommune
from api.places.coming_in.waiting import LinkOnItsWay
from api.speech.charter import charter
from api.web.answers import View
from api.web.refusals import Kept, SignInPage
from governance.coop import CHARTER_VERSION
from governance.events import InvitationKind
from territory.communes import commune
from tests.api.samples import ID, at
from tests.places.vehicles.samples import CARD

DIE = commune("26113")
INVITED = Invited(
    coop_id=ID,
    coop_name="Les Voisins du Diois",
    commune_name="Die",
    kind=InvitationKind.POSTER,
    state="valid",
    expires_at=at(27, 20),
    charter_version=CHARTER_VERSION,
)
INVITATION = Invitation(
    invitation_id=ID,
    invited=INVITED,
    by="Maryse",
    members=8,
    vehicles=[CARD, replace(CARD, name="Vélo cargo", kind="cargo_bike"), replace(CARD, name="Zoé", energy="electric")],
    charter=charter("fr"),
    stranger=True,
)
OFFERED = OfferedCommune(code="26113", name="Die", through=None, number="26150", departement_name="Drôme")
FOUND = NewCoop(
    q="paris 11e",
    communes=[
        replace(OFFERED, name="Paris", through="Paris 11e Arrondissement", number="75", departement_name="Paris"),
        OFFERED,
    ],
    after="26113",
    commune=None,
    packs=("light",),
    charter=charter("fr"),
    stranger=True,
)
NADIA = Guest(new=False, email="nadia@example.org", name="Nadia", phone="06 11 22 33 44", asked_as="Nadia B.")
INES = Guest(new=True, email="ines@example.org", name="Inès", phone="06 12 34 56 78", asked_as="Inès")
TO_JOIN = ArrivalToJoin(token="t", guest=INES, invited=INVITED, by="Maryse", members=8, charter=charter("fr"))
WAITING = LinkOnItsWay(
    ticket="t",
    email="ines@example.org",
    purpose="come_in",
    coop_name="",
    certain=False,
    tries_left=5,
    minutes=30,
    local=True,
    again="/sign-in",
)
JOINING = replace(WAITING, purpose="join", coop_name="Les Voisins du Diois", certain=True, local=False)
MAILED = MailedInvitation(
    invitation_id=ID,
    seal="s",
    guest=replace(INES, name="", phone="", asked_as=""),
    invited=replace(INVITED, kind=InvitationKind.MAIL),
    by="Maryse",
    members=8,
    vehicles=INVITATION.vehicles,
    charter=charter("fr"),
)
TO_START = ArrivalToStart(token="t", guest=INES, coop_name="La Roue", commune=DIE, pack="light", charter=charter("fr"))
KEPT = Kept("/coops/7/expenses", [("amount", "45,50")], ["Pneus neufs, posés à Crest"], without_photos=True)

PAGES: dict[str, View] = {
    "sign_in": SignInPage(next=None, demo=True, founding=True),
    "sign_in-kept": SignInPage(next=None, demo=False, founding=False, kept=KEPT),
    "check_mail": WAITING,
    "check_mail-without-code": replace(WAITING, tries_left=0),
    "check_mail-to-join": JOINING,
    "check_mail-to-start": replace(JOINING, purpose="start", coop_name="La Roue"),
    "check_mail-to-move": replace(JOINING, purpose="confirm", coop_name=""),
    "link-over": LinkOver(next="/"),
    "link-over-to-join": LinkOver(next=None, again="/invitations/9kq2"),
    "invited": MAILED,
    "arrive": Arrival(token="t", guest=replace(NADIA, asked_as="")),
    "arrive-new": Arrival(token="t", guest=INES),
    "arrive-to-move": ArrivalToMove(token="t", guest=INES),
    "arrive-to-recover": ArrivalToRecover(token="t", guest=INES, by="Maryse"),
    "arrive-to-join": TO_JOIN,
    "arrive-to-join-known": replace(TO_JOIN, guest=NADIA),
    "arrive-to-start": TO_START,
    "arrive-to-start-known": replace(TO_START, guest=NADIA),
    "words": TypedWords(typed=""),
    "words-wrong": TypedWords(typed="jardin violon"),
    "join": INVITATION,
    "join-signed-in": replace(INVITATION, stranger=False, vehicles=[]),
    "start": FOUND,
    "start-none": replace(FOUND, q="nulle part", communes=[], after=None),
    "start-named": replace(FOUND, commune=DIE),
    "start-signed-in": replace(FOUND, commune=DIE, stranger=False),
}
