"""Accueil: my next booking with the one thing to do, and what the group asks of me. Nothing else."""

from typing import Any

from api.pages import stories
from api.pages.declared import get
from api.pages.neighbours import Neighbours
from api.speech import house_rules
from api.web.answers import Answer, Page
from api.web.visit import Visit
from booking import queries as bookings
from fleet.queries import vehicles_in_service
from governance.queries import members_of
from governance.roles import Role
from governance.votes.queries import ProposalRow, proposals_of
from kernel.money import Money
from ledger.settlement.queries import open_plan, plan_lines


@get("/coops/{coop_id:uuid}/")
def home(visit: Visit) -> Answer:
    """Show what is next and what is asked."""
    following = bookings.next_booking(visit.connection, visit.site.keyring, visit.coop_id, visit.me, visit.now)
    may_invite = visit.member is not None and visit.member.holds(Role.REFERENT)
    shows = {
        "next": stories.row(visit, following, {}) if following else None,
        "asks": [*_requests(visit), *_votes(visit), *_transfers(visit)],
        "has_vehicles": bool(vehicles_in_service(visit.connection, visit.coop_id, on=visit.today)),
        "invite_href": f"/coops/{visit.coop_id}/invitations" if may_invite else None,
    }
    return Page("home.html", shows, mine=True)


def _requests(visit: Visit) -> list[dict[str, Any]]:
    waiting = bookings.requests_to(visit.connection, visit.site.keyring, visit.coop_id, visit.me)
    known, names = stories.vehicle_names(visit), _names(visit)
    return [
        {
            "kind": "approve",
            "name": names.get(each.driver_id, ""),
            "vehicle_name": known[each.vehicle_id].name,
            "period": each.period,
            "href": f"/coops/{visit.coop_id}/bookings/{each.booking_id}",
            "act": f"/coops/{visit.coop_id}/bookings/{each.booking_id}/approval",
        }
        for each in waiting
        if each.vehicle_id in known
    ]


def _votes(visit: Visit) -> list[dict[str, Any]]:
    neighbours = Neighbours(visit)
    return [
        {
            "kind": "vote",
            "title": _title(visit, each, neighbours),
            "closes_at": each.closes_at,
            "href": f"/coops/{visit.coop_id}/proposals/{each.proposal_id}",
        }
        for each in proposals_of(visit.connection, visit.coop_id, visit.me, visit.now)
        if each.state == "open" and each.may_vote and each.my_choice is None
    ]


def _title(visit: Visit, row: ProposalRow, neighbours: Neighbours) -> str:
    exact = None if row.value is None else row.rule.read(row.value)
    vehicle = neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None
    return house_rules.sentence(visit.words, row.rule, exact, vehicle)


def _transfers(visit: Visit) -> list[dict[str, Any]]:
    plan = open_plan(visit.connection, visit.coop_id)
    if plan is None:
        return []
    names = _names(visit) | {visit.coop_id: visit.here.name}
    href = f"/coops/{visit.coop_id}/plans/{plan.plan_id}"
    asks = []
    for line in plan_lines(visit.connection, visit.coop_id, plan.plan_id):
        amount = Money(line.cents)
        if line.debtor == visit.me and line.state == "to_pay":
            asks.append({"kind": "pay", "name": names.get(line.receiver, ""), "amount": amount, "href": href})
        elif line.receiver == visit.me and line.state == "declared":
            asks.append({"kind": "receive", "name": names.get(line.debtor, ""), "amount": amount, "href": href})
    return asks


def _names(visit: Visit) -> dict[Any, str]:
    return {each.member_id: each.name or "" for each in members_of(visit.connection, visit.coop_id, visit.now)}
