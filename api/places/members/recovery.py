"""A member's way back to her account when her mailbox is lost: asked for, vouched for, and refused."""

from typing import ClassVar
from uuid import UUID, uuid4

import msgspec

from api.places.coming_in.signing_in import Nothing
from api.places.members.member import BACK, MEMBER, one_member, show_member
from api.web.acts import act, write
from api.web.answers import Go, Page, View
from api.web.routes import form, page, question
from api.web.visit import Visit
from governance.recovery.commands import AskRecovery, RefuseRecovery, VouchForMember
from governance.recovery.queries import RecoveryRow, recovery_of
from kernel.command import Asked, Done
from kernel.text import N_
from usecases.actor import Actor
from usecases.leaving import is_herself_or_referent
from usecases.profile import recovering
from usecases.profile import refusing as refusals
from usecases.profile.recovering import SameAddress
from usecases.profile.refusing import Threatened, look_at_threatened
from usecases.profile.witnesses import is_another

RECOVERY = f"{MEMBER}/recovery"
LINK = "/recoveries/{token:str}"


class RefusingRecovery(View, frozen=True, kw_only=True):
    """What is said to whoever has the former mailbox: in which co-op, who asked, and who vouched."""

    template: ClassVar[str] = "members/refusing.html"

    token: str
    threatened: Threatened


class AddressStays(msgspec.Struct, frozen=True, kw_only=True):
    """It was refused: whose address stays as it was."""

    member_id: UUID


@question(f"{MEMBER}/recoveries", who="member")
def recoveries(actor: Actor, member_id: UUID) -> tuple[RecoveryRow, ...]:
    """A member's way back to her account that is under way; mostly none."""
    one_member(actor, member_id)
    found = recovery_of(actor.connection, actor.keyring, actor.coop_id, member_id, actor.now)
    return (found,) if found else ()


@act(
    RECOVERY,
    who="referent",
    page=show_member,
    about={"email": (SameAddress,)},
    said=N_("A link is on its way to the new address. Then another member has to vouch."),
    then=BACK,
    lasting="The member and the référents refuse it.",
    example={"email": "claire.b@example.org"},
)
def ask_recovery(actor: Actor, command: AskRecovery, asked: Asked) -> Done:
    """Ask that mail for a member go to a new address, for she cannot open her mailbox any more."""
    return recovering.ask_recovery(actor, command, asked)


@act(
    f"{RECOVERY}/vouching",
    who=is_another,
    page=show_member,
    said=N_("You have vouched. Her old address is told, and she has three days to refuse."),
    then=BACK,
    lasting="The member has three days to refuse, and so has a référent.",
    example={},
)
def vouch_for_member(actor: Actor, command: VouchForMember, asked: Asked) -> Done:
    """Vouch that it is she who asks, and that the new mailbox is hers."""
    return recovering.vouch_for_member(actor, command, asked)


@act(
    f"{RECOVERY}/refusal",
    who=is_herself_or_referent,
    page=show_member,
    said=N_("It is refused: her address stays as it is."),
    then=BACK,
    lasting="It is asked for again.",
    example={},
)
def refuse_recovery(actor: Actor, command: RefuseRecovery, asked: Asked) -> Done:
    """Refuse that the address change, for as long as it has not, in whichever of her co-ops: herself, or a référent."""
    return refusals.refuse_recovery(actor, command, asked)


@page(LINK, who="everyone")
def refusing(visit: Visit, token: str) -> Page:
    """Show whoever has the former mailbox what is about to happen, to refuse it; opening it does nothing."""
    return Page(RefusingRecovery(token=token, threatened=look_at_threatened(visit.actor, token)))


@form(f"{LINK}/refusal", who="everyone", page=refusing)
def refuse_as_told(visit: Visit, token: str) -> Go:
    """Refuse, by the link that was sent to the former address."""
    refusals.refuse_by_link(visit.actor.history, token, _asked(visit))
    return Go("/", said=N_("It is refused: your address stays as it is. Tell a référent that it was not you."))


@write(f"{LINK}/refusal", who="everyone", example={})
def refuse_by_link(visit: Visit, token: str, body: Nothing) -> AddressStays:  # noqa: ARG001 - an empty body is read as strictly
    """Refuse, by the link that was sent to the former address."""
    return AddressStays(member_id=refusals.refuse_by_link(visit.actor.history, token, _asked(visit)))


def _asked(visit: Visit) -> Asked:
    return Asked(command_id=uuid4(), by=None, at=visit.actor.now)
