"""What one does not do for some days for the two by whose word one's mail address was given back.

They may have been wrong about who she is, or not wrong: whoever has the account would write off what they owe, or owe
them. So she does nothing by which one of the two gains on balance, whichever way it is done.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from governance.member import member_id_of
from governance.queries import names_of, persons_behind
from kernel.refused import Refused
from kernel.text import N_
from ledger.entries.queries import EntryRow
from ledger.spending.queries import ExpenseRow
from usecases.actor import Actor
from usecases.profile.recovering import IBAN_KEPT, lately_recovered


class WitnessPays(Refused):
    """Your mail address was given back by the word of {name}: until {until}, you do not say that this has come."""


class WitnessGains(Refused):
    """Your mail address was given back by the word of {name}: until {until}, you do nothing that gives {name} money."""


class KeptApart(msgspec.Struct, frozen=True):
    """What one does not do yet, for by it gains who gave her word: her name, `None` once erased, and until when."""

    name: str | None
    until: datetime


def check_no_witness_pays(actor: Actor, debtor: UUID) -> None:
    """Refuse (`WitnessPays`) to say that a transfer has come from one of the two, for some days."""
    if kept := kept_apart(actor, (debtor,)):
        raise WitnessPays(name=kept.name or N_("a former member"), until=kept.until)


def check_no_witness_gains(actor: Actor, gaining: Collection[UUID], *, noted_at: datetime | None = None) -> None:
    """Refuse (`WitnessGains`) for some days what those `gaining` money by it gain, where one of the two is among them.

    Who takes back what she noted herself, `noted_at` an instant since then, gives nobody anything.
    """
    if kept := kept_apart(actor, gaining, noted_at=noted_at):
        raise WitnessGains(name=kept.name or N_("a former member"), until=kept.until)


def kept_apart(actor: Actor, gaining: Collection[UUID], *, noted_at: datetime | None = None) -> KeptApart | None:
    """Return for whom the reader does not do yet that by which some gain; mostly `None`."""
    kept = witnesses_among(actor, gaining, noted_at)
    if not kept:
        return None
    names = names_of(actor.connection, actor.coop_id, kept)
    return KeptApart(name=next((names[one] for one in kept if one in names), None), until=max(kept.values()))


def witnesses_among(actor: Actor, accounts: Iterable[UUID], noted_at: datetime | None = None) -> dict[UUID, datetime]:
    """Return until when the reader keeps apart from some accounts: hers who asked for her, or vouched.

    Of those by whose word it was done before she noted something, where that is said.
    """
    asked, kept = {*accounts}, dict[UUID, datetime]()
    if not asked:
        return kept
    for recovered in lately_recovered(actor.connection, actor.my_person.person_id, actor.now):
        if noted_at and noted_at >= recovered.done_at:
            continue
        two = [member_id for member_id in (recovered.asked_by, recovered.vouched_by) if member_id]
        persons = persons_behind(actor.connection, recovered.coop_id, two).values()
        here = {*two, *(member_id_of(actor.coop_id, person_id) for person_id in persons)}
        kept |= dict.fromkeys(asked & here, recovered.done_at + IBAN_KEPT)
    return kept


def gaining(paid: Mapping[UUID, int], weights: Mapping[UUID, int]) -> frozenset[UUID]:
    """Return who pays more of an expense than she bears by her weight, compared exactly: she is owed the rest."""
    return frozenset(account for account, more in _on_balance(paid, weights).items() if more > 0)


def bearing(paid: Mapping[UUID, int], weights: Mapping[UUID, int]) -> frozenset[UUID]:
    """Return who bears more of an expense by her weight than she pays: she gains where it is taken back."""
    return frozenset(account for account, more in _on_balance(paid, weights).items() if more < 0)


def gaining_by_taking_back(expense: ExpenseRow) -> frozenset[UUID]:
    """Return who bears more of an expense than she paid of it: nobody, where it counts for nobody."""
    counts = not (expense.waiting or expense.withdrawn)
    return bearing(expense.paid, expense.weights) if counts else frozenset()


def gaining_by_undoing(entry: EntryRow) -> frozenset[UUID]:
    """Return who is made lower by an entry that stands: its opposite gives it back to her."""
    return made_lower_by(entry) if entry.can_be_reversed else frozenset()


def made_lower_by(entry: EntryRow) -> frozenset[UUID]:
    """Return who is owed less, or owes more, by an entry, whether it still stands or was undone."""
    moved = Counter[UUID]()
    for line in entry.postings:
        moved[line.account] += line.cents
    return frozenset(account for account, cents in moved.items() if cents < 0)


def _on_balance(paid: Mapping[UUID, int], weights: Mapping[UUID, int]) -> dict[UUID, int]:
    """Return by how much each pays more than she bears, in cents times all the weights."""
    whole, cents = sum(weights.values()), sum(paid.values())
    return {account: paid.get(account, 0) * whole - cents * weights.get(account, 0) for account in {*paid, *weights}}
