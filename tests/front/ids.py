"""Real ids for every name an address may hold, found in the read models by the name of their column."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Column, ColumnElement, Connection, select

from booking.read_models import bookings
from fleet.read_models import damages
from governance.member import member_id_of
from governance.read_models import invitations, mandates, members
from governance.recovery.read_models import recoveries
from kernel.tables import derived
from ledger.contesting.read_models import ledger_contests
from ledger.entries.read_models import ledger_entries
from ledger.settlement.read_models import ledger_plan_lines
from ledger.spending.read_models import ledger_expenses
from people.photos import photos
from people.sign_in import sessions
from tests.kit.village import COOP, LETTER, Village, person_id_of
from usecases.coming_in.inviting import seal_of
from usecases.mailed.link import ToDo, act_token
from usecases.profile.refusal_link import ToRefuse, refusal_token

LINK = "a-link-that-was-mailed-and-not-opened-yet"
LINK_TO_START = "a-link-that-offers-to-start-a-co-op"
LINK_TO_MOVE = "a-link-that-confirms-an-address"
LINK_TO_RECOVER = "a-link-to-a-mailbox-that-is-not-lost"
TICKET, CODE = "a-page-that-waits-for-its-letter", "123456"
INVITED_BY_MAIL = "ines@example.org"
OTHER_DEVICE = "An old phone"
CONTESTED_WHY = "Je suis rentrée par le train de 17 h"
DRAFT = UUID(int=0xD4)
CANCELLED, APPROVED, REFUSED, TAKEN, RETURNED, PROPOSED = (UUID(int=0xB00 + at, version=4) for at in range(6))
MOMENTS_AGO = {
    "booking_cancelled": CANCELLED,
    "booking_approved": APPROVED,
    "booking_refused": REFUSED,
    "booking_taken": TAKEN,
    "booking_returned": RETURNED,
    "proposal_new": PROPOSED,
}
"""What can still be undone, each under the name by which it is asked for."""
FORGOTTEN = "Marceau"  # who drove, left and was erased


def ids_of(village: Village, coop_id: UUID, name: str) -> dict[str, str]:
    """Return an id of each kind of thing a co-op has, and those of one of its people."""
    found: dict[str, str] = {}
    with village.site.reading() as connection:
        for table in (*derived.sorted_tables, photos):
            for column in table.c:
                if not column.name.endswith("_id") or column.name in found:
                    continue
                newest = select(column).where(table.c.coop_id == coop_id, column.is_not(None)).order_by(column).limit(1)
                if value := connection.execute(newest).scalar():
                    found[column.name] = str(value)
        found |= {key: str(value) for key, value in _chosen(connection, coop_id, village.now) if value}
        on_wall = select(invitations.c.words).where(invitations.c.words.is_not(None)).order_by(invitations.c.words)
        found["words"] = connection.execute(on_wall.limit(1)).scalar() or "jardin-violon-tulipe"
        mine = (sessions.c.person_id == person_id_of(name)) & (sessions.c.device == OTHER_DEVICE)
        device = connection.execute(select(sessions.c.session_id).where(mine)).scalar()
    known = {"coop_id": coop_id, "member_id": village.member(name, coop_id), "person_id": person_id_of(name)}
    if coop_id == COOP:
        known["vehicle_id"] = village.vehicle("Kangoo")
    found |= {key: str(value) for key, value in known.items()}
    to_refuse = refusal_token(village.site.keyring, ToRefuse(COOP, village.member("Paul"), 1))
    links = {"token": LINK, "token_to_start": LINK_TO_START, "token_to_move": LINK_TO_MOVE}
    mailed = UUID(found.get("invitation_mailed") or found["invitation_id"])  # once somebody has joined by it
    of_waiting = {"ticket": TICKET, "seal": seal_of(village.site.keyring, mailed, INVITED_BY_MAIL)}
    of_lost = {"token_to_recover": LINK_TO_RECOVER, "token_to_refuse": to_refuse}
    by_no_id = {
        **links,
        **of_lost,
        **of_waiting,
        "parameter": "price_per_km",
        "code": "26113",
        "month": "2026-11",
        "plan_to_issue": str(DRAFT),
        "token_to_act": _token(village, UUID(found["proposal_id"])),
    }
    by_no_id |= {name: str(value) for name, value in MOMENTS_AGO.items()}
    return found | by_no_id | {"session_id": str(device or uuid4())}


def _token(village: Village, proposal_id: UUID) -> str:
    """Return the secret by which Nadia votes from her letter."""
    to_do = ToDo(
        act="vote",
        coop_id=COOP,
        person_id=person_id_of("Nadia"),
        about=proposal_id,
        until=village.now + timedelta(days=2),
    )
    return act_token(village.site.keyring, to_do)


def _chosen(connection: Connection, coop_id: UUID, now: datetime) -> Iterator[tuple[str, UUID | None]]:
    """Give the ids of what is in a state that something can be done with."""
    booked = {"requested": "booking_id", "under_way": "booking_under_way"}
    for status, name in booked.items():  # who is asked for has both a driver and one who answers
        yield name, _first(connection, coop_id, bookings.c.booking_id, bookings.c.status == status)
    hers = (bookings.c.status == "over") & (bookings.c.driver_id == member_id_of(coop_id, person_id_of("Nadia")))
    yield "booking_over", _first(connection, coop_id, bookings.c.booking_id, hers)
    confirmed, to_come = bookings.c.status == "confirmed", bookings.c.ends_at > now
    yield "booking_to_take", _first(connection, coop_id, bookings.c.booking_id, confirmed & to_come)
    yield "booking_untold", _first(connection, coop_id, bookings.c.booking_id, confirmed & ~to_come)
    told = (bookings.c.status == "not_driven") | (confirmed & ~to_come)
    yield "booking_undriven", _first(connection, coop_id, bookings.c.booking_id, told)
    open_ones = (invitations.c.kind == "poster") & invitations.c.revoked_at.is_(None)
    yield "invitation_id", _first(connection, coop_id, invitations.c.invitation_id, open_ones)
    by_mail = (invitations.c.kind == "mail") & invitations.c.used_by.is_(None)
    yield "invitation_mailed", _first(connection, coop_id, invitations.c.invitation_id, by_mail)
    gone = members.c.left_at.is_not(None) & members.c.erased_at.is_(None)
    yield "member_gone", _first(connection, coop_id, members.c.member_id, gone)
    of_gone = bookings.c.driver_id == member_id_of(coop_id, person_id_of(FORGOTTEN))
    yield "booking_of_gone", _first(connection, coop_id, bookings.c.booking_id, of_gone)
    in_charge = (mandates.c.role == "treasurer") & (
        mandates.c.member_id != member_id_of(coop_id, person_id_of("Claire"))
    )
    yield "member_in_charge", _first(connection, coop_id, mandates.c.member_id, in_charge)
    yield "member_to_vouch_for", _first(connection, coop_id, recoveries.c.member_id, recoveries.c.state == "confirmed")
    yield "photo_id", _first(connection, coop_id, photos.c.photo_id, photos.c.photo_id != LETTER)
    yield "vehicle_damaged", _first(connection, coop_id, damages.c.vehicle_id, damages.c.mended_at.is_(None))
    yield "entry_id", _first(connection, coop_id, ledger_entries.c.entry_id, ledger_entries.c.kind == "trip")
    yield from _noted(connection, coop_id)
    to_nadia = ledger_plan_lines.c.receiver == member_id_of(coop_id, person_id_of("Nadia"))
    yield "line_to_receive", _first(connection, coop_id, ledger_plan_lines.c.line_id, to_nadia)


def _noted(connection: Connection, coop_id: UUID) -> Iterator[tuple[str, UUID | None]]:
    """Give the ids of what was noted: what Nadia may contest, what waits for her yes, and what she does contest."""
    expense = ledger_expenses.c
    yield "expense_id", _first(connection, coop_id, expense.expense_id, expense.kind == "other")
    yield "expense_waiting", _first(connection, coop_id, expense.expense_id, expense.waiting)
    parked = (expense.kind == "parking") & (expense.cents == 1_200)
    yield "burden_id", _first(connection, coop_id, expense.expense_id, parked)
    yield "contest_id", _first(connection, coop_id, ledger_contests.c.contest_id, ledger_contests.c.state == "open")


def _first(connection: Connection, coop_id: UUID, column: Column[UUID], which: ColumnElement[bool]) -> UUID | None:
    standing = select(column).where(column.table.c.coop_id == coop_id, which, column.not_in(MOMENTS_AGO.values()))
    return connection.execute(standing.limit(1)).scalar()
