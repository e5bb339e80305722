"""Whether a member's balance keeps her from booking, or will: told to herself and to référents."""

from uuid import UUID

from api.places.members.member import MEMBER
from api.web.routes import question
from usecases.actor import Actor
from usecases.leaving import is_herself_or_referent
from usecases.money.owing import Owing, owing_of


@question(f"{MEMBER}/owing", who=is_herself_or_referent)
def owing(actor: Actor, member_id: UUID) -> tuple[Owing, ...]:
    """Since when her balance is under the lowest one, and from when on she books nothing new; mostly none."""
    found = owing_of(actor, member_id)
    return (found,) if found else ()
