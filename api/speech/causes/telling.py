"""What every cause of an entry can say, and who says it to whom.

Everything is said from the explanation kept with the entry, so it stays true after prices, shares and rules changed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from api.speech import labels
from api.speech.called import whose
from api.speech.texts import gettext
from api.speech.words import Words
from kernel.refused import Unknown
from ledger.entries.counting import last_charge
from ledger.entries.draft import Because
from ledger.entries.posting import Shared
from ledger.entries.queries import EntryRow, LineRow, entries_of
from ledger.pricing.rate import Rate
from usecases.actor import Actor
from usecases.money.accounts import Holder, Holders
from usecases.neighbours import Neighbours

B = TypeVar("B", bound=Because)


class Step(msgspec.Struct, frozen=True):
    """One step of a sum: what is counted, and the figure it gives."""

    text: str
    figure: str


class Fact(msgspec.Struct, frozen=True):
    """Something known of a cause: its name, and what it is."""

    name: str
    value: str


class Link(msgspec.Struct, frozen=True):
    """Where to look further: a path inside the co-op's addresses."""

    path: str
    text: str


class Agreed(msgspec.Struct, frozen=True):
    """The voted price a sum was made at, and the instant it was agreed."""

    rate: Rate
    at: datetime


class Teller:
    """Describes entries to one reader, in her language; the names in them are asked for once."""

    def __init__(self, actor: Actor, words: Words, causes: "Causes") -> None:
        self.me = actor.account
        self.words = words
        self._actor = actor
        self._causes = causes
        self._neighbours = Neighbours(actor)
        self._holders = Holders(actor, self._neighbours)
        self._entries: dict[UUID, EntryRow] = {}

    def tell(self, entry: EntryRow | LineRow) -> "Telling[Any]":
        """Return how an entry is told, by its cause."""
        return self._causes[type(entry.because)](self, entry.because, entry.entry_id)

    def tell_all(self, entries: Iterable[EntryRow | LineRow]) -> "list[Telling[Any]]":
        """Return how several are told, all that they name met."""
        tellings = [self.tell(entry) for entry in entries]
        self.meet(entries=(entry for telling in tellings for entry in telling.entries))
        self.meet(
            accounts=(account for telling in tellings for account in telling.accounts),
            vehicles=(vehicle for telling in tellings for vehicle in telling.vehicles),
        )
        return tellings

    def meet(
        self, *, accounts: Iterable[UUID] = (), vehicles: Iterable[UUID | None] = (), entries: Iterable[UUID] = ()
    ) -> None:
        """Ask for all these in one question for each kind, before they are used one by one."""
        self._holders.meet(accounts)
        self._neighbours.meet(vehicles=vehicles)
        unknown = {*entries} - self._entries.keys()
        found = entries_of(self._actor.connection, self._actor.coop_id, unknown)
        self._entries.update((entry.entry_id, entry) for entry in found)

    def say(self, msgid: str, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return gettext(msgid, self.words.lang, **values)

    def holder(self, account: UUID) -> Holder:
        """Return who holds an account."""
        return self._holders.of(account)

    def account(self, account: UUID) -> str:
        """Return what the holder of an account is called."""
        return whose(self.words, self._holders.of(account))

    def vehicle(self, vehicle_id: UUID) -> str:
        """Return a vehicle's name, even when it has left."""
        return self._neighbours.vehicle(vehicle_id) or self.say("a former vehicle")

    def entry(self, entry_id: UUID) -> EntryRow:
        """Return an entry of this co-op; `Unknown` when there is none."""
        self.meet(entries=(entry_id,))
        if entry_id not in self._entries:
            raise Unknown
        return self._entries[entry_id]

    def charge_of(self, trip_id: UUID) -> UUID | None:
        """Return the entry by which a trip is charged now; `None` where nothing was."""
        return last_charge(self._actor.connection, self._actor.coop_id, trip_id)

    def money(self, cents: int) -> str:
        """Say whole cents."""
        return self.words.money(self._actor.money(cents))

    @property
    def least(self) -> str:
        """The least amount there is in the co-op's currency: `0,01 €`, `1 FCFP`."""
        return self.money(1)

    def spent_on(self, kind: str, vehicle_id: UUID | None) -> str:
        """Return a kind of expense with its vehicle, if it is for one."""
        what = self.say(labels.EXPENSES[kind])
        return f"{what}, {self.vehicle(vehicle_id)}" if vehicle_id else what


class Telling(ABC, Generic[B]):
    """How one cause is told; what it leaves out is not said of its entries.

    `accounts`, `vehicles` and `entries` are those it names, for a list of many to ask for them at once.
    """

    def __init__(self, teller: Teller, because: B, entry_id: UUID) -> None:
        self.teller = teller
        self.because = because
        self.entry_id = entry_id
        self.say = teller.say

    @property
    def accounts(self) -> Sequence[UUID]:
        """The accounts it names."""
        return ()

    @property
    def vehicles(self) -> Sequence[UUID | None]:
        """The vehicles it names."""
        return ()

    @property
    def entries(self) -> Sequence[UUID]:
        """The entries it speaks of."""
        return ()

    @abstractmethod
    def title(self) -> str:
        """Return what the entry is called for everyone."""

    def line(self, cents: int) -> str:  # noqa: ARG002 - most are called the same on every statement
        """Return what a line of so many cents of it is called on the reader's own statement."""
        return self.title()

    def steps(self) -> list[Step]:
        """Return the steps of the sum, the last one its result; none where nothing was computed."""
        return []

    def remark(self) -> str:
        """Return a sentence on the sum, empty when there is nothing to remark."""
        return ""

    def role(self, account: UUID, cents: int) -> str:  # noqa: ARG002 - some entries have no parts
        """Return the part an account has in the entry, by what it moved there."""
        return ""

    def facts(self) -> list[Fact]:
        """Return what is known of the cause."""
        return []

    def links(self) -> list[Link]:
        """Return where to look further."""
        return []

    def agreed(self) -> Agreed | None:
        """Return the voted price it follows from, where it does."""
        return None

    def shared(self) -> Shared | None:
        """Return how its amount was split, where it was."""
        return None

    def odd_cent(self) -> str:
        """Return the sentence on who has the odd cent, empty when it falls on whole cents."""
        shared = self.shared()
        if shared is None or not shared.spare_cents:
            return ""
        return self.say(
            "It does not divide evenly. The odd {least}: {names}, nearest to it or drawn by lot.",
            least=self.teller.least,
            names=self.named(shared.spare_cents),
        )

    def named(self, accounts: Sequence[UUID]) -> str:
        """Return the names of several accounts' holders."""
        return self.teller.words.listing([self.teller.account(account) for account in accounts])

    def share(self, account: UUID) -> str:
        """Return by which share an account bears or receives what was split."""
        weights = shared.weights if (shared := self.shared()) else {}
        weight, whole = weights.get(account, 0), sum(weights.values())
        if weight == whole:
            return self.say("for all of it")
        return self.say("{part} of {whole} shares", part=weight, whole=whole)

    def receipt(self, photo_id: UUID | None) -> list[Link]:
        """Return the link to a receipt's photo, if there is one."""
        return [Link(f"photos/{photo_id}", self.say("See the receipt"))] if photo_id else []


Causes = Mapping[type[Because], type[Telling[Any]]]
"""How each cause is told, by its explanation."""
