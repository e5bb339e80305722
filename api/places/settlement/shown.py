"""A transfer of a plan: as any member may read it, and as a page shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kernel.money import Money
from ledger.settlement.queries import PlanLineRow, PlanState
from usecases.actor import Actor
from usecases.copied import copied
from usecases.money.accounts import Holder, Holders
from usecases.money.acting import Acting
from usecases.money.paying import Payable, answer_due, iban_lacking, payable, still_pays, time_to_confirm
from usecases.money.witnessed import witnesses_among
from usecases.undoing.undoable import Undoable, undoable_of_transfer


class Transfer(Payable, frozen=True, kw_only=True):
    """A transfer of a plan, for any member, and all a bank wants where the reader still has to pay it.

    Of its cents, `received_cents` have come, `said_cents` are said to be paid and wait for its receiver, and
    `left_cents` are to be paid. `undone` are the entries behind it that were undone since the plan was drawn up, newest
    first, while it is not confirmed; `undone_payment` is an entry of what came of it that was undone since. What is
    said to be paid `can_be_corrected` by who said so, and `can_be_denied` by who receives it; `can_be_proven` tells
    whether the reader may confirm it as treasurer, with proof, where its receiver does not. It cannot be confirmed by
    her before `kept_until` whose mail address was given back by the word of who pays. What the reader said of it a
    moment ago is `undoable`.
    """

    plan_id: UUID
    plan_state: PlanState
    line_id: UUID
    currency: str
    cents: int
    received_cents: int
    said_cents: int
    reference: str
    declared_at: datetime | None
    confirmed_at: datetime | None
    entry_id: UUID | None
    undone_payment: UUID | None
    undone: tuple[UUID, ...]
    can_be_declared: bool
    can_be_corrected: bool
    can_be_confirmed: bool
    can_be_denied: bool
    can_be_proven: bool
    undoable: Undoable | None
    kept_until: datetime | None

    @property
    def amount(self) -> Money:
        """What was asked in all."""
        return Money(self.cents, self.currency)

    @property
    def received(self) -> Money:
        """What has come of it."""
        return Money(self.received_cents, self.currency)

    @property
    def said(self) -> Money:
        """What is said to be paid of it, and waits for its receiver."""
        return Money(self.said_cents, self.currency)

    @property
    def left(self) -> Money:
        """What is still to be paid of it."""
        return Money(self.left_cents, self.currency)

    @property
    def said_in_all(self) -> Money:
        """What its debtor says she has paid of it in all, with what has come."""
        return self.received + self.said

    @property
    def is_in_parts(self) -> bool:
        """Whether some of it is paid or said to be, and not all of it in one way."""
        return 0 < self.received_cents < self.cents or 0 < self.said_cents < self.cents


class Proven(msgspec.Struct, frozen=True):
    """By whom some of a transfer was confirmed, and by which words; `None` where they are not for the reader."""

    by: Holder
    words: str | None


class ShownTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer of a plan, between whom, and whether the reader pays it, for herself or for the co-op.

    `proven_by` are the treasurers who confirmed some of it where its receiver did not, `lacks_iban` whose account the
    reader can write down: her own, or the common purse's that she keeps; `to_pay` whether she reads how to pay it.
    """

    transfer: Transfer
    debtor: Holder
    receiver: Holder
    i_pay: bool
    to_pay: bool
    lacks_iban: Literal["mine", "purse"] | None
    proven_by: Sequence[Holder]

    @property
    def proven(self) -> list[Proven]:
        """By whom some of it was confirmed, and by what, where the reader is told."""
        proofs = self.transfer.proofs or (None,) * len(self.proven_by)
        return [Proven(holder, words) for holder, words in zip(self.proven_by, proofs, strict=True)]


def transfers_of(
    actor: Actor, lines: Sequence[PlanLineRow], undone: Mapping[UUID, tuple[UUID, ...]]
) -> tuple[Transfer, ...]:
    """Return transfers as the reader sees them; `undone` are the entries undone since their plan, by account."""
    texts = actor.opened_all(proven.proof for line in lines for proven in line.proofs)
    provable = _provable(actor, lines)
    asked = (line.debtor for line in lines if line.can_be_confirmed or line.line_id in provable)
    kept = witnesses_among(actor, asked)
    return tuple(
        copied(
            line,
            Transfer,
            currency=actor.currency,
            undone=_behind(line, undone),
            can_be_confirmed=line.can_be_confirmed and line.debtor not in kept,
            can_be_proven=line.line_id in provable and line.debtor not in kept,
            undoable=undoable_of_transfer(actor, line),
            kept_until=kept.get(line.debtor),
            **msgspec.structs.asdict(payable(actor, line, texts)),
        )
        for line in lines
    )


def _behind(line: PlanLineRow, undone: Mapping[UUID, tuple[UUID, ...]]) -> tuple[UUID, ...]:
    entries = (*undone.get(line.debtor, ()), *undone.get(line.receiver, ())) if line.state != "confirmed" else ()
    return tuple(dict.fromkeys(entries))


def _provable(actor: Actor, lines: Sequence[PlanLineRow]) -> frozenset[UUID]:
    """Return the transfers whose receivers let their time pass, and that the reader may confirm with proof."""
    said = (line for line in lines if line.declared_at and line.state == "declared" and not line.can_be_confirmed)
    acting = Acting(actor)
    hers = [line for line in said if acting.proves(line)]
    if not hers:
        return frozenset()
    given = time_to_confirm(actor)
    return frozenset(
        line.line_id for line in hers if line.declared_at and answer_due(actor, line.declared_at, given) <= actor.now
    )


def shown_transfers(actor: Actor, transfers: Sequence[Transfer], holders: Holders) -> list[ShownTransfer]:
    """Return transfers as a page shows them; their names are asked for at once."""
    sides = (side for row in transfers for side in (row.debtor, row.receiver, *row.proven_by))
    holders.meet(sides)
    acting = Acting(actor)
    return [
        ShownTransfer(
            transfer=transfer,
            debtor=holders.of(transfer.debtor),
            receiver=holders.of(transfer.receiver),
            i_pay=acting(transfer.debtor, transfer.receiver),
            to_pay=transfer.can_be_declared and still_pays(actor, transfer),
            lacks_iban=iban_lacking(actor, transfer.receiver),
            proven_by=[holders.of(member) for member in transfer.proven_by],
        )
        for transfer in transfers
    ]
