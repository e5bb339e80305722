"""A village where everything has happened once, in two co-ops, so that every address leads somewhere."""

import io
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import Connection, update

from booking.application import Bookings
from booking.commands import BookVehicle, CorrectReadings, ReturnVehicle, TakeKeys
from booking.events import TripEnded
from fleet.application import Fleet
from fleet.commands import EnterService, Home, Owner, ReportDamage
from governance import commands as g
from governance.application import Governance
from governance.events import InvitationKind
from governance.inviting.queries import invitations_of
from governance.member import member_id_of
from governance.roles import Role
from kernel.command import Asked
from kernel.log.story import latest
from kernel.money import Money
from kernel.period import Period
from kernel.refused import Saying, Unlikely
from ledger.contesting.commands import ContestBurden
from ledger.settlement.commands import DeclareCoopPaid, IssuePlan, WithdrawPlan
from ledger.settlement.queries import plan_lines, plans
from ledger.spending.commands import RecordExpense
from people.bank_account import BankAccount
from people.photos import keep_photo
from people.pictures import plain_jpeg
from sending.outbox import Letter, outbox, write_letter
from tests.front.ids import CONTESTED_WHY, DRAFT, FORGOTTEN, OTHER_DEVICE
from tests.front.mailed import known_long, lose_mailboxes, mail_links
from tests.front.undone import FIRST_SAID, moments_ago
from tests.front.visitor import PEOPLE
from tests.kit.erasing import erased
from tests.kit.money import give_account, ledger_in
from tests.kit.village import COOP, ELSEWHERE, NOW, Village, person_id_of
from usecases.money.books import ledger_of

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


LATER = NOW + timedelta(hours=4)
"""When all of it has happened: what stands open then can be done."""


def keep_back(connection: Connection, coop_id: UUID, now: datetime) -> None:
    """Let there be a letter of a co-op that could not leave."""
    letter = Letter(letter_id=uuid4(), coop_id=coop_id, template="invitation", address="a@example.org", facts={})
    write_letter(connection, letter, now)
    failed = {"trouble": "address", "reason": "550 no such mailbox", "next_at": None}
    connection.execute(update(outbox).where(outbox.c.letter_id == letter.letter_id).values(failed))


