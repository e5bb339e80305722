from datetime import timedelta
from uuid import UUID

import pytest

from governance.commands import JoinCoop
from governance.events import (
    ErasureAsked,
    ErasureReminded,
    MemberErased,
    MemberJoined,
    MemberLeft,
    MemberReturned,
)
from governance.member import (
    CharterChanged,
    Member,
    MembershipErased,
    MemberState,
    NotYetErased,
    StillAMember,
    member_id_of,
)
from kernel.event import Event
from tests.governance.given import COOP, DAY, NOON, person

INVITATION, SECOND = UUID(int=5), timedelta(seconds=1)


def join(member: Member, accepted: str = "light-1") -> tuple[Event, ...]:
    command = JoinCoop(coop_id=COOP, invitation_id=INVITATION, person_id=person(1), charter_version=accepted)
    return member.join(command, charter_version="light-1")


def joined() -> Member:
    return Member().after(join(Member()))


def left() -> Member:
    return joined().after(joined().leave())


def test_a_person_joins_and_accepts_the_charter() -> None:
    assert join(Member()) == (MemberJoined(person_id=person(1), invitation_id=INVITATION, charter_version="light-1"),)


def test_joining_twice_changes_nothing() -> None:
    assert join(joined()) == ()


def test_another_charter_than_the_one_read_is_refused() -> None:
    with pytest.raises(CharterChanged):
        join(Member(), accepted="light-0")


def test_leaving_twice_changes_nothing() -> None:
    assert joined().leave() == (MemberLeft(),)
    assert left().leave() == ()
    assert Member().leave() == ()


def test_who_left_may_return() -> None:
    (event,) = join(left())
    assert isinstance(event, MemberReturned)
    assert left().after((event,)).state is MemberState.MEMBER


def asking() -> Member:
    return left().after(left().ask_erasure(at=NOON))


def reminded(days: int = 23) -> Member:
    return asking().after(asking().remind(at=NOON + days * DAY))


def test_who_left_asks_to_be_erased_and_has_thirty_days() -> None:
    assert left().ask_erasure(at=NOON) == (ErasureAsked(due_at=NOON + 30 * DAY),)
    assert asking().ask_erasure(at=NOON + DAY) == ()
    with pytest.raises(StillAMember):
        joined().ask_erasure(at=NOON)


def test_she_is_reminded_once_a_week_before() -> None:
    assert asking().remind(at=NOON + 23 * DAY - SECOND) == ()
    assert asking().remind(at=NOON + 23 * DAY) == (ErasureReminded(due_at=NOON + 30 * DAY),)
    assert reminded().remind(at=NOON + 24 * DAY) == ()


def test_where_the_reminder_is_late_so_is_the_erasure() -> None:
    assert reminded(days=90).erasure_due == NOON + 97 * DAY


def test_a_former_member_is_erased_on_her_day_once_and_for_good() -> None:
    with pytest.raises(NotYetErased):
        reminded().erase(at=NOON + 30 * DAY - SECOND)
    assert reminded().erase(at=NOON + 30 * DAY) == (MemberErased(),)
    erased = reminded().after(reminded().erase(at=NOON + 30 * DAY))
    assert (erased.person_id, erased.erase(at=NOON + 31 * DAY), erased.ask_erasure(at=NOON)) == (None, (), ())
    with pytest.raises(MembershipErased):
        join(erased)


def test_nobody_is_erased_who_did_not_ask_or_was_not_reminded() -> None:
    for member in (left(), asking()):
        with pytest.raises(NotYetErased):
            member.erase(at=NOON + 400 * DAY)


def test_who_changes_her_mind_keeps_all_and_may_ask_again() -> None:
    kept = reminded().after(reminded().withdraw_erasure())
    assert (kept.erasure_due, kept.withdraw_erasure()) == (None, ())
    with pytest.raises(NotYetErased):
        kept.erase(at=NOON + 30 * DAY)
    again = kept.after(kept.ask_erasure(at=NOON + 40 * DAY))
    assert again.remind(at=NOON + 63 * DAY) == (ErasureReminded(due_at=NOON + 70 * DAY),)


def test_who_comes_back_is_not_erased() -> None:
    back = reminded().after(join(reminded()))
    with pytest.raises(StillAMember):
        back.erase(at=NOON + 30 * DAY)
    assert back.erasure_due is None


def test_a_member_leaves_before_being_erased() -> None:
    with pytest.raises(StillAMember):
        joined().erase(at=NOON)


def test_a_person_has_one_id_in_a_co_op_and_another_in_the_next() -> None:
    assert member_id_of(COOP, person(1)) == member_id_of(COOP, person(1))
    assert member_id_of(COOP, person(1)) != member_id_of(UUID(int=3), person(1))
