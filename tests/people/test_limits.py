"""What costs others is limited within a day, for each person and each co-op, however many ask at the same instant."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from kernel.database import reading, writing
from people.limits import (
    COOPS,
    INVITATIONS,
    LIMITS,
    MEGABYTES,
    EnoughForNow,
    Limit,
    TooManyInvitations,
    forget_spent,
    spend,
    spent,
)
from tests.kit.races import refused_at_once

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
HERE, THERE = UUID(int=1), UUID(int=2)
CLAIRE, JEAN, AMINA = UUID(int=11), UUID(int=12), UUID(int=13)
DAY = timedelta(days=1)


def do(
    engine: Engine, limit: Limit, who: UUID, coop_id: UUID | None = HERE, at: datetime = NOW, amount: int = 1
) -> None:
    with writing(engine) as connection:
        spend(connection, limit, at, person_id=who, coop_id=coop_id, amount=amount)


def test_a_person_may_do_so_much_within_a_day_wherever_she_does_it(engine: Engine) -> None:
    for number in range(INVITATIONS.a_person):
        do(engine, INVITATIONS, CLAIRE, (HERE, THERE)[number % 2], NOW + timedelta(minutes=number))
    later = NOW + timedelta(hours=12)
    with pytest.raises(TooManyInvitations) as refused:
        do(engine, INVITATIONS, CLAIRE, THERE, later)
    assert refused.value.details == {"most": INVITATIONS.a_person, "again": NOW + DAY}
    assert refused.value.seconds_from(later) == 12 * 3600
    do(engine, INVITATIONS, JEAN, at=later)
    do(engine, COOPS, CLAIRE, at=later)
    do(engine, INVITATIONS, CLAIRE, at=NOW + DAY)
    with pytest.raises(TooManyInvitations):
        do(engine, INVITATIONS, CLAIRE, at=NOW + DAY)


def test_a_co_op_may_do_so_much_within_a_day_whoever_does_it(engine: Engine) -> None:
    for number in range(INVITATIONS.a_coop):
        do(engine, INVITATIONS, (CLAIRE, JEAN)[number % 2])
    with pytest.raises(TooManyInvitations) as refused:
        do(engine, INVITATIONS, AMINA)
    assert refused.value.details["most"] == INVITATIONS.a_coop
    do(engine, INVITATIONS, AMINA, THERE)


def test_what_is_refused_is_not_counted(engine: Engine) -> None:
    for minutes in (0, 1):
        do(engine, MEGABYTES, CLAIRE, amount=MEGABYTES.a_person // 2, at=NOW + timedelta(minutes=minutes))
    with pytest.raises(EnoughForNow) as refused:
        do(engine, MEGABYTES, CLAIRE, amount=10, at=NOW + timedelta(minutes=2))
    assert refused.value.details["again"] == NOW + DAY
    do(engine, MEGABYTES, CLAIRE, amount=10, at=NOW + DAY)


def test_the_limit_holds_however_many_ask_at_once(engine: Engine) -> None:
    asking = [lambda: do(engine, COOPS, CLAIRE, None)] * (COOPS.a_person + 7)
    met = refused_at_once(*asking)
    assert Counter(type(each) for each in met) == {type(None): COOPS.a_person, COOPS.refusal: 7}


def test_after_a_day_nothing_of_it_is_kept(engine: Engine) -> None:
    do(engine, COOPS, CLAIRE, at=NOW)
    do(engine, COOPS, CLAIRE, at=NOW + timedelta(hours=1))
    with writing(engine) as connection:
        forget_spent(connection, NOW + DAY)
    with reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(spent)).scalar() == 2  # hers, and her co-op's


def test_what_was_done_while_the_clock_stood_wrong_keeps_nobody_from_anything(engine: Engine) -> None:
    for _ in range(COOPS.a_person):
        do(engine, COOPS, CLAIRE, at=NOW + 365 * DAY)
    do(engine, COOPS, CLAIRE, at=NOW)
    with writing(engine) as connection:
        forget_spent(connection, NOW)
        assert connection.execute(select(func.count()).select_from(spent)).scalar() == 2  # of today, hers and theirs


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.what)
def test_who_hosts_is_told_the_numbers(limit: Limit) -> None:
    told = (Path(__file__).parents[2] / "docs" / "limits.md").read_text()
    assert f"| {limit.what} | {limit.a_person:,} | {limit.a_coop:,} |" in told
