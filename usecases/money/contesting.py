"""What others put on one's account, until when one may contest it, and who has a say in that.

Whoever put it there never decides, nor do those it is between. The treasurer does; where she is a side herself, or
there is none, a référent; where nobody with a role is free of it, any other member.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from governance.queries import known_coop, roles_of
from governance.roles import Role, holders
from governance.rules.queries import rules_of_coop
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.period import in_waking_hours
from kernel.refused import Unknown
from ledger.contesting.commands import AgreeToContest, DecideContest, Outcome, TakeContestBack
from ledger.contesting.events import BurdenCause
from ledger.contesting.queries import (
    ContestRow,
    ContestState,
    burden,
    burdens_on,
    contest,
    open_contests,
)
from usecases.actor import Actor, asked_of_formers
from usecases.copied import copied
from usecases.money.accounts import acts_for
from usecases.money.books import books_of
from usecases.money.witnessed import check_no_witness_gains


class Burden(msgspec.Struct, frozen=True, kw_only=True):
    """What another put on my account, for me alone: so many cents of `whole_cents`.

    It can be contested `until`; `contest_id` once I did. `kind` is an expense's, else what caused it.
    """

    burden_id: UUID
    cause: BurdenCause
    kind: str
    vehicle_id: UUID | None
    cents: int
    whole_cents: int
    currency: str
    put_by: UUID | None
    put_at: datetime
    until: datetime
    contest_id: UUID | None

    @property
    def amount(self) -> Money:
        """My part of it."""
        return Money(self.cents, self.currency)


class Contested(msgspec.Struct, frozen=True, kw_only=True):
    """A contest, for any member; `state` is open, taken_back, agreed or decided; once `dropped`, she bears it no more.

    `account` contests `cents` of it, owed to those `across`, of whom `agreed` agree with her. `gone` tells that what it
    is about was taken back meanwhile. `reason` and `decision`, `None` once their authors were erased, are told to those
    it is between, who put it there, treasurers and référents, and whoever may decide.
    """

    contest_id: UUID
    burden_id: UUID
    account: UUID
    cause: BurdenCause
    kind: str
    vehicle_id: UUID | None
    cents: int
    currency: str
    across: dict[UUID, int]
    agreed: tuple[UUID, ...]
    put_by: UUID | None
    reason: str | None
    state: ContestState
    dropped: bool
    gone: bool
    contested_at: datetime
    ended_at: datetime | None
    decided_by: UUID | None
    decision: str | None

    @property
    def amount(self) -> Money:
        """Her part of it."""
        return Money(self.cents, self.currency)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an end."""
        return self.state == "open" and not self.gone


def to_contest_until(connection: Connection, coop_id: UUID, since: datetime) -> datetime:
    """Return until when one may contest what another put on one's account at an instant: by the rules, not by night."""
    (until,) = each_to_contest_until(connection, coop_id, [since])
    return until


def each_to_contest_until(connection: Connection, coop_id: UUID, instants: Sequence[datetime]) -> list[datetime]:
    """Return until when one may contest what was put on one's account at each of some instants. Two statements."""
    zone, rules = ZoneInfo(known_coop(connection, coop_id).time_zone), rules_of_coop(connection, coop_id)
    days = [int(rules.in_force(since)["contest_days"].number) for since in instants]
    return [in_waking_hours(since + timedelta(days=some), zone) for since, some in zip(instants, days, strict=True)]


def burdens_of_mine(actor: Actor) -> list[Burden]:
    """Return what others put on the reader's account and she may still contest, or has contested, newest first."""
    rows = burdens_on(actor.connection, actor.coop_id, actor.me, actor.now)
    return [copied(row, Burden, currency=actor.currency) for row in rows]


def burden_of_mine(actor: Actor, burden_id: UUID) -> Burden:
    """Return what another put on the reader's account; refuses `Unknown`."""
    row = burden(actor.connection, actor.coop_id, burden_id, actor.account)
    if row is None:
        raise Unknown
    return copied(row, Burden, currency=actor.currency)


def known_contest(actor: Actor, contest_id: UUID) -> ContestRow:
    """Return a contest of this co-op; refuses `Unknown`."""
    found = contest(actor.connection, actor.coop_id, contest_id)
    if found is None:
        raise Unknown
    return found


def contested(actor: Actor, rows: Sequence[ContestRow]) -> list[Contested]:
    """Return contests with their reasons opened, all at once."""
    texts = actor.opened_all(text for row in rows for text in (row.reason, row.decision))
    return [
        copied(
            row,
            Contested,
            currency=actor.currency,
            reason=texts.get(row.reason),
            decision=texts.get(row.decision) if row.decision else None,
        )
        for row in rows
    ]


def contests_of_mine(actor: Actor) -> list[Contested]:
    """Return the open contests of the reader's own parts, also of who has left; the oldest first."""
    rows = open_contests(actor.connection, actor.coop_id)
    return contested(actor, [row for row in rows if row.account == actor.account])


