"""The co-op itself, for programs."""

from api.places import COOP
from api.web.routes import question
from governance.queries import CoopRow
from usecases.actor import Actor


@question(COOP, who="member")
def coop(actor: Actor) -> CoopRow:
    """The co-op: where it is, how it speaks, where it is paid."""
    return actor.my_coop
