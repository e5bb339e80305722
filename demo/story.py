"""The founding month of Les Voisins du Diois: eight neighbours join Claire, four vehicles, one rule changed.

Each figure is worked out by hand beside its act, and the longest test asks for it.
"""

import io
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from demo.accounts import close_month, confirm, declare, draw_up_plan, end_of_last_month, issue_draft
from demo.cast.people import DIOIS, Neighbour
from demo.cast.receipts import draw_receipt
from demo.cast.vehicles import CARGO_BIKE, CLIO, KANGOO, ZOE, Vehicle
from demo.clock import ZONE, Act, Clock, local
from demo.coop import Coop
from governance.counting import Choice
from governance.events import InvitationKind
from governance.local_time import vote_closes_at
from governance.roles import Role
from kernel.period import Period
from ledger.settlement.queries import PlanLineRow
from people.photos import keep_photo
from people.pictures import plain_jpeg

CLAIRE, JEAN, AMINA, PAUL, LUCIE, KARIM, ODILE, MATHIEU, SOPHIE, _ = DIOIS.names
NEIGHBOURS = DIOIS.neighbours(1)
STORY_DAYS = 45  # from the first of its month to the day the last confirmation of its plan has come


class Story:
    """The month that begins on `begin`, the first of a month. Days are counted from 1 and run on past its end."""

    def __init__(self, clock: Clock, begin: date) -> None:
        self.clock = clock
        self.begin = begin
        self.coop = Coop(clock, DIOIS)
        self.bookings: dict[str, UUID] = {}
        self.proposal_id: UUID | None = None
        self.next_month = (begin + timedelta(days=31)).replace(day=1)

    def schedule(self) -> None:
        """Put the whole month on the clock."""
        for chapter in (self._people, self._vehicles, self._bookings, self._money, self._vote, self._after_the_vote):
            chapter()

    def day(self, number: int, hour: int = 0, minute: int = 0) -> datetime:
        """Return an instant of the month; day 32 or more counts from the first of the next month: 32 is its 1st."""
        first = self.begin if number < 32 else self.next_month - timedelta(days=31)
        return local(first + timedelta(days=number - 1), hour, minute)

    def _on(self, number: int, hour: int, minute: int, act: Act) -> None:
        self.clock.at(self.day(number, hour, minute), act)

    def _people(self) -> None:
        coop, known = self.coop, {person.name: person for person in NEIGHBOURS}
        self._on(1, 9, 0, lambda: coop.start(known[CLAIRE]))
        self._on(1, 18, 30, lambda: coop.join(known[JEAN], coop.invite()))
        self._on(1, 19, 10, lambda: coop.join(known[AMINA], coop.invite()))
        poster: list[UUID] = []
        self._on(2, 9, 0, lambda: poster.append(coop.invite(InvitationKind.POSTER)))
        for number, name in enumerate((PAUL, LUCIE, KARIM, ODILE, MATHIEU, SOPHIE)):
            self._on(2 + number // 2, 12 + number, 20, self._joins(known[name], poster))
        self._on(5, 20, 0, lambda: coop.give_role(KARIM, Role.TREASURER))

    def _joins(self, neighbour: Neighbour, poster: list[UUID]) -> Act:
        return lambda: self.coop.join(neighbour, poster[0])

    def _vehicles(self) -> None:
        for number, model in enumerate((CLIO, KANGOO, ZOE, CARGO_BIKE)):
            owner = next(iter(model.owners), CLAIRE)
            inspection, insurance = (self.begin + timedelta(days=days) for days in (700, 371))
            enter = partial(self.coop.enter, model, owner, inspection=inspection, insurance=insurance)
            self._on(5, 10 + 2 * number, 0, enter)

    def _bookings(self) -> None:
        """Four vehicles used; a request refused, one that nobody answers, one given back, one that comes too late."""
        coop = self.coop
        self._books("hundred km", 8, 8, SOPHIE, CLIO.name, (10, 9), (10, 18))
        self._on(8, 12, 30, lambda: coop.approve(self.bookings["hundred km"], JEAN))
        self._drives("hundred km", SOPHIE, CLIO.name, (10, 9), (10, 17), 100, 60_00)
        for name in (LUCIE, MATHIEU):  # the same hours at the same instant: Lucie has them, Mathieu takes the bike
            self._books(f"race {name}", 9, 20, name, ZOE.name, (11, 18), (11, 20))
        self._books("bike", 9, 20, MATHIEU, CARGO_BIKE.name, (11, 18), (11, 20))
        self._drives(f"race {LUCIE}", LUCIE, ZOE.name, (11, 18), (11, 19), 34)
        self._drives("bike", MATHIEU, CARGO_BIKE.name, (11, 18), (11, 19), 6)
        self._books("moving", 12, 9, PAUL, KANGOO.name, (13, 14), (13, 17))
        self._drives("moving", PAUL, KANGOO.name, (13, 14), (13, 16), 42)
        self._books("refused", 15, 9, KARIM, CLIO.name, (16, 8), (16, 19))
        self._on(15, 12, 0, lambda: coop.refuse(self.bookings["refused"], JEAN, "J’en ai besoin ce jour-là."))
        self._books("unanswered", 16, 7, ODILE, CLIO.name, (18, 9), (18, 12))
        self._books("market", 16, 20, ODILE, ZOE.name, (18, 9), (18, 11))
        self._drives("market", ODILE, ZOE.name, (18, 9), (18, 10), 10)
        self._books("given back", 17, 8, MATHIEU, KANGOO.name, (20, 8), (20, 12))
        self._on(17, 19, 0, lambda: coop.cancel(self.bookings["given back"], MATHIEU))

    def _money(self) -> None:
        """Insurance 480.00 over 12 months by shares 2/2/1; repairs 96.35 split equally among the three."""
        spend = self.coop.spend
        self._on(
            *(7, 18, 0),
            lambda: spend(AMINA, 480_00, "insurance", self._owners(), months=12, vehicle=self._vehicle(KANGOO.name)),
        )
        self._on(
            *(14, 18, 0),
            lambda: spend(
                *(PAUL, 96_35, "repair", dict.fromkeys(self._owners(), 1)),
                split="equal",
                vehicle=self._vehicle(KANGOO.name),
                note="Plaquettes de frein, garage de la Drôme.",
            ),
        )

    def _vote(self) -> None:
        """0.34 EUR/km from the first of next month: six ballots, five in favour."""
        why = "Le carburant a pris dix pour cent depuis l’an dernier, et l’entretien suit."
        ballots = {LUCIE: Choice.YES, CLAIRE: Choice.YES, JEAN: Choice.YES, PAUL: Choice.NO, AMINA: Choice.YES}
        self._on(17, 19, 0, lambda: self._proposes("0.34", why))
        for number, (name, choice) in enumerate({**ballots, KARIM: Choice.YES}.items()):
            self._on(18 + number, 8, 15, partial(self._votes, name, choice))
        self._on(23, 21, 0, partial(self._votes, SOPHIE, Choice.ABSTAIN))

    def _after_the_vote(self) -> None:
        """Agreed before, 50 km cost 15.00; agreed after, 17.00. Odile leaves, to be forgotten; the plan settles all."""
        coop = self.coop
        self._books("agreed before", 22, 20, KARIM, KANGOO.name, (35, 8), (35, 18))
        self._drives("agreed before", KARIM, KANGOO.name, (35, 8), (35, 17), 50)
        self._books("agreed after", 33, 9, SOPHIE, KANGOO.name, (36, 8), (36, 18))
        self._drives("agreed after", SOPHIE, KANGOO.name, (36, 8), (36, 17), 50)
        gone: list[UUID] = []
        self._on(26, 10, 0, lambda: gone.append(coop.leave(ODILE)))
        self._on(27, 10, 0, lambda: coop.ask_erasure(gone[0]))
        self._on(37, 18, 0, lambda: close_month(coop))
        self._on(37, 18, 30, self._settles)

    def _settles(self) -> None:
        plan_id = draw_up_plan(self.coop, end_of_last_month(self.clock.today))
        self._on(38, 9, 0, lambda: self._pays(issue_draft(self.coop, plan_id)))

    def _pays(self, lines: list[PlanLineRow]) -> None:
        for number, line in enumerate(lines):
            if line.debtor in (*self.coop.members.values(), self.coop.coop_id):
                self._on(38 + number % 3, 12, number, partial(declare, self.coop, line))
            self._on(41 + number % 3, 19, number, partial(confirm, self.coop, line))

    def _books(
        self, what: str, number: int, hour: int, name: str, vehicle: str, start: tuple[int, int], end: tuple[int, int]
    ) -> None:
        def book() -> None:
            period = Period(self.day(*start), self.day(*end))
            self.bookings[what] = self.coop.book(name, self._vehicle(vehicle), period)
            if what == "unanswered":
                self.clock.wake(self.clock.now + timedelta(hours=12))

        self._on(number, hour, 0, book)

    def _drives(
        self,
        what: str,
        name: str,
        vehicle_name: str,
        start: tuple[int, int],
        end: tuple[int, int],
        km: int,
        paid_cents: int = 0,
    ) -> None:
        def take() -> None:
            self.coop.take(self.bookings[what], name, self._vehicle(vehicle_name))

        def give_back() -> None:
            vehicle = self._vehicle(vehicle_name)
            vehicle.drive(km)
            receipt = self._receipt(paid_cents) if paid_cents else None
            self.coop.give_back(self.bookings[what], name, vehicle, paid_cents=paid_cents, receipt=receipt)

        self._on(*start, 5, take)
        self._on(*end, 45, give_back)

    def _receipt(self, cents: int) -> UUID:
        photo_id = uuid5(self.coop.coop_id, f"receipt {self.clock.now}")
        picture = plain_jpeg(io.BytesIO(draw_receipt(self.clock.today, cents)))
        history = self.clock.history
        keep_photo(history.connection, history.keyring, self.coop.coop_id, photo_id, picture, self.clock.now)
        return photo_id

    def _proposes(self, value: str, why: str) -> None:
        self.proposal_id = self.coop.propose(LUCIE, "price_per_km", value, self.next_month, why)
        self.clock.wake(vote_closes_at(self.clock.now, 7, ZONE.key))

    def _votes(self, name: str, choice: Choice) -> None:
        if self.proposal_id:
            self.coop.vote(name, self.proposal_id, choice)

    def _vehicle(self, name: str) -> Vehicle:
        return self.coop.vehicles[name]

    def _owners(self) -> dict[UUID, int]:
        return self.coop.bearers(KANGOO)