def contests_asked_of(actor: Actor) -> list[ContestRow]:
    """Return the open contests that wait for the reader: to agree, or to decide."""
    rows, mine = open_contests(actor.connection, actor.coop_id), acts_for(actor)
    roles = roles_of(actor.connection, actor.coop_id, actor.now) if rows else {}
    return [
        row for row in rows if _to_agree(row, actor.me, mine) or actor.me in deciders(roles, sides_of(row), {actor.me})
    ]


@asked_of_formers
def bears_burden(actor: Actor, burden_id: UUID) -> bool:
    """Bears a part of it, by another's hand."""
    return burden(actor.connection, actor.coop_id, burden_id, actor.account) is not None


@asked_of_formers
def reads_contest(actor: Actor, contest_id: UUID) -> bool:
    """Is a member; or has left, and is one of those it is between."""
    return actor.member is not None or actor.account in sides_of(known_contest(actor, contest_id))


@asked_of_formers
def contests_part(actor: Actor, contest_id: UUID) -> bool:
    """Contests it herself."""
    return known_contest(actor, contest_id).account == actor.account


@asked_of_formers
def is_owed_part(actor: Actor, contest_id: UUID) -> bool:
    """Is owed the part that is contested, or is the treasurer where the co-op is; never who contests it."""
    found = known_contest(actor, contest_id)
    return found.account != actor.account and not acts_for(actor).isdisjoint(found.across)


def decides_contest(actor: Actor, contest_id: UUID) -> bool:
    """Is the treasurer, or where she is a side of it a référent, else any member; and no side of it herself."""
    return _may_decide(actor, sides_of(known_contest(actor, contest_id)))


def is_told_reasons(actor: Actor, contest: Contested) -> bool:
    """Those it is between, who put it there, treasurers and référents, and whoever may decide."""
    sides = sides_of(contest)
    return actor.holds(Role.TREASURER, Role.REFERENT) or actor.account in sides or _may_decide(actor, sides)


def agree_to_contest(actor: Actor, command: AgreeToContest, asked: Asked) -> Done:
    """Agree that it is not hers: the reader for herself, or for the co-op as its treasurer.

    Refuses with `WitnessGains`, and as the ledger does.
    """
    found = known_contest(actor, command.contest_id)
    waiting = sorted(_to_agree(found, actor.account, acts_for(actor)))
    _check_may_end(actor, found, "dropped")
    account = next(iter(waiting), actor.account)
    return books_of(actor).agree_to_contest(command, replace(asked, by=actor.account), account)


def decide_contest(actor: Actor, command: DecideContest, asked: Asked) -> Done:
    """Decide whether she bears it. Refuses with `WitnessGains`, and as the ledger does."""
    _check_may_end(actor, known_contest(actor, command.contest_id), command.outcome)
    return books_of(actor).decide_contest(command, asked)


def take_contest_back(actor: Actor, command: TakeContestBack, asked: Asked) -> Done:
    """Accept to bear what one contested. Refuses with `WitnessGains`, and as the ledger does."""
    _check_may_end(actor, known_contest(actor, command.contest_id), "borne")
    return books_of(actor).take_contest_back(command, replace(asked, by=actor.account))


def sides_of(contest: ContestRow | Contested) -> frozenset[UUID]:
    """Return those a contest is between, and who put it there."""
    by = {contest.put_by} if contest.put_by else set()
    return frozenset({contest.account, *contest.across, *by})


def gaining(contest: ContestRow | Contested, outcome: Outcome) -> frozenset[UUID]:
    """Return who gains as a contest ends: who contests it where it is dropped, else those her part is owed to."""
    return frozenset({contest.account} if outcome == "dropped" else contest.across)


def deciders(
    roles: Mapping[UUID, Collection[Role]], sides: Collection[UUID], members: Collection[UUID]
) -> frozenset[UUID]:
    """Return who may decide between some sides: treasurers who are none; référents too, where a treasurer is one.

    Where nobody with a role is free of it, those of some `members` who are: none of them decides else.
    """
    treasurers = holders(roles, Role.TREASURER)
    found = treasurers if treasurers and treasurers.isdisjoint(sides) else treasurers | holders(roles, Role.REFERENT)
    return found.difference(sides) or frozenset(members).difference(sides)


def _check_may_end(actor: Actor, found: ContestRow, outcome: Outcome) -> None:
    if found.state == "open":
        check_no_witness_gains(actor, gaining(found, outcome))


def _may_decide(actor: Actor, sides: Collection[UUID]) -> bool:
    """Tell whether a member may decide between some sides; who has left may not."""
    if actor.member is None:
        return False
    return actor.me in deciders(roles_of(actor.connection, actor.coop_id, actor.now), sides, {actor.me})


def _to_agree(row: ContestRow, me: UUID, mine: Collection[UUID]) -> set[UUID]:
    """Return for whom the reader may agree still: for nobody, where she contests it herself."""
    if row.account == me:
        return set()
    return {account for account in row.across if account in mine and account not in row.agreed}
