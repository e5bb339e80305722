"""Pourquoi ? The proof of one entry: the sum, all sides, the cause, the rule, what undid it; and undoing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from api.places.accounts.entry import ENTRY, known_entry, sealed_in
from api.speech.causes import teller
from api.speech.causes.telling import Agreed, Fact, Link, Step, Teller, Telling
from api.web.acts import act
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from governance.queries import names_of, roles_of
from governance.roles import Role, holders
from governance.votes.queries import proposal
from kernel.command import Asked, Done
from kernel.money import Money
from kernel.read_models.spelling import plain
from kernel.text import N_
from ledger.entries.commands import ReverseEntry
from ledger.entries.queries import EntryRow
from usecases.actor import Actor
from usecases.money.accounts import Holder
from usecases.money.books import books_of
from usecases.money.contesting import bears_burden
from usecases.money.undoing import can_be_undone, check_undone_by_itself, entry_undoers, undoes_entry
from usecases.money.witnessed import check_no_witness_gains, gaining_by_undoing


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of an entry: whose, in what part, and how much."""

    holder: Holder
    role: str
    amount: Money


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What undid the entry, or what it `undoes`, and the sides of the one that no longer counts."""

    other_id: UUID
    undoes: bool
    before: Sequence[Side]


class Proof(View, frozen=True, kw_only=True):
    """The proof of an entry for one reader: `mine` is what it moved on her account, if anything.

    `steps` lead to the `result`, where something was computed; `decision_id` is the vote that set the price, if any.
    Where she may not undo it, `undoers` are the names of those with a role who may, or other members can.
    """

    template: ClassVar[str] = "accounts/proof.html"

    me: UUID
    entry_id: UUID
    title: str
    true_day: date
    effective_on: date
    mine: Money | None
    steps: Sequence[Step]
    result: Step | None
    remark: str
    sides: Sequence[Side]
    odd_cent: str
    facts: Sequence[Fact]
    links: Sequence[Link]
    note: str | None
    agreed: Agreed | None
    decision_id: UUID | None
    undone: Undone | None
    undoers: Sequence[str]
    can_undo: bool
    can_others: bool


@page(ENTRY, who="member")
def prove(visit: Visit, entry_id: UUID) -> Page:
    """Prove one entry."""
    actor, found = visit.actor, known_entry(visit.actor, entry_id)
    tells = teller(actor, visit.words)
    (telling,) = tells.tell_all([found])
    return Page(_proof(actor, found, tells, telling))


def _proof(actor: Actor, found: EntryRow, tells: Teller, telling: Telling[Any]) -> Proof:
    mine = [line.cents for line in found.postings if line.account == actor.me]
    steps, agreed = telling.steps(), telling.agreed()
    may_undo = entry_undoers(actor, found)
    undoable = can_be_undone(found)
    undoers = _with_a_role(actor, may_undo)
    return Proof(
        me=actor.me,
        entry_id=found.entry_id,
        title=telling.title(),
        true_day=found.because.true_day,
        effective_on=found.effective_on,
        mine=actor.money(sum(mine)) if mine else None,
        steps=steps[:-1],
        result=steps[-1] if steps else None,
        remark=telling.remark(),
        sides=_sides(found, tells, telling),
        odd_cent=telling.odd_cent(),
        facts=telling.facts(),
        links=[*telling.links(), *_of_mine(actor, found, tells)],
        note=actor.opened(sealed_in(found.because)),
        agreed=agreed,
        decision_id=_decision(actor, agreed),
        undone=_undone(found, tells),
        undoers=undoers,
        can_undo=undoable and actor.me in may_undo,
        can_others=undoable and not undoers,
    )


@act(
    f"{ENTRY}/reversal",
    who=undoes_entry,
    page=prove,
    read=lambda visit: {"reason": visit.form.needed("reason")},
    said=N_("It is undone: the books keep both lines, and they cancel out."),
    then="/coops/{coop_id}/entries/{entry_id}",
    lasting="The books keep both; what was right is noted anew.",
    example={"reason": "Compteur mal lu au retour."},
)
def reverse_entry(actor: Actor, command: ReverseEntry, asked: Asked) -> Done:
    """Undo an entry by its exact opposite, once: as the treasurer, or where she gains by it as another in her stead."""
    found = known_entry(actor, command.entry_id)
    check_undone_by_itself(found)
    check_no_witness_gains(actor, gaining_by_undoing(found))
    return books_of(actor).reverse_entry(command, asked)


def _of_mine(actor: Actor, found: EntryRow, tells: Teller) -> list[Link]:
    if not bears_burden(actor, found.entry_id):
        return []
    return [Link(f"burdens/{found.entry_id}", tells.say("See my part of it, or contest it"))]


def _sides(found: EntryRow, tells: Teller, telling: Telling[Any]) -> list[Side]:
    tells.meet(accounts=(line.account for line in found.postings))
    return [
        Side(
            holder=tells.holder(line.account),
            role=telling.role(line.account, line.cents),
            amount=Money(line.cents, line.currency),
        )
        for line in found.postings
    ]


def _undone(found: EntryRow, tells: Teller) -> Undone | None:
    other = found.reverses or found.reversed_by
    if other is None or found.kind == "lifting":
        return None
    before = tells.entry(found.reverses) if found.reverses else found
    return Undone(
        other_id=other,
        undoes=found.reverses is not None,
        before=_sides(before, tells, tells.tell(before)),
    )


def _decision(actor: Actor, agreed: Agreed | None) -> UUID | None:
    if agreed is None or agreed.rate.decision_id is None:
        return None
    found = proposal(actor.connection, actor.coop_id, agreed.rate.decision_id, actor.me, actor.now)
    return found.proposal_id if found else None


def _with_a_role(actor: Actor, may_undo: frozenset[UUID]) -> list[str]:
    """Return the names of those who may undo an entry by a role they hold."""
    held = roles_of(actor.connection, actor.coop_id, actor.now)
    with_a_role = may_undo & holders(held, Role.TREASURER, Role.REFERENT)
    return sorted(names_of(actor.connection, actor.coop_id, with_a_role).values(), key=plain)
