"""When a member's address is about to be given back, référents are told; then how it ended."""

from governance.queries import members_of, persons_behind
from governance.recovery.events import AddressRecovered, RecoveryDropped, RecoveryRefused, RecoveryVouched
from governance.roles import Role
from kernel.event import Recorded
from kernel.log.history import History
from people.person import person
from processes.write_letters import tell
from sending.outbox import Letter, write_letters
from usecases.profile.witnesses import memberships_of


def tell_of_recovery(recorded: Recorded[RecoveryVouched], history: History) -> None:
    """Tell the référents of all her co-ops: they can ring her, and refuse."""
    connection, vouched = history.connection, recorded.event
    person_id = persons_behind(connection, recorded.coop_id, (vouched.member_id,)).get(vouched.member_id)
    herself = person(connection, person_id) if person_id else None
    if herself is None:
        return
    until = vouched.due_at.isoformat()
    letters = (
        Letter(
            letter_id=recorded.follow_up_id(f"recovery_watched to {row.member_id} in {coop_id}"),
            coop_id=coop_id,
            template="recovery_watched",
            person_id=row.person_id,
            facts={"about": str(member_id), "her_id": str(member_id), "until": until},
        )
        for coop_id, member_id in memberships_of(connection, herself.person_id)
        for row in members_of(connection, coop_id, recorded.recorded_at)
        if row.is_member and row.holds(Role.REFERENT) and row.member_id != member_id
    )
    write_letters(connection, letters, recorded.recorded_at)


def tell_of_recovered(recorded: Recorded[AddressRecovered], history: History) -> None:
    """Tell her, at the new address, that she can come in."""
    tell(recorded, history, "recovery_done", (recorded.event.member_id,), {"about": ""})


def tell_not_recovered(recorded: Recorded[RecoveryRefused | RecoveryDropped], history: History) -> None:
    """Tell who asked and who vouched that nothing changes, and why."""
    ended = recorded.event
    concerned = {ended.asked_by, ended.vouched_by} - {recorded.by, None}
    why = ended.refused_as if isinstance(ended, RecoveryRefused) else ended.because
    facts = {"about": str(ended.member_id), "her_id": str(ended.member_id)} | ({"because": why} if why else {})
    tell(recorded, history, "recovery_ended", (member_id for member_id in concerned if member_id), facts)
