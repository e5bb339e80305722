"""A contest: whose part of what stands apart, why, what those it is owed to say; and how it ends."""

from collections.abc import Sequence
from typing import ClassVar, get_args
from uuid import UUID

import msgspec

from api.places import COOP
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.slice import Slice, Wanted
from kernel.text import N_
from ledger.contesting.commands import AgreeToContest, DecideContest, Outcome, TakeContestBack
from ledger.contesting.queries import contests_slice
from usecases.actor import Actor
from usecases.money import contesting
from usecases.money.accounts import Holder, Holders
from usecases.money.contesting import (
    Contested,
    contested,
    contests_part,
    decides_contest,
    gaining,
    is_owed_part,
    is_told_reasons,
    known_contest,
    reads_contest,
)
from usecases.money.witnessed import KeptApart, kept_apart
from usecases.neighbours import Neighbours

CONTESTS = f"{COOP}/contests"
CONTEST = f"{CONTESTS}/{{contest_id:uuid}}"
BACK = "/coops/{coop_id}/contests/{contest_id}"


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """One to whom the part is owed, how much of it, and whether she agrees that it is not."""

    holder: Holder
    amount: Money
    agrees: bool


class OneContest(View, frozen=True, kw_only=True):
    """A contest, and what the reader can do about it; `tells_why` is whether she may read the reasons.

    `outcomes` are those by which she may end it, `kept` why another of hers waits. Who has left reads no more of what
    it is about.
    """

    template: ClassVar[str] = "contests/contest.html"

    contest: Contested
    vehicle_name: str | None
    contester: Holder
    put_by: Holder | None
    decided_by: Holder | None
    across: Sequence[Owed]
    is_mine: bool
    is_member: bool
    tells_why: bool
    can_agree: bool
    can_decide: bool
    outcomes: Sequence[Outcome] = get_args(Outcome)
    kept: KeptApart | None = None


@page(CONTEST, who=reads_contest)
def show_contest(visit: Visit, contest_id: UUID) -> Page:
    """Show a contest, and what the reader can do about it."""
    actor, shown = visit.actor, contest(visit.actor, contest_id)
    neighbours = Neighbours(actor).meet(vehicles=(shown.vehicle_id,))
    holders = Holders(actor, neighbours)
    holders.meet(filter(None, (shown.account, shown.put_by, shown.decided_by, *shown.across)))
    ways = _ways(actor, shown)
    kept = {way: found for way in ways if (found := kept_apart(actor, gaining(shown, way)))}
    outcomes = [way for way in ways if way not in kept]
    view = OneContest(
        contest=shown,
        vehicle_name=neighbours.vehicle(shown.vehicle_id),
        contester=holders.of(shown.account),
        put_by=holders.of(shown.put_by) if shown.put_by else None,
        decided_by=holders.of(shown.decided_by) if shown.decided_by else None,
        across=_owed(actor, shown, holders),
        is_mine=shown.account == actor.account,
        is_member=actor.member is not None,
        tells_why=is_told_reasons(actor, shown),
        can_agree="dropped" in outcomes and is_owed_part(actor, contest_id),
        can_decide=bool(outcomes) and decides_contest(actor, contest_id),
        outcomes=outcomes,
        kept=next(iter(kept.values()), None),
    )
    return Page(view)


def _owed(actor: Actor, shown: Contested, holders: Holders) -> list[Owed]:
    return [
        Owed(holder=holders.of(account), amount=actor.money(cents), agrees=account in shown.agreed)
        for account, cents in shown.across.items()
    ]


def _ways(actor: Actor, shown: Contested) -> Sequence[Outcome]:
    """Return how the reader may end a contest: she who contests it, who decides, or one it is owed to.

    Of what is owed to the common purse its treasurer may do both: agree for it, or decide either way.
    """
    if not shown.is_open:
        return ()
    if contests_part(actor, shown.contest_id):
        return ("borne",)
    if decides_contest(actor, shown.contest_id):
        return get_args(Outcome)
    return ("dropped",) if is_owed_part(actor, shown.contest_id) else ()


@question(CONTESTS, who="member")
def contests(actor: Actor, query: Wanted) -> Slice[Contested]:
    """The co-op's contests, newest first."""
    found = contests_slice(actor.connection, actor.coop_id, after=query.after, most=query.limit)
    return found.mapped_together(lambda rows: contested(actor, rows))


@question(CONTEST, who=reads_contest)
def contest(actor: Actor, contest_id: UUID) -> Contested:
    """One contest."""
    (found,) = contested(actor, [known_contest(actor, contest_id)])
    return found


@act(
    f"{CONTEST}/withdrawal",
    who=contests_part,
    page=show_contest,
    said=N_("You bear it: it counts as before."),
    then=BACK,
    lasting="Both were told that it counts.",
    example={},
)
def take_contest_back(actor: Actor, command: TakeContestBack, asked: Asked) -> Done:
    """Accept to bear what I contested."""
    return contesting.take_contest_back(actor, command, asked)


@act(
    f"{CONTEST}/agreement",
    who=is_owed_part,
    page=show_contest,
    said=N_("You agree. Once all those it is owed to agree, it is taken off."),
    then=BACK,
    lasting="Both were told; what was right is noted anew.",
    example={},
)
def agree_to_contest(actor: Actor, command: AgreeToContest, asked: Asked) -> Done:
    """Agree, as one it is owed to or as the co-op's treasurer, that it is not hers to bear."""
    return contesting.agree_to_contest(actor, command, asked)


@act(
    f"{CONTEST}/decision",
    who=decides_contest,
    page=show_contest,
    said=N_("It is decided. All sides are told, and read why."),
    then=BACK,
    lasting="It ends the matter: both were told.",
    example={"outcome": "dropped", "reason": "Elle était en congé cette semaine-là."},
)
def decide_contest(actor: Actor, command: DecideContest, asked: Asked) -> Done:
    """Decide whether she bears it, for a reason that all sides read: never as one of them."""
    return contesting.decide_contest(actor, command, asked)