class Living:
    """Acts of one member in one co-op, through the doors."""

    def __init__(self, village: Village, coop_id: UUID, name: str) -> None:
        self._village = village
        self._coop_id = coop_id
        self._me = member_id_of(coop_id, person_id_of(name))
        history = village.site.history
        self._bookings, self._fleet = Bookings(history), Fleet(history)
        self._governance, self._ledger = Governance(history), ledger_of(history, coop_id)

    def everything(self) -> None:
        """Enter a vehicle, drive it, break it, pay for it, vote and settle."""
        village, coop_id = self._village, self._coop_id
        vehicle_id = self._enter()
        self._drive(vehicle_id)
        damage = ReportDamage(coop_id=coop_id, vehicle_id=vehicle_id, part="front", sentence="Rayure")
        self._fleet.report_damage(damage, self._asked())
        for kind in (InvitationKind.POSTER, InvitationKind.MAIL):
            issue = g.IssueInvitation(coop_id=coop_id, kind=kind)
            self._governance.issue_invitation(issue, self._asked())
        self._propose()
        self._spend()
        with village.site.writing() as connection:
            picture = plain_jpeg(io.BytesIO(PHOTO))
            keep_photo(connection, village.site.keyring, coop_id, uuid4(), picture, village.now)
            keep_back(connection, coop_id, village.now)
        village.settle()

    def _enter(self) -> UUID:
        enter = EnterService(
            coop_id=self._coop_id,
            name="Vélo",
            kind="bike",
            sharing="lent",
            owners=(Owner(member_id=self._me),),
            energy="none",
            seats=1,
            home=Home(text="Place du marché"),
            handover="in_person",
        )
        done = self._fleet.enter_service(enter, self._asked())
        adopt = g.AdoptVehicleRules(coop_id=self._coop_id, vehicle_id=done.stream_id, values=())
        self._governance.adopt_vehicle_rules(adopt, self._asked(by_rules=True))
        self._village.settle()
        return done.stream_id

    def _drive(self, vehicle_id: UUID) -> None:
        village, coop_id, now = self._village, self._coop_id, self._village.now
        period = Period(now, now + timedelta(hours=1))
        book = BookVehicle(coop_id=coop_id, vehicle_id=vehicle_id, period=period, destination="Crest")
        booking_id = self._bookings.book_vehicle(book, self._asked(), "Europe/Paris").stream_id
        take = TakeKeys(coop_id=coop_id, booking_id=booking_id, taken_at=now, odometer_km=10, level_percent=80)
        self._bookings.take_keys(take, self._asked(), "Europe/Paris")
        village.clock.now += timedelta(minutes=10)
        back = ReturnVehicle(
            coop_id=coop_id, booking_id=booking_id, returned_at=village.now, odometer_km=20, level_percent=80
        )
        self._bookings.return_vehicle(back, self._asked(), "EUR")
        village.settle()

    def _propose(self) -> None:
        propose = g.ProposeRule(
            coop_id=self._coop_id,
            parameter="price_per_km",
            value="0.34",
            effective_from=(self._village.now + timedelta(days=30)).date(),
            rationale="Le carburant",
        )
        self._governance.propose_rule(propose, self._asked())

    def _spend(self) -> None:
        today = self._village.now.date()
        spend = RecordExpense(
            coop_id=self._coop_id,
            kind="other",
            paid_on=today - timedelta(days=14),  # in a month that is over
            paid={self._me: 4_800},
            split="equal",
            among={self._coop_id: 1},
        )
        self._ledger.record_expense(spend, self._asked())
        self._ledger.issue_plan(IssuePlan(coop_id=self._coop_id, as_of=today), self._asked())

    def _asked(self, *, by_rules: bool = False) -> Asked:
        return Asked(command_id=uuid4(), by=None if by_rules else self._me, at=self._village.now)


def live(village: Village) -> None:
    """Let everything happen once in both co-ops, and give each role to someone who has no other."""
    village.leave("Luc")
    be_forgotten(village)
    village.give_role("Amina", Role.REFERENT)
    village.give_role("Paul", Role.TREASURER)
    give_account(village, "Nadia", BankAccount("FR7630006000011234567890189", None))  # so a transfer to her has a code
    village.drove("Nadia", "Zoé", 50, paid=Money(2_000))
    village.booked("Nadia", "Clio", village.now + timedelta(days=1))
    Living(village, COOP, "Claire").everything()
    Living(village, ELSEWHERE, "Olga").everything()
    put_on_nadia(village)
    village.taken("Jean", village.booked("Jean", "Zoé", hours=6), village.odometer("Zoé"))
    village.booked("Nadia", "Kangoo", hours=1)
    village.clock.now = LATER
    village.booked("Paul", "Kangoo")
    moments_ago(village)
    lose_mailboxes(village)
    mail_links(village)
    for name in PEOPLE:
        village.session(name, OTHER_DEVICE)


def be_forgotten(village: Village) -> None:
    """Let somebody come, drive, leave and be erased."""
    gone = village.join(FORGOTTEN)
    village.drove(FORGOTTEN, "Zoé", 0, hours=0.5)  # which costs nothing: no plan is about it
    village.leave(FORGOTTEN)
    erased(village.site.history, COOP, gone, village.now)
    village.settle()


def put_on_nadia(village: Village) -> None:
    """Let Paul note three things that Nadia bears half of: one she may contest, one she does, one that waits."""
    ledger, paul, nadia = ledger_in(village), village.member("Paul"), village.member("Nadia")
    noted = [
        ledger.record_expense(
            RecordExpense(
                coop_id=COOP,
                kind="parking",
                paid_on=village.now.date(),
                paid={paul: cents},
                split="equal",
                among={paul: 1, nadia: 1},
            ),
            village.asked("Paul"),
            waits=cents > 15_000,
        )
        for cents in (1_200, 1_400, 20_000)
    ]
    village.settle()
    contest = ContestBurden(coop_id=COOP, burden_id=noted[1].stream_id, reason=CONTESTED_WHY)
    ledger.contest_burden(contest, village.asked("Nadia"))
    village.settle()


