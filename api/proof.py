"""The proof of one entry, as its page shows it: the sum, all sides, the cause, the rule, and what undid it."""

from typing import Any
from uuid import UUID

from api.holders import acting_for
from api.speech.explained import Speaker
from api.web.visit import Visit
from governance.queries import members_of
from governance.roles import Role
from governance.votes.queries import proposal
from kernel.money import Money
from ledger.entries.causes.correction import Corrected
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.causes.trip import TripCharge, charge_id
from ledger.entries.queries import EntryRow


def proof(visit: Visit, entry_id: UUID) -> dict[str, Any]:
    """Return everything the page of an entry shows to this reader; `Unknown` when there is no such entry."""
    speaker = Speaker(visit)
    found = speaker.look_up(entry_id)
    sides, formula = speaker.sides(found), speaker.formula(found.because)
    mine = Money(sum(side.amount.cents for side in sides if side.mine)) if any(side.mine for side in sides) else None
    return {
        "entry": found,
        "text": speaker.entry(found.entry_id, found.because),
        "mine": mine,
        "formula": formula[:-1],
        "result": formula[-1] if formula else None,
        "capped": speaker.capped(found.because),
        "sides": sides,
        "odd_cent": speaker.odd_cent(found.because),
        "facts": _facts(visit, speaker, found),
        "rule": _rule(visit, found),
        "undone": _undone(speaker, found),
        "treasurers": _treasurers(visit),
        "can_undo": found.can_be_reversed and acting_for(visit) > {visit.me} and found.kind != "expense",
    }


def _facts(visit: Visit, speaker: Speaker, found: EntryRow) -> dict[str, Any]:
    """Return what the entry's page shows of its cause: pairs of words, and where to look further."""
    because, words, here = found.because, visit.words, f"/coops/{visit.coop_id}"
    match because:
        case TripCharge():
            readings = {"start": words.number(because.odometer_out_km), "end": words.km(because.odometer_in_km)}
            pairs = [
                (visit.say("Vehicle"), speaker.vehicle(because.vehicle_id)),
                (visit.say("Driver"), speaker.name(because.driver_id)),
                (visit.say("When"), words.period(because.used)),
                (visit.say("Odometer"), visit.say("from {start} to {end}", **readings)),
                (visit.say("Distance"), words.km(because.km)),
            ]
            links = [(f"{here}/bookings/{because.booking_id}", visit.say("See the whole trip"))]
        case FuelPaid():
            pairs = [(visit.say("Vehicle"), speaker.vehicle(because.vehicle_id))]
            links = [(f"{here}/accounts/{charge_id(because.trip_id)}", visit.say("See the price of this trip"))]
        case ExpensePart():
            split = visit.say("equally") if because.split == "equal" else visit.say("by shares")
            pairs = [(visit.say("Split"), split)]
            links = [(f"{here}/expenses/{because.expense_id}", visit.say("See the whole expense"))]
        case PlanLinePaid():
            pairs = [(visit.say("Reference"), because.reference)]
            links = [(f"{here}/plans/{because.plan_id}", visit.say("See the settlement plan"))]
        case _:
            pairs, links = [], []
    receipt = getattr(because, "receipt", None)
    if receipt:
        links.append((f"{here}/photos/{receipt}", visit.say("See the receipt")))
    return {"pairs": pairs, "links": links, "note": _note(visit, found)}


def _note(visit: Visit, found: EntryRow) -> str | None:
    sealed = getattr(found.because, "note", None) or getattr(found.because, "reason", None)
    return visit.site.keyring.open(visit.connection, sealed)


def _rule(visit: Visit, found: EntryRow) -> dict[str, Any] | None:
    if not isinstance(found.because, TripCharge):
        return None
    rate, decision = found.because.rate, None
    if rate.decision_id:
        decision = proposal(visit.connection, visit.coop_id, rate.decision_id, visit.me, visit.now)
    href = f"/coops/{visit.coop_id}/proposals/{decision.proposal_id}" if decision else None
    return {"rate": rate, "agreed_at": found.because.agreed_at, "decision_href": href}


def _undone(speaker: Speaker, found: EntryRow) -> dict[str, Any] | None:
    """Return, for an entry that undoes another or was undone, both side by side."""
    other = found.reverses or found.reversed_by
    if other is None:
        return None
    before = speaker.look_up(found.reverses) if isinstance(found.because, Corrected) and found.reverses else found
    rows = [{"name": speaker.name(line.account), "before": Money(line.cents)} for line in before.postings]
    return {"other_id": other, "undoes": found.reverses is not None, "rows": rows}


def _treasurers(visit: Visit) -> list[str]:
    known = members_of(visit.connection, visit.coop_id, visit.now)
    return [each.name for each in known if each.name and each.is_member and each.holds(Role.TREASURER)]
