"""Leaving the co-op: what stays, what goes, and what has to be done first."""

from api import departures
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import Misread
from api.web.refusals import said
from api.web.routes import get, post
from governance.commands import EraseMember, LeaveCoop
from governance.queries import coops_of
from kernel.money import Money
from ledger.entries.queries import balance


@get("/coops/{coop_id:uuid}/leave")
def leave_form(asking: Asking) -> Answer:
    """Show what leaving means, and what stands in its way."""
    found = departures.hindrances(asking.connection, asking.site.keyring, asking.here, asking.me, asking.now)
    shows = {
        "balance": Money(balance(asking.connection, asking.coop_id, asking.me)),
        "hindrances": [said(each, asking.words) for each in found],
        "elsewhere": len(coops_of(asking.connection, asking.my_person.person_id)) > 1,
    }
    return Page("leave.html", shows)


@post("/coops/{coop_id:uuid}/leave", again=leave_form)
def leave(asking: Asking) -> Answer:
    """Leave; and have one's personal data erased when that was ticked."""
    if not asking.form.ticked("understood"):
        raise Misread({"understood": "Say that you understand: this cannot be undone."})
    erasing = asking.form.ticked("erase")
    me, person_id, asked = asking.me, asking.my_person.person_id, asking.asked()
    command = LeaveCoop(coop_id=asking.coop_id, member_id=me)
    done = departures.leave(asking.site.history, asking.here, command, asked)
    asking.site.settled(done)
    if not erasing:
        return Go("/", said="You have left the co-op.")
    erase = EraseMember(coop_id=asking.coop_id, member_id=me)
    asking.site.settled(departures.erase(asking.site.history, person_id, erase, asked.part("erase")))
    with asking.site.reading() as connection:
        gone = not coops_of(connection, person_id)
    return Go("/", said="You have left the co-op; your data are erased.", cookies={"session": ""} if gone else {})
