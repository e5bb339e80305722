"""Being erased: asked for by who has left, and undone by her until its day."""

from msgspec.structs import replace

from api.places.profile.leaving import MEMBER
from api.places.settlement.left import show_open_account
from api.web.acts import Undo, act
from governance.application import Governance
from governance.commands import AskErasure, WithdrawErasure
from governance.member import member_id_of
from kernel.command import Asked, Done
from kernel.refused import NotYours
from kernel.text import N_
from usecases.actor import Actor
from usecases.leaving import has_left_herself

GOODBYE = "/coops/{coop_id}/open-account"


@act(
    f"{MEMBER}/erasure",
    who="person",
    page=show_open_account,
    said=N_("It is noted. Your data are erased in thirty days: you may still keep them."),
    then=GOODBYE,
    undo=Undo("/coops/{coop_id}/members/{member_id}/erasure/end"),
    example={},
)
def erase_member(actor: Actor, command: AskErasure, asked: Asked) -> Done:
    """Ask that one's own personal data be erased in thirty days, after leaving. Erasing another's needs a vote."""
    me = member_id_of(command.coop_id, actor.my_person.person_id)
    if actor.member is None and command.member_id != me:
        raise NotYours  # whoever else there is: strangers learn nothing of it
    return Governance(actor.history).ask_erasure(command, replace(asked, by=me))


@act(
    f"{MEMBER}/erasure/end",
    who=has_left_herself,
    page=show_open_account,
    said=N_("Nothing is erased: your data stay. To come back to the co-op, ask a neighbour for an invitation."),
    then=GOODBYE,
    lasting="Her erasure is asked for again.",
    example={},
)
def keep_member(actor: Actor, command: WithdrawErasure, asked: Asked) -> Done:
    """Change one's mind: keep what was to be erased."""
    return Governance(actor.history).withdraw_erasure(command, replace(asked, by=actor.account))
