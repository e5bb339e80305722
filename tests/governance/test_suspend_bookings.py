"""A référent keeps a member from booking for 15 days, once; she is told why and answers."""

from datetime import timedelta
from uuid import UUID

import pytest

from governance import commands as c
from governance.member import Member, NeedsAVote, NotSuspended
from governance.roles import Role
from governance.suspension.queries import Suspension, suspension_of
from kernel.command import Asked
from kernel.refused import NotYours, Unknown
from tests.governance.given import COOP
from tests.governance.village import Village

WHY = "Three returns without a word, each hours late."


def suspend(village: Village, member: UUID, asked: Asked | None = None) -> None:
    command = c.SuspendBookings(coop_id=COOP, member_id=member, reason=WHY)
    village.governance.suspend_bookings(command, asked or village.asked(village.founder))


def answer(village: Village, member: UUID, by: UUID) -> None:
    village.governance.answer_suspension(
        c.AnswerSuspension(coop_id=COOP, member_id=member, answer="I was ill."), village.asked(by)
    )


def lift(village: Village, member: UUID, by: UUID) -> None:
    village.governance.lift_suspension(c.LiftSuspension(coop_id=COOP, member_id=member), village.asked(by))


def known(village: Village, member: UUID) -> Suspension:
    found = village.ask(suspension_of, village.history.keyring, COOP, member)
    assert isinstance(found, Suspension)
    return found


def test_it_lasts_fifteen_days_and_says_why_to_her(village: Village) -> None:
    bruno = village.join("Bruno")
    assert village.ask(suspension_of, village.history.keyring, COOP, bruno) is None
    suspend(village, bruno)
    suspension = known(village, bruno)
    assert (suspension.until - suspension.since, suspension.since) == (timedelta(days=15), village.now)
    assert (suspension.reason, suspension.answer, suspension.by) == (WHY, None, village.founder)
    answer(village, bruno, bruno)
    assert known(village, bruno).answer == "I was ill."
    with pytest.raises(NotSuspended):
        answer(village, bruno, bruno)


def test_a_second_time_it_needs_a_vote_even_once_lifted(village: Village) -> None:
    bruno = village.join("Bruno")
    suspend(village, bruno)
    lift(village, bruno, village.founder)
    assert known(village, bruno).until == village.now
    village.now += timedelta(days=400)
    with pytest.raises(NeedsAVote):
        suspend(village, bruno)


def test_only_a_referent_suspends_and_lifts_and_never_herself(village: Village) -> None:
    bruno, chloe = village.join("Bruno"), village.join("Chloé")
    village.give(chloe, Role.TREASURER)
    for by, whom in ((bruno, bruno), (chloe, bruno), (village.founder, village.founder)):
        with pytest.raises(NotYours):
            suspend(village, whom, village.asked(by))
    suspend(village, bruno)
    for by in (bruno, chloe):
        with pytest.raises(NotYours):
            lift(village, bruno, by)
    for by in (chloe, village.founder):
        with pytest.raises(NotYours):
            answer(village, bruno, by)


def test_who_is_no_member_is_not_suspended(village: Village) -> None:
    bruno = village.join("Bruno")
    village.leave(bruno)
    with pytest.raises(Unknown):
        suspend(village, bruno)
    with pytest.raises(NotSuspended):
        Member().answer(answer=None)  # type: ignore[arg-type]


def test_asked_twice_it_happens_once(village: Village) -> None:
    bruno, once = village.join("Bruno"), village.asked(village.founder)
    for _ in range(2):
        suspend(village, bruno, once)
    assert known(village, bruno).since == village.now


def test_erased_with_her_are_the_words_of_it(village: Village) -> None:
    bruno = village.join("Bruno")
    suspend(village, bruno)
    answer(village, bruno, bruno)
    village.leave(bruno)
    village.erase(bruno)
    assert (known(village, bruno).reason, known(village, bruno).answer) == (None, None)


def test_nobody_is_made_to_leave_or_erased_by_a_referent(village: Village) -> None:
    bruno = village.join("Bruno")
    governance = village.governance
    leaving, erasing = c.LeaveCoop(coop_id=COOP, member_id=bruno), c.EraseMember(coop_id=COOP, member_id=bruno)
    with pytest.raises(NeedsAVote):
        governance.leave_coop(leaving, village.asked(village.founder))
    village.leave(bruno)
    with pytest.raises(NeedsAVote):
        governance.erase_member(erasing, village.asked(village.founder))
