"""What one still lacks to be ready, and who joined lately: on Home, and for programs."""

from api.places import COOP
from api.web.routes import question
from governance.inviting.queries import Newcomer
from usecases.actor import Actor
from usecases.home import newcomers as lately
from usecases.home import ready
from usecases.home.ready import ToBeReady


@question(f"{COOP}/to-be-ready", who="member")
def to_be_ready(actor: Actor) -> ToBeReady:
    """What I still lack to be ready, my vehicles that wait for papers, and for référents the co-op's first steps."""
    return ready.to_be_ready(actor)


@question(f"{COOP}/newcomers", who="member")
def newcomers(actor: Actor) -> tuple[Newcomer, ...]:
    """The last few neighbours who joined in the last seven days, the latest first."""
    return lately.newcomers(actor)
