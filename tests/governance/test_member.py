from uuid import UUID

import pytest

from governance.commands import JoinCoop
from governance.events import MemberErased, MemberJoined, MemberLeft, MemberReturned
from governance.member import CharterChanged, Member, MembershipErased, MemberState, StillAMember, member_id_of
from kernel.event import Event
from tests.governance.given import COOP, person

INVITATION = UUID(int=5)


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


def test_a_former_member_is_erased_once_and_for_good() -> None:
    assert left().erase() == (MemberErased(),)
    erased = left().after(left().erase())
    assert (erased.person_id, erased.erase()) == (None, ())
    with pytest.raises(MembershipErased):
        join(erased)


def test_a_member_leaves_before_being_erased() -> None:
    with pytest.raises(StillAMember):
        joined().erase()


def test_a_person_has_one_id_in_a_co_op_and_another_in_the_next() -> None:
    assert member_id_of(COOP, person(1)) == member_id_of(COOP, person(1))
    assert member_id_of(COOP, person(1)) != member_id_of(UUID(int=3), person(1))
