"""Pages about the co-op and its members as they would be shown, one of each in its filled state and some in others."""

from uuid import UUID

from msgspec.structs import replace

from api.places.members.bank_account import BankAccount
from api.places.members.community import Community, HeldUp, SharedVehicle
from api.places.members.inviting import Inviting, Opened
from api.places.members.letters import KeptBack, KeptLetters
from api.places.members.member import OneMember
from api.places.members.neighbours import AllNeighbours, Belonging, NeighbourRow
from api.places.members.poster import Poster
from api.places.members.recovering import Recovering
from api.places.members.recovery import RefusingRecovery
from api.places.tables import Order
from api.speech.called import NamedOwner
from api.speech.chronicle import Chronicled
from api.web.answers import View
from governance.events import InvitationKind
from governance.queries import MemberRow
from governance.recovery.queries import RecoveryRow
from governance.roles import Role
from governance.suspension.queries import Suspension
from kernel.money import Money
from tests.api.samples import ID, NOW, at
from tests.places.settlement.samples import IBAN
from tests.places.vehicles.samples import CARD
from tests.places.votes.samples import DECIDED, OPEN, RULES
from usecases.profile.refusing import Threatened

JOIN = "https://voisiture.example/invitations/9kq2"
MARYSE = MemberRow(
    member_id=ID,
    person_id=ID,
    name="Maryse",
    email="maryse@example.org",
    phone="06 12 34 56 78",
    joined_at=at(3, 9),
    left_at=None,
    erased_at=None,
    suspended_until=None,
    roles=(Role.REFERENT,),
)
INES = replace(MARYSE, member_id=UUID(int=8), name="Inès", roles=())
GONE = replace(MARYSE, name=None, email=None, phone=None, left_at=at(4, 9), erased_at=None, roles=())
ZOE = replace(CARD, vehicle_id=UUID(int=8), name="Zoé du village", energy="electric", sharing="group")
COMMUNITY = Community(
    me=ID,
    to_decide=[OPEN],
    decided=[DECIDED],
    after="next",
    rules=RULES[:1],
    more_rules=RULES[1:],
    members=[Belonging(MARYSE, ["Clio de Maryse"]), Belonging(INES, [])],
    member_count=2,
    vehicles=[SharedVehicle(CARD, [NamedOwner("Maryse", None, 1)]), SharedVehicle(ZOE, [])],
    vehicle_count=2,
    log=[Chronicled(at(22, 20), "Un papier de la Clio de Maryse a été classé.")],
    may_invite=True,
    keeps_bank_account=True,
    held_up=HeldUp(parked=1, unsent=2),
)
NEIGHBOURS = AllNeighbours(
    count=3006,
    q="",
    members=[NeighbourRow(MARYSE, ["Clio de Maryse"], Money(3340)), NeighbourRow(INES, [], Money(-2340))],
    after="next",
    order=Order(path="/members", sort="name", kept={}),
    opens=True,
)
MEMBER = OneMember(
    member=MARYSE,
    vehicles=["Clio de Maryse"],
    may_give=True,
    may_end=True,
    may_suspend=True,
    may_recover=True,
    suspension=None,
    suspended_by=None,
    recovering=None,
    threatened=None,
    mine=False,
    cancelled_late=2,
    reads_account=True,
)
SUSPENDED = Suspension(
    member_id=ID,
    by=UUID(int=8),
    since=NOW,
    until=at(30, 18),
    reason="Trois retours en retard de plusieurs heures, sans un mot.",
    answer=None,
)
HERS = replace(MEMBER, suspension=SUSPENDED, suspended_by="Inès", may_suspend=False, may_recover=False, mine=True)
ASKED = RecoveryRow(
    member_id=ID,
    state="asked",
    asked_by=UUID(int=8),
    asked_at=NOW,
    until=at(30, 18),
    address="maryse.nouvelle@example.org",
    vouched_by=None,
    due_at=None,
)
RECOVERING = Recovering(recovery=ASKED, asked_by="Inès", vouched_by=None, may_vouch=False, may_refuse=True)
CONFIRMED = replace(RECOVERING, recovery=replace(ASKED, state="confirmed"), may_vouch=True, may_refuse=False)
VOUCHED = replace(
    RECOVERING,
    recovery=replace(ASKED, state="vouched", vouched_by=UUID(int=9), due_at=at(26, 18)),
    vouched_by="Jean",
)
ANSWERED = replace(SUSPENDED, answer="J’étais à l’hôpital, personne ne me l’a demandé.")
TO_JEAN = KeptBack(
    letter_id=ID,
    address="jean@example.org",
    subject="Nadia voudrait la Clio de Maryse, demain 18 h – 20 h",
    trouble="address",
    written_at=at(22, 20),
    next_at=None,
)
UNWRITTEN = replace(TO_JEAN, address=None, subject=None, trouble="letter", next_at=at(23, 9))
LETTERS = KeptLetters(letters=[TO_JEAN, UNWRITTEN, replace(TO_JEAN, trouble="server")], after="next")
POSTER = Poster(
    link=JOIN,
    typed="partage.example.fr/r/jardin-violon-tulipe",
    commune_name="Die",
    until=at(27, 20),
    contact="Maryse",
    phone="06 12 34 56 78",
    vehicles=[CARD, ZOE],
)

PAGES: dict[str, View] = {
    "community": COMMUNITY,
    "community-new": replace(
        COMMUNITY, to_decide=[], decided=[], after=None, vehicles=[], held_up=None, may_invite=False
    ),
    "community-large": replace(
        COMMUNITY,
        members=[*COMMUNITY.members] * 20,
        member_count=3006,
        vehicles=[*COMMUNITY.vehicles] * 20,
        vehicle_count=304,
    ),
    "neighbours": NEIGHBOURS,
    "neighbours-found": replace(NEIGHBOURS, q="mary", after=None),
    "neighbours-none": replace(NEIGHBOURS, q="zz", members=[], after=None),
    "member": MEMBER,
    "member-gone": replace(MEMBER, member=GONE, vehicles=[], may_give=False, may_suspend=False, cancelled_late=None),
    "member-suspended": HERS,
    "member-answered": replace(HERS, suspension=ANSWERED, may_suspend=True, mine=False),
    "member-recovering": replace(MEMBER, recovering=RECOVERING),
    "member-to-vouch-for": replace(MEMBER, recovering=CONFIRMED, may_suspend=False, may_recover=False, may_give=False),
    "member-vouched-for-elsewhere": replace(MEMBER, threatened=VOUCHED.recovery.due_at, may_suspend=False),
    "member-vouched-for": replace(MEMBER, recovering=VOUCHED, may_recover=False, may_suspend=False, mine=True),
    "refusing": RefusingRecovery(
        token="t", threatened=Threatened(coop_name="Les Voisins du Diois", asked_by="Inès", vouched_by="Jean")
    ),
    "invite": Inviting(
        opened=[
            Opened(invitation_id=ID, kind=InvitationKind.MAIL, until=at(27, 20), link=JOIN),
            Opened(invitation_id=ID, kind=InvitationKind.POSTER, until=NOW, link=JOIN),
        ]
    ),
    "poster": POSTER,
    "letters": LETTERS,
    "letters-none": replace(LETTERS, letters=[], after=None),
    "poster-none": replace(POSTER, link=None, typed=None, until=None),
    "bank_account": BankAccount(holder="Les Voisins du Diois", iban=IBAN),
}
