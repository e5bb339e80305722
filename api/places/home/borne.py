"""What is borne by another's hand: put on my account, contested before me, waiting for my yes."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from api.places.contests.burden import PutOnMe, put_on_me
from booking.queries import BookingRow
from kernel.money import Money
from ledger.contesting.queries import ContestRow
from ledger.spending.queries import ExpenseRow
from usecases.actor import Actor
from usecases.driving.losing import purse_lost_lately
from usecases.money.accounts import Holder, Holders
from usecases.money.contesting import burdens_of_mine, contests_asked_of
from usecases.money.spending import asked_for_yes
from usecases.neighbours import Neighbours

MOST_CARDS = 3  # of what was put on my account: a page of their own has them all


class AskedContest(msgspec.Struct, frozen=True, kw_only=True):
    """A contest that waits for me: to agree, or to decide."""

    contest_id: UUID
    contester: Holder
    amount: Money


class AskedForYes(msgspec.Struct, frozen=True, kw_only=True):
    """An expense over the voted limit that waits for a yes, which I may say."""

    expense_id: UUID
    noted_by: Holder | None
    amount: Money


class PurseLost(msgspec.Struct, frozen=True, kw_only=True):
    """A trip set right by which the common purse, for which I speak, has less."""

    booking_id: UUID
    vehicle_name: str | None
    set_right_by: Holder | None


class Borne(msgspec.Struct, frozen=True, kw_only=True):
    """What was put on my account by others, so many `more` unshown; contests, expenses, trips that wait for me."""

    put_on_me: Sequence[PutOnMe]
    more: int
    contests: Sequence[AskedContest]
    waiting: Sequence[AskedForYes]
    purse_lost: Sequence[PurseLost]

    @property
    def asks(self) -> bool:
        """Whether there is any of it."""
        return bool(self.put_on_me or self.contests or self.waiting or self.purse_lost)


def borne_by_others(actor: Actor, neighbours: Neighbours) -> Borne:
    """Return what is borne by another's hand and concerns the reader."""
    burdens = [burden for burden in burdens_of_mine(actor) if burden.contest_id is None]
    shown, contests, expenses = burdens[:MOST_CARDS], contests_asked_of(actor), asked_for_yes(actor)
    lost = purse_lost_lately(actor)
    neighbours.meet(
        members=[
            *(burden.put_by for burden in shown),
            *(contest.account for contest in contests),
            *(expense.recorded_by for expense in expenses),
            *(trip.corrected_by for trip in lost),
        ],
        vehicles=[*(burden.vehicle_id for burden in shown), *(trip.vehicle_id for trip in lost)],
    )
    holders = Holders(actor, neighbours)
    return Borne(
        put_on_me=put_on_me(shown, neighbours, holders),
        more=len(burdens) - len(shown),
        contests=[_contest(actor, contest, holders) for contest in contests],
        waiting=[_waiting(actor, expense, holders) for expense in expenses],
        purse_lost=[_lost(trip, neighbours, holders) for trip in lost],
    )


def _contest(actor: Actor, row: ContestRow, holders: Holders) -> AskedContest:
    return AskedContest(contest_id=row.contest_id, contester=holders.of(row.account), amount=actor.money(row.cents))


def _waiting(actor: Actor, row: ExpenseRow, holders: Holders) -> AskedForYes:
    noted_by = holders.of(row.recorded_by) if row.recorded_by else None
    return AskedForYes(expense_id=row.expense_id, noted_by=noted_by, amount=actor.money(row.cents))


def _lost(row: BookingRow, neighbours: Neighbours, holders: Holders) -> PurseLost:
    by = holders.of(row.corrected_by) if row.corrected_by else None
    return PurseLost(booking_id=row.booking_id, vehicle_name=neighbours.vehicle(row.vehicle_id), set_right_by=by)
