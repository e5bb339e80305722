"""Recording an expense: what was paid, by whom, for what, and who shares it; with the photo of the receipt."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, get_args
from uuid import UUID

from api.places.expenses.expense import EXPENSES
from api.places.photos.sent import kept_photo, sent_photo
from api.web.acts import Fields, Undo, act
from api.web.answers import Page, View
from api.web.forms import Form, Misread, ids_among, read_parts
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import VehicleCard, owner_shares, vehicles_in_service
from kernel.command import Asked, Done
from kernel.refused import Refused
from kernel.text import N_
from ledger.pricing.queries import tariffs
from ledger.spending.commands import RecordExpense
from ledger.spending.events import ExpenseKind
from people.pictures import plain_paper
from usecases.actor import Actor
from usecases.choosing import Choosable, choice_of
from usecases.money import spending
from usecases.money.accounts import Holder

PART = "part_"
"""How the fields begin that hold what others paid of it; the account follows."""

FOR_COOP = "coop"
"""What one chooses among the vehicles when an expense is for none of them: it is asked, never taken for granted."""

INSURANCE = {
    "kind": "insurance",
    "paid_on": "2026-11-02",
    "paid": {"0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11": 48000},
    "split": "shares",
    "among": {
        "0b1f7c1e-6c1a-5d6f-9a53-3f6a4d1f2b11": 2,
        "53d1a8f0-22c7-5a0e-8a4c-9f5b1c7e4a02": 2,
        "c2a5e9b4-7d10-5b3f-b1de-0a6f3e8d2c03": 1,
    },
    "months": 12,
    "vehicle_id": "8f14e45f-ceea-5678-9b4d-2f1d6a7c3e04",
    "note": "Assurance de l'année",
}


class NoSharesYet(Refused):
    """Nobody has a share of this vehicle yet. Share the expense equally, or try again in a moment."""


class Recording(View, frozen=True, kw_only=True):
    """The form's furniture. `payers` may pay and share: the members to choose from, and the common purse.

    `ticked` and `several` (others paid a part) are as it was typed before it was refused; `today` is the latest day.
    """

    template: ClassVar[str] = "expenses/recording.html"

    me: UUID
    vehicles: Sequence[VehicleCard]
    choice: Choosable
    payers: Sequence[Holder]
    ticked: Sequence[str]
    several: bool
    kept_receipt: UUID | None
    today: date
    kinds: Sequence[ExpenseKind] = get_args(ExpenseKind)
    splits: Sequence[str] = ("shares", "equal")
    for_coop: str = FOR_COOP


@page(f"{EXPENSES}/new", who="member")
def new_expense(visit: Visit) -> Page:
    """Ask what was paid, by whom, for what, and who shares it; what was typed and the photo are kept when refused."""
    actor, form = visit.actor, visit.form
    today, choice = actor.today, choice_of(actor, _at_hand(visit), form.text("find"))
    view = Recording(
        me=actor.me,
        vehicles=vehicles_in_service(actor.connection, actor.coop_id, on=today),
        choice=choice,
        payers=_payers(actor, choice),
        ticked=form.texts_of("among"),
        several=bool(_parts_of_others(form)),
        kept_receipt=kept_photo(visit, "receipt"),
        today=today,
    )
    return Page(view)


def typed_expense(visit: Visit) -> Fields:
    """Return an expense as typed, its receipt kept first so that a field misread does not ask for it again."""
    receipt = sent_photo(visit, "receipt", plain_paper)
    visit.form.check_found()
    return read_parts(
        {
            "receipt": receipt,
            "paid": lambda: _paid(visit.form),
            "vehicle_id": lambda: _vehicle(visit.form),
            "among": lambda: _among(visit),
        }
    )


@act(
    EXPENSES,
    who="member",
    page=new_expense,
    read=typed_expense,
    typed_as={"paid": "amount"},
    said=N_("The expense is noted."),
    then="/coops/{coop_id}/expenses/{id}",
    undo=Undo("/coops/{coop_id}/expenses/{id}/withdrawal"),
    example=INSURANCE,
)
def record_expense(actor: Actor, command: RecordExpense, asked: Asked) -> Done:
    """Record what was paid and who shares it, at once or month by month."""
    return spending.record_expense(actor, command, asked)


def _at_hand(visit: Visit) -> list[UUID]:
    """Return who is chosen already, and who owns the vehicle that is chosen."""
    actor, form = visit.actor, visit.form
    parts = (name.removeprefix(PART) for name in _parts_of_others(form))
    chosen = ids_among((form.text("paid_by"), *parts, *form.texts_of("among")))
    vehicles = ids_among([form.text("vehicle_id")])
    shares = (owner_shares(actor.connection, actor.coop_id, vehicle_id) for vehicle_id in vehicles)
    return [*chosen, *(share.member_id for owners in shares for share in owners)]


def _payers(actor: Actor, choice: Choosable) -> list[Holder]:
    holders = [Holder(account=member.id, name=member.name, is_purse=False) for member in choice.members]
    return [*holders, Holder(account=actor.coop_id, name=None, is_purse=True)]


def _parts_of_others(form: Form) -> list[str]:
    return [name for name in form.texts if name.startswith(PART) and form.texts_of(name)]


def _vehicle(form: Form) -> UUID | None:
    """Return for which vehicle it is, `None` when it was chosen that it is for none."""
    if not form.text("vehicle_id"):
        raise Misread({"vehicle_id": N_("Say for which vehicle it is, or that it is for the co-op.")})
    return None if form.text("vehicle_id") == FOR_COOP else form.uuid("vehicle_id")


def _paid(form: Form) -> dict[UUID, int]:
    """Return who paid how many cents: what others paid of it as typed, the rest by the one chosen."""
    others = _parts_of_others(form)
    typed: dict[str, Any] = read_parts({name: partial(form.money, name) for name in ("amount", *others)})
    payer, rest = form.uuid("paid_by"), typed["amount"].cents - sum(typed[name].cents for name in others)
    if rest < 0:
        raise Misread({"amount": N_("The parts paid by others make more than this amount.")})
    paid = {payer: rest} if rest else {}
    for name in others:
        other = _account("amount", name.removeprefix(PART))
        paid[other] = paid.get(other, 0) + typed[name].cents
    return paid


def _among(visit: Visit) -> dict[UUID, int]:
    """Return who bears it: those ticked, each as much; or by shares, the vehicle's receivers or the common purse."""
    actor, form, ticked = visit.actor, visit.form, visit.form.texts_of("among")
    split = form.needed("split")
    if split == "equal":
        if not ticked:
            raise Misread({"among": N_("Tick those who share it.")})
        return {_account("among", account): 1 for account in ticked}
    if ticked and split == "shares":
        raise Misread({"among": N_("Some are ticked, but it goes by shares: choose “equally”, or untick them.")})
    vehicle_id = _vehicle(form)
    if vehicle_id is None:
        return {actor.coop_id: 1}
    tariff = tariffs(actor.connection, actor.coop_id, actor.now, [vehicle_id]).get(vehicle_id)
    if tariff is None:
        raise NoSharesYet
    return dict(tariff.receivers)


def _account(field: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Misread({field: N_("Reload the page and try again.")}) from error
