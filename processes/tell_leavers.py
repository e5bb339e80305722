"""When a former member is to be erased, she is told until when she may change her mind: at once, and a week before."""

from governance.events import ErasureAsked, ErasureReminded
from kernel.event import Recorded
from kernel.log.history import History
from processes.write_letters import tell

_LETTERS = {ErasureAsked: "erasure_asked", ErasureReminded: "erasure_near"}


def tell_of_erasure(recorded: Recorded[ErasureAsked | ErasureReminded], history: History) -> None:
    """Tell her when she is erased, and where she says that she is not to be."""
    facts = {"about": str(recorded.stream_id), "until": recorded.event.due_at.isoformat()}
    tell(recorded, history, _LETTERS[type(recorded.event)], (recorded.stream_id,), facts)
