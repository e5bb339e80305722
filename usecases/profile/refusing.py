"""A way back refused: by the link to the former mailbox, signed in, or by a référent of any of her co-ops."""

from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from governance.queries import coop_row, names_of, persons_behind
from governance.recovery.application import Recoveries
from governance.recovery.commands import (
    RefuseRecovery,
)
from governance.recovery.queries import (
    Asking,
    DueRecovery,
    last_asked,
    recovery_of,
    vouched_for,
)
from governance.recovery.recovery import RecoveryOver, TooLateToRefuse
from kernel.command import Asked, Done
from kernel.log.history import History
from usecases.actor import Actor
from usecases.profile.refusal_link import ToRefuse, read_refusal_token
from usecases.profile.witnesses import memberships_of


def vouched_elsewhere(connection: Connection, coop_id: UUID, member_id: UUID) -> list[DueRecovery]:
    """Return what is vouched for of a member in others of her co-ops: it changes her address here too."""
    person_id = persons_behind(connection, coop_id, (member_id,)).get(member_id)
    known_as = memberships_of(connection, person_id) if person_id else ()
    return vouched_for(connection, (known for known_in, known in known_as if known_in != coop_id))


def refuse_recovery(actor: Actor, command: RefuseRecovery, asked: Asked) -> Done:
    """Refuse it as the member or as a référent of any of her co-ops, wherever it was asked.

    Refuses as governance does.
    """

    def work(within: Actor) -> Done:
        connection, named = within.connection, (command.coop_id, command.member_id)
        unnamed = replace(asked, by=None)  # who asks is no member there
        to_refuse = [
            (RefuseRecovery(coop_id=due.coop_id, member_id=due.member_id), unnamed)
            for due in vouched_elsewhere(connection, *named)
        ]
        if not to_refuse or recovery_of(connection, within.keyring, *named, asked.at):
            to_refuse.insert(0, (command, asked))
        refuse = Recoveries(within.history).refuse_recovery
        done = refuse(*to_refuse[0])
        for there, by in to_refuse[1:]:
            refuse(there, by.part(f"refuse in {there.coop_id}"))
        return done

    return actor.once(command, asked, work)


class Threatened(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever has a former mailbox may refuse: in which co-op, asked by whom, and who vouched."""

    coop_name: str
    asked_by: str | None
    vouched_by: str | None


def look_at_threatened(actor: Actor, token: str) -> Threatened:
    """Return what a link refuses, without refusing it.

    Refuses with `Unknown`, `TooLateToRefuse` once it is done, and `RecoveryOver`.
    """
    about = read_refusal_token(actor.keyring, token)
    asking = _asking(actor.connection, about)
    if asking.state == "done":
        raise TooLateToRefuse
    coop = coop_row(actor.connection, about.coop_id)
    if asking.state != "vouched" or coop is None:
        raise RecoveryOver
    who = (asking.asked_by, asking.vouched_by)
    names = names_of(actor.connection, about.coop_id, filter(None, who))
    asked_by, vouched_by = (names.get(member_id) if member_id else None for member_id in who)
    return Threatened(coop_name=coop.name, asked_by=asked_by, vouched_by=vouched_by)


def refuse_by_link(history: History, token: str, asked: Asked) -> UUID:
    """Refuse by the link that was sent to the former address; return whose address stays.

    Refuses with `Unknown`, and as governance does.
    """
    about = read_refusal_token(history.keyring, token)

    def work(joined: History) -> UUID:
        refuse = RefuseRecovery(coop_id=about.coop_id, member_id=about.member_id)
        Recoveries(joined).refuse_recovery(refuse, asked, about.number)
        return about.member_id

    return history.together(work)


def _asking(connection: Connection, about: ToRefuse) -> Asking:
    """Return what a link is about; refuses with `RecoveryOver` when something else was asked since."""
    asking = last_asked(connection, about.coop_id, about.member_id)
    if asking is None or asking.number != about.number:
        raise RecoveryOver
    return asking