def with_an_erasure(village: Village) -> None:
    """Let Luc, who has left, have asked to be erased: he can still change his mind."""
    command = g.AskErasure(coop_id=COOP, member_id=village.member("Luc"))
    Governance(village.site.history).ask_erasure(command, village.asked("Luc"))


def without_poster(village: Village) -> None:
    """Take every poster back: another can be made."""
    with village.site.reading() as connection:
        opened = invitations_of(connection, COOP, village.now)
    for each in opened:
        if each.kind == "poster":
            command = g.RevokeInvitation(coop_id=COOP, invitation_id=each.invitation_id)
            Governance(village.site.history).revoke_invitation(command, village.asked("Claire"))


def without_plan(village: Village) -> None:
    """Withdraw the settlement plan: another can be drawn up."""
    with village.site.reading() as connection:
        plan = plans(connection, COOP)[0]
    command = WithdrawPlan(coop_id=COOP, plan_id=plan.plan_id)
    ledger_in(village).withdraw_plan(command, village.asked("Claire"))


def with_a_draft(village: Village) -> None:
    """Let the plan under way be a draft: it can be issued."""
    without_plan(village)
    command = IssuePlan(coop_id=COOP, as_of=village.now.date())
    ledger_in(village).issue_plan(command, village.asked("Claire", DRAFT), draft_hours=48)


def with_a_suspension(village: Village) -> None:
    """Suspend Nadia's new bookings: she can answer, and be let to book again."""
    command = g.SuspendBookings(coop_id=COOP, member_id=village.member("Nadia"), reason="Trois retours en retard.")
    Governance(village.site.history).suspend_bookings(command, village.asked("Claire"))


def said_long_ago(village: Village) -> None:
    """Say that the co-op's transfer to Nadia was made three weeks ago: she had her time to confirm it."""
    with village.site.reading() as connection:
        plan = plans(connection, COOP)[0]
        (line,) = [
            line for line in plan_lines(connection, COOP, plan.plan_id) if line.receiver == village.member("Nadia")
        ]
    command = DeclareCoopPaid(coop_id=COOP, plan_id=plan.plan_id, line_id=line.line_id)
    asked = replace(village.asked("Claire"), at=village.now - timedelta(days=21))
    ledger_in(village).declare_coop_paid(command, asked)


def with_odd_readings(village: Village) -> None:
    """Set the readings of a trip of Nadia's to what looks odd: another may say that they are right."""
    with village.site.reading() as connection:
        ended = (recorded.event for recorded in latest(connection, COOP, [TripEnded.name()], 9))
        trips = [event for event in ended if isinstance(event, TripEnded)]
    [over] = [trip for trip in trips if trip.driver_id == village.member("Nadia")]
    command = CorrectReadings(
        coop_id=COOP,
        booking_id=over.booking_id,
        odometer_out_km=10_000,
        odometer_in_km=19_000,
        reason="Vraiment.",
        confirmed=19_000,
    )
    odd = Unlikely(Saying("19 000 ?", {}), field="odometer_in_km", number=19_000)
    Bookings(village.site.history).correct_readings(command, village.asked("Nadia"), odd=odd)


FIRST = {
    **FIRST_SAID,
    "bookings.accept_readings": with_odd_readings,
    "members.ask_recovery": known_long,
    "members.vouch_for_member": known_long,
    "members.issue_invitation": without_poster,
    "settlement.confirm_by_proof": said_long_ago,
    "settlement.deny_paid": said_long_ago,
    "settlement.issue_plan": without_plan,
    "members.answer_suspension": with_a_suspension,
    "members.lift_suspension": with_a_suspension,
    "settlement.issue_draft": with_a_draft,
    "profile.keep_member": with_an_erasure,
}
"""What has to be done before a way in can be used, where two things cannot stand at once."""
