"""What a newcomer finds today in the first co-op: a trip under way, a request, a vote, a plan, papers past or missing.

Acts are dated back from now. Where hours are already taken, the next that are free will do.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from demo import accounts
from demo.cast.vehicles import BERLINGO, CLIO, KANGOO, TWINGO, ZOE
from demo.clock import Act, local
from demo.drawn.generator import Life
from demo.story import AMINA, CLAIRE, JEAN, KARIM, LUCIE, PAUL, SOPHIE
from governance.counting import Choice
from governance.rules.queries import rules_in_force
from kernel.period import Period
from kernel.refused import Refused

_BERLINGO_DAYS = 200  # how long the last vehicle has been there
_INSPECTION_DAYS = 12  # since when its inspection is over


class Ending:
    """The last days of the first co-op's life, none of them before `since`."""

    def __init__(self, life: Life, since: datetime) -> None:
        self.life, self.coop, self.clock, self.end = life, life.coop, life.clock, life.end
        self._since = since

    def schedule(self) -> None:
        """Put everything on the clock."""
        self._ago(self._a_paper_ends, days=_BERLINGO_DAYS)
        self._ago(self._a_new_name, days=9)
        self._ago(self._plan, days=6)
        self._ago(self._vote, days=3)
        self._ago(self._a_paper_is_missing, days=2)
        self._ago(self._trips_to_come, hours=20)
        self._ago(self._request, hours=2)
        self._ago(self._under_way, minutes=80)

    def _ago(self, act: Act, **passed: int) -> None:
        self.clock.at(max((self.end - timedelta(**passed)).replace(second=0, microsecond=0), self._since), act)

    def _a_paper_ends(self) -> None:
        today = self.clock.today
        over, insured = self.end.date() - timedelta(days=_INSPECTION_DAYS), today + timedelta(days=365)
        by = next(iter(BERLINGO.owners))
        vehicle = self.coop.enter(BERLINGO, by, inspection=over, insurance=insured)
        self.life.use(vehicle, today + timedelta(days=2))

    def _a_paper_is_missing(self) -> None:
        today, by = self.clock.today, next(iter(TWINGO.owners))
        inspection, insurance = today + timedelta(days=310), today + timedelta(days=120)
        self.coop.enter(TWINGO, by, inspection=inspection, insurance=insurance, agreed=False)

    def _a_new_name(self) -> None:
        self.coop.rename(self.coop.vehicles[BERLINGO.name], "Berlingo bleu", next(iter(BERLINGO.owners)))

    def _plan(self) -> None:
        plan_id = accounts.draw_up_plan(self.coop, self.clock.today)
        self.clock.at(self.clock.now + accounts.DRAFT + timedelta(hours=1), partial(self._pay, plan_id))

    def _pay(self, plan_id: UUID) -> None:
        for number, line in enumerate(accounts.transfers(self.coop, plan_id)):
            if number % 3:
                self.clock.after(partial(accounts.declare, self.coop, line), hours=20 + number)
            if number % 3 == 2:
                self.clock.after(partial(accounts.confirm, self.coop, line), hours=50 + number)

    def _vote(self) -> None:
        rules = rules_in_force(self.clock.history.connection, self.coop.coop_id, self.clock.now)
        value = "0.35" if rules["price_per_km"].value != "0.35" else "0.33"
        effective = (self.clock.today + timedelta(days=46)).replace(day=1)
        why = "Le garage nous a remis le devis de l’hiver : quatre pneus et une courroie."
        proposal_id = self.coop.propose(AMINA, "price_per_km", value, effective, why)
        for hours, name, choice in ((3, LUCIE, Choice.YES), (14, JEAN, Choice.YES), (30, PAUL, Choice.NO)):
            self.clock.after(partial(self.coop.vote, name, proposal_id, choice), hours=hours)

    def _trips_to_come(self) -> None:
        for name, vehicle, start, length, where in (
            (CLAIRE, ZOE.name, 9, 8, "Marché de Valence"),
            (KARIM, KANGOO.name, 14, 3, "Déchetterie"),
            (LUCIE, ZOE.name, 18, 3, None),
        ):
            self._first_free(name, vehicle, self._hours(range(2, 20), start, length), where)

    def _request(self) -> None:
        for name in (SOPHIE, KARIM, LUCIE):
            if self._first_free(name, CLIO.name, self._hours(range(1, 8), 18, 2), "Chorale à Saillans"):
                return

    def _under_way(self) -> None:
        """Leave a quarter of an hour from now, with the first vehicle that is there."""
        start = _quarter_after(self.clock.now)
        period = Period(start, start + timedelta(hours=3))
        for name in (LUCIE, PAUL, SOPHIE):
            for vehicle in (self.coop.vehicles[ZOE.name], self.coop.vehicles[KANGOO.name]):
                booking_id = None if vehicle.out else self._first_free(name, vehicle.model.name, [period], "Crest")
                if booking_id:
                    self.clock.after(partial(self.coop.take, booking_id, name, vehicle), minutes=5)
                    return

    def _first_free(self, name: str, vehicle: str, hours: Iterable[Period], where: str | None) -> UUID | None:
        for period in hours:
            try:
                return self.coop.book(name, self.coop.vehicles[vehicle], period, where)
            except Refused as refusal:
                self.clock.refused[refusal.code()] += 1
        return None

    def _hours(self, days: range, start: int, length: int) -> Iterable[Period]:
        today: date = self.end.date()
        for number in days:
            begin = local(today + timedelta(days=number), start)
            yield Period(begin, begin + timedelta(hours=length))


def _quarter_after(instant: datetime) -> datetime:
    return instant.replace(minute=instant.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
