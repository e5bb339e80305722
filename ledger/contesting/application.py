"""The door for writing contests."""

from uuid import UUID

from kernel.command import Asked, Done
from kernel.log.door import Door
from kernel.log.transaction import Transaction
from kernel.refused import Unknown
from ledger.contesting import queries
from ledger.contesting.commands import (
    AgreeToContest,
    ContestBurden,
    DecideContest,
    GiveTimeToContest,
    TakeContestBack,
)
from ledger.contesting.contest import Contest, TimeToContest, contest_id, time_id
from ledger.contesting.events import BurdenContested
from ledger.contesting.parts import lines_of
from ledger.contesting.queries import BurdenRow
from ledger.door import Events, asking_member
from ledger.entries.entry import borne_by
from ledger.entries.queries import entry
from ledger.spending.expense import Expense


class Contesting(Door):
    """What others put on one's account, contested; and how that ends."""

    def give_time_to_contest(self, command: GiveTimeToContest, asked: Asked) -> Done:
        """Let those who bear something by another's hand contest it until an instant, once."""

        def decide(time: TimeToContest, transaction: Transaction) -> Events:
            return time.give(command, queries.bearers(transaction.connection, command.coop_id, command.burden_id))

        return self._history.start(TimeToContest, time_id(command.burden_id), command, asked, decide)

    def contest_burden(self, command: ContestBurden, asked: Asked) -> Done:
        """Contest what another put on one's account, while there is time: from here on it stands apart."""
        me = asking_member(asked)

        def decide(contest: Contest, transaction: Transaction) -> Events:
            transaction.hold_all()  # a plan drawn up meanwhile asks for it whole, or not at all
            burden = queries.burden(transaction.connection, command.coop_id, command.burden_id, me)
            if burden is None:
                raise Unknown
            contested = BurdenContested(
                burden_id=burden.burden_id,
                cause=burden.cause,
                account=me,
                cents=burden.cents,
                across=_across(transaction, burden),
                put_by=burden.put_by,
                reason=transaction.seal(me, command.reason),
            )
            return contest.open(contested, at=asked.at, until=burden.until)

        return self._history.start(Contest, contest_id(command.burden_id, me), command, asked, decide)

    def take_contest_back(self, command: TakeContestBack, asked: Asked) -> Done:
        """Accept to bear what one contested: it counts as before."""

        def decide(contest: Contest, transaction: Transaction) -> Events:
            transaction.hold_all()
            return contest.take_back(by=asked.by)

        return self._history.change(Contest, command.contest_id, command, asked, decide)

    def agree_to_contest(self, command: AgreeToContest, asked: Asked, account: UUID) -> Done:
        """Agree, for an account it is owed to, that it is not hers."""

        def decide(contest: Contest, transaction: Transaction) -> Events:
            transaction.hold_all()
            return contest.agree(by=asked.by, account=account)

        return self._history.change(Contest, command.contest_id, command, asked, decide)

    def decide_contest(self, command: DecideContest, asked: Asked) -> Done:
        """Decide whether she bears it, for a reason."""

        def decide(contest: Contest, transaction: Transaction) -> Events:
            transaction.hold_all()
            reason = transaction.seal(asking_member(asked), command.reason)
            return contest.decide(bears=command.outcome == "borne", by=asked.by, reason=reason)

        return self._history.change(Contest, command.contest_id, command, asked, decide)


def _across(transaction: Transaction, burden: BurdenRow) -> dict[UUID, int]:
    """Return to whom it is owed, and how many cents of it."""
    if burden.cause == "expense":
        pairs = transaction.read(Expense, burden.burden_id).spread(burden.burden_id).pairs()
        return {pair.payer: pair.cents for pair in pairs if pair.bearer == burden.account != pair.payer}
    found = entry(transaction.connection, transaction.coop_id, burden.burden_id)
    if found is None:
        raise Unknown
    lines = borne_by(burden.account, lines_of(found), found.because)
    return {line.account: line.amount.cents for line in lines if line.account != burden.account}
