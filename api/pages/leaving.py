"""Leaving the co-op: what stays, what goes, and what has to be done first."""

from api.pages.declared import get, post
from api.speech.refusals import said
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from governance.commands import EraseMember, LeaveCoop
from governance.queries import coops_of
from kernel.money import Money
from ledger.entries.queries import balance
from usecases import leaving


@get("/coops/{coop_id:uuid}/leave")
def leave_form(visit: Visit) -> Answer:
    """Show what leaving means, and what stands in its way."""
    found = leaving.hindrances(visit.connection, visit.site.keyring, visit.here, visit.me, visit.now)
    shows = {
        "balance": Money(balance(visit.connection, visit.coop_id, visit.me)),
        "hindrances": [said(each, visit.words) for each in found],
        "elsewhere": len(coops_of(visit.connection, visit.my_person.person_id)) > 1,
    }
    return Page("leave.html", shows)


@post("/coops/{coop_id:uuid}/leave", again=leave_form)
def leave(visit: Visit) -> Answer:
    """Leave; and have one's personal data erased when that was ticked."""
    if not visit.form.ticked("understood"):
        raise Misread({"understood": "Say that you understand: this cannot be undone."})
    erasing = visit.form.ticked("erase")
    me, person_id, asked = visit.me, visit.my_person.person_id, visit.asked()
    command = LeaveCoop(coop_id=visit.coop_id, member_id=me)
    done = leaving.leave(visit.site.history, visit.here, command, asked)
    visit.site.settled(done)
    if not erasing:
        return Go("/", said="You have left the co-op.")
    erase = EraseMember(coop_id=visit.coop_id, member_id=me)
    visit.site.settled(leaving.erase(visit.site.history, person_id, erase, asked.part("erase")))
    with visit.site.reading() as connection:
        gone = not coops_of(connection, person_id)
    return Go("/", said="You have left the co-op; your data are erased.", cookies={"session": ""} if gone else {})
