"""What someone meant to do when she asked for her sign-in link: just come in, join a co-op, or start one.

It travels sealed in the link's row, and is done when the link is used: only then is her mail address proven hers.
"""

from uuid import UUID, uuid4

import msgspec

from api.site import Site
from api.speech.charter import VERSION
from governance.application import Governance
from governance.commands import Accent, JoinCoop, StartCoop
from governance.member import member_id_of
from governance.queries import coops_of, invitation
from kernel.command import Asked
from kernel.refused import Refused, Unknown
from people.person import Person, add_person, person_by_email
from people.sign_in import Link
from territory.communes import commune


class NobodyHere(Refused):
    """Nobody here has this mail address. Ask a neighbour for an invitation, or start a co-op."""


class ComeIn(msgspec.Struct, frozen=True, tag="come in"):
    """Just come in, and go on to a page; who is new here needs a name."""

    to: str = "/"
    name: str = ""
    lang: str = "fr"


class Join(msgspec.Struct, frozen=True, tag="join"):
    """Join the co-op of an invitation, its charter accepted."""

    invitation_id: UUID
    name: str
    phone: str
    lang: str


class Start(msgspec.Struct, frozen=True, tag="start"):
    """Start a co-op, whose id is already made so that it is started once."""

    coop_id: UUID
    coop_name: str
    commune_code: str
    pack: str
    accent: Accent
    name: str
    lang: str


Intent = ComeIn | Join | Start


def sealed(intent: Intent) -> bytes:
    """Return an intent as it is kept with a link."""
    return msgspec.json.encode(intent)


def intent_of(link: Link) -> Intent:
    """Return what a link is for."""
    intent: Intent = msgspec.json.decode(link.intent, type=Intent)
    return intent


def arrive(site: Site, link: Link) -> tuple[UUID, str]:
    """Do what the link was asked for; return the person and the page to go to."""
    match intent_of(link):
        case ComeIn() as coming:
            if not coming.name and _known(site, link.email) is None:
                raise NobodyHere
            return _person(site, link.email, coming.name, coming.lang, ""), coming.to
        case Join() as join:
            person_id = _person(site, link.email, join.name, join.lang, join.phone)
            return person_id, _join(site, person_id, join)
        case Start() as start:
            person_id = _person(site, link.email, start.name, start.lang, "")
            return person_id, _start(site, person_id, start)


def first_page(site: Site, person_id: UUID) -> str:
    """Return where someone lands: her co-op, or the page to start one."""
    with site.reading() as connection:
        mine = coops_of(connection, person_id)
    return f"/coops/{mine[0].coop_id}/" if mine else "/start"


def join_coop(site: Site, person_id: UUID, invitation_id: UUID) -> UUID:
    """Make a person a member by an invitation, its charter accepted; return the co-op."""
    now = site.clock()
    with site.reading() as connection:
        invited = invitation(connection, invitation_id, now)
    if invited is None:
        raise Unknown
    member_id = member_id_of(invited.coop_id, person_id)
    command = JoinCoop(
        coop_id=invited.coop_id, invitation_id=invitation_id, person_id=person_id, charter_version=VERSION
    )
    asked = Asked(command_id=uuid4(), by=member_id, at=now)
    site.settled(Governance(site.history).join_coop(command, asked))
    return invited.coop_id


def start_coop(site: Site, person_id: UUID, start: Start) -> None:
    """Start a co-op with a person as its founder."""
    place = commune(start.commune_code)
    command = StartCoop(
        coop_id=start.coop_id,
        founder_id=person_id,
        name=start.coop_name,
        commune_code=place.code,
        commune_name=place.name,
        departement=place.departement_name,
        time_zone=place.time_zone,
        language="en" if start.lang == "en" else "fr",
        pack=start.pack,
        accent=Accent(start.accent),
        charter_version=VERSION,
    )
    asked = Asked(command_id=start.coop_id, by=None, at=site.clock())
    site.settled(Governance(site.history).start_coop(command, asked))


def _join(site: Site, person_id: UUID, join: Join) -> str:
    return f"/coops/{join_coop(site, person_id, join.invitation_id)}/"


def _start(site: Site, person_id: UUID, start: Start) -> str:
    start_coop(site, person_id, start)
    return f"/coops/{start.coop_id}/"


def _known(site: Site, email: str) -> Person | None:
    with site.reading() as connection:
        return person_by_email(connection, email)


def _person(site: Site, email: str, name: str, lang: str, phone: str) -> UUID:
    known = _known(site, email)
    if known:
        return known.person_id
    newcomer = Person(person_id=uuid4(), email=email, name=name, language=lang, phone=phone or None)
    with site.writing() as connection:
        add_person(connection, newcomer)
    return newcomer.person_id
