"""What the reader still lacks to be ready for sharing, and what she looks after: told until it is there, then no more.

Nothing of it is stored: it follows from what is known of her, of her vehicles and of the co-op.
"""

from typing import Literal

import msgspec

from booking.hours.queries import EverBooked, ever_booked
from fleet.papers.queries import Lacking, vehicles_lacking_papers
from governance.roles import Role
from kernel.money import Money
from ledger.entries.queries import balance
from usecases.actor import Actor
from usecases.home.first_steps import FirstSteps, first_steps, is_young

Lack = Literal["phone", "place", "iban", "coop_iban"]
"""A phone number, where one lives, where one is paid, where the co-op is."""


class ToBeReady(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader lacks, which `vehicles` she looks after wait for papers, and of a young co-op its first steps.

    Where she is paid is lacking once `owed_cents` are owed to her; where the co-op is, to a treasurer, unless the
    first steps ask for it. These are told to référents alone, `None` once they are done. `never_booked`: she is new to
    finding a vehicle.
    """

    lacks: tuple[Lack, ...]
    owed_cents: int
    currency: str
    vehicles: tuple[Lacking, ...]
    first_steps: FirstSteps | None
    never_booked: bool

    @property
    def owed(self) -> Money:
        """What is owed to her."""
        return Money(self.owed_cents, self.currency)


def to_be_ready(actor: Actor, *, has_booked: bool = False) -> ToBeReady:
    """Return what the reader still lacks to be ready; that she `has_booked` may be known already."""
    known = EverBooked(by_her=True, by_anyone=True) if has_booked else None
    vehicles, booked = _lacking(actor), known or ever_booked(actor.connection, actor.coop_id, actor.me)
    is_first = actor.holds(Role.REFERENT) and is_young(actor)
    steps = first_steps(actor, booked, len(vehicles)) if is_first else None
    owed = 0 if actor.my_person.account else max(balance(actor.connection, actor.coop_id, actor.me), 0)
    lacks: dict[Lack, bool] = {
        "phone": not actor.my_person.phone,
        "place": actor.my_person.latitude is None,
        "iban": owed > 0,
        "coop_iban": actor.holds(Role.TREASURER) and actor.my_coop.iban is None and steps is None,
    }
    return ToBeReady(
        lacks=tuple(lack for lack, is_missing in lacks.items() if is_missing),
        owed_cents=owed,
        currency=actor.currency,
        vehicles=vehicles,
        first_steps=steps,
        never_booked=not booked.by_her,
    )


def _lacking(actor: Actor) -> tuple[Lacking, ...]:
    """Return the vehicles that wait for papers: of a référent all, of anyone else those she owns or has parts of."""
    owned_by = None if actor.holds(Role.REFERENT) else actor.me
    return vehicles_lacking_papers(actor.connection, actor.coop_id, on=actor.today, owned_by=owned_by)
