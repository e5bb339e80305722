"""Links that were mailed and not opened yet, and members who have lost their mailbox, each as far as one can be."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert, update

from governance import commands as g
from governance.read_models import members
from governance.recovery.application import Recoveries
from governance.recovery.commands import AskRecovery, ConfirmMailbox, VouchForMember
from people.sign_in import digest_of, sign_in_links
from tests.front.ids import CODE, LINK, LINK_TO_MOVE, LINK_TO_RECOVER, LINK_TO_START, TICKET
from tests.kit.village import COOP, NOW, Village, person_id_of
from usecases.coming_in.links import ComeIn, Intent, Move, Recover, Start

LA_ROUE = Start(
    coop_id=UUID(int=0x0E),
    coop_name="La Roue",
    commune_code="26113",
    pack="light",
    accent=g.Accent.PLUM,
    name="Eve",
    lang="fr",
)


def mail_links(village: Village) -> None:
    """Make a link of each sort whose secret is known."""
    sacha = Move(person_id=person_id_of("Sacha"), name="Sacha", lang="fr", former="sacha@example.org")
    amina = Recover(coop_id=COOP, member_id=village.member("Amina"), number=1, name="Amina", by_name="Claire")
    _mail_link(village, LINK, "sacha@example.org", ComeIn(), ticket=TICKET, code=CODE)
    _mail_link(village, LINK_TO_START, "sacha@example.org", LA_ROUE)
    _mail_link(village, LINK_TO_MOVE, "sacha.b@example.org", sacha)
    _mail_link(village, LINK_TO_RECOVER, "amina.b@example.org", amina)


def lose_mailboxes(village: Village) -> None:
    """Let Claire ask for a new address for three: Amina has not said yes there yet, Jean has, Paul is vouched for."""
    recoveries, zone = Recoveries(village.site.history), ZoneInfo("Europe/Paris")
    for name in ("Amina", "Jean", "Paul"):
        named = {"coop_id": COOP, "member_id": village.member(name)}
        ask = AskRecovery(**named, email=f"{name.lower()}.b@example.org")
        recoveries.ask_recovery(ask, village.asked("Claire"), zone)
        if name != "Amina":
            recoveries.confirm_mailbox(ConfirmMailbox(**named, number=1), village.asked())
    vouch = VouchForMember(coop_id=COOP, member_id=village.member("Paul"))
    recoveries.vouch_for_member(vouch, village.asked("Jean"), zone, address="paul@example.org")
    village.settle()


def known_long(village: Village) -> None:
    """Let everybody have been a member for long: she may ask for a neighbour, and vouch for her."""
    with village.site.writing() as connection:
        connection.execute(update(members).values(joined_at=NOW - timedelta(days=99)))


def _mail_link(
    village: Village, token: str, email: str, intent: Intent, ticket: str | None = None, code: str = ""
) -> None:
    row = {"digest": digest_of(token), "email": email, "intent": msgspec.json.encode(intent)}
    if ticket:
        row |= {"ticket": digest_of(ticket), "code": digest_of(ticket, code)}
    with village.site.writing() as connection:
        connection.execute(insert(sign_in_links), row | {"asked_from": "a phone", "asked_at": village.now})
