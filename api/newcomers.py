"""Inviting a newcomer by mail, for pages and programs alike."""

from uuid import uuid5

from api.web.visit import Visit
from governance.application import Governance
from governance.commands import IssueInvitation
from governance.events import InvitationKind
from kernel.command import Asked, Done
from kernel.log.history import History
from sending.outbox import Letter, write_letter

MAIL_DAYS = 30


def mail_invitation(visit: Visit, email: str, asked: Asked) -> Done:
    """Send a link that admits one person. Her address is in no event, and forgotten once the mail left."""
    command = IssueInvitation(coop_id=visit.coop_id, kind=InvitationKind.MAIL, days_valid=MAIL_DAYS)
    facts = {"by_name": visit.my_person.name, "path": f"/join/{asked.command_id}", "lang": visit.lang}

    def work(joined: History) -> Done:
        done = Governance(joined).issue_invitation(command, asked)
        letter_id = uuid5(done.stream_id, "letter")
        letter = Letter(letter_id=letter_id, coop_id=visit.coop_id, template="invitation", address=email, facts=facts)
        write_letter(joined.connection, letter, visit.now)
        return done

    return visit.site.history.together(work)
