"""A proposal every two months: someone has an idea, some vote, most often it passes and takes effect at its date."""

from datetime import timedelta
from functools import partial
from random import Random
from uuid import UUID

from demo.clock import ZONE
from demo.coop import Coop
from governance.counting import Choice
from governance.local_time import vote_closes_at
from governance.rules.queries import rules_in_force

_IDEAS = (
    ("price_per_km", ("0.32", "0.34", "0.30", "0.36"), "Les comptes de l’an dernier le montrent."),
    ("buffer_minutes", ("15", "30", "0"), "Pour ne plus attendre la clé sur le parking."),
    ("max_active_bookings", ("4", "5", "3"), "Trois, c’est peu quand on prévoit ses vacances."),
    ("cancel_free_hours", ("12", "48", "24"), "Une voiture bloquée pour rien manque aux autres."),
    ("approval_timeout_hours", ("24", "12"), "On ne regarde pas son téléphone toutes les heures."),
    ("early_take_minutes", ("60", "30"), "Le premier bus du matin ne nous attend pas."),
    ("balance_limit", ("-200.00", "-150.00"), "Pour passer l’été sans se presser."),
    ("quorum", ("1/2", "1/3"), "Une règle vaut par ceux qui l’ont votée."),
)
_DAYS_BETWEEN = 61


class Assembly:
    """How one co-op decides."""

    def __init__(self, coop: Coop, rng: Random) -> None:
        self.coop, self.clock = coop, coop.clock
        self._rng = rng
        self._ideas = rng.sample(_IDEAS, len(_IDEAS))

    def meet(self) -> None:
        """Open a vote on the next idea, and come back to it in two months."""
        self.clock.at(self.clock.now + timedelta(days=_DAYS_BETWEEN), self.meet)
        parameter, values, why = self._ideas.pop(0)
        self._ideas.append((parameter, values, why))
        in_force = rules_in_force(self.clock.history.connection, self.coop.coop_id, self.clock.now)[parameter].value
        value = next(other for other in values if other != in_force)
        effective = (self.clock.today + timedelta(days=46)).replace(day=1)
        proposal_id = self.coop.propose(self._rng.choice(list(self.coop.members)), parameter, value, effective, why)
        self.clock.wake(vote_closes_at(self.clock.now, 7, ZONE.key))
        self.invite_votes(proposal_id, self._rng.uniform(0.35, 0.85), timedelta(days=6, hours=12))

    def invite_votes(self, proposal_id: UUID, turnout: float, within: timedelta) -> None:
        """Let a part of the members vote, each at some hour."""
        for name in list(self.coop.members):
            if self._rng.random() < turnout:
                choice = self._rng.choices(list(Choice), (66, 22, 8, 4))[0]
                vote = partial(self._votes, name, proposal_id, choice)
                self.clock.after(vote, minutes=self._rng.uniform(5, within.total_seconds() / 60))

    def _votes(self, name: str, proposal_id: UUID, choice: Choice) -> None:
        if name in self.coop.members:
            self.coop.vote(name, proposal_id, choice)
