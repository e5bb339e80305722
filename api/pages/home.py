"""Accueil: my next booking with the one thing to do, and what the group asks of me. Nothing else."""

from typing import Any

from api.pages import stories
from api.pages.neighbours import Neighbours
from api.pages.proposals import titled
from api.pages.vehicles import has_vehicles
from api.web.answers import Answer, Page
from api.web.asking import Asking
from api.web.routes import get
from booking import queries as bookings
from governance.queries import members_of
from governance.roles import Role
from governance.votes.queries import proposals_of
from kernel.money import Money
from ledger.settlement.queries import open_plan, plan_lines


@get("/coops/{coop_id:uuid}/")
def home(asking: Asking) -> Answer:
    """Show what is next and what is asked."""
    following = bookings.next_booking(asking.connection, asking.site.keyring, asking.coop_id, asking.me, asking.now)
    may_invite = asking.member is not None and asking.member.holds(Role.REFERENT)
    shows = {
        "next": stories.row(asking, following, {}) if following else None,
        "asks": [*_requests(asking), *_votes(asking), *_transfers(asking)],
        "has_vehicles": has_vehicles(asking),
        "invite_href": f"/coops/{asking.coop_id}/invitations" if may_invite else None,
    }
    return Page("home.html", shows, mine=True)


def _requests(asking: Asking) -> list[dict[str, Any]]:
    waiting = bookings.requests_to(asking.connection, asking.site.keyring, asking.coop_id, asking.me)
    known, names = stories.vehicle_names(asking), _names(asking)
    return [
        {
            "kind": "approve",
            "name": names.get(each.driver_id, ""),
            "vehicle_name": known[each.vehicle_id].name,
            "period": each.period,
            "href": f"/coops/{asking.coop_id}/bookings/{each.booking_id}",
            "act": f"/coops/{asking.coop_id}/bookings/{each.booking_id}/approval",
        }
        for each in waiting
        if each.vehicle_id in known
    ]


def _votes(asking: Asking) -> list[dict[str, Any]]:
    neighbours = Neighbours(asking)
    return [
        {
            "kind": "vote",
            "title": titled(asking, each, neighbours)["title"],
            "closes_at": each.closes_at,
            "href": f"/coops/{asking.coop_id}/proposals/{each.proposal_id}",
        }
        for each in proposals_of(asking.connection, asking.coop_id, asking.me, asking.now)
        if each.state == "open" and each.may_vote and each.my_choice is None
    ]


def _transfers(asking: Asking) -> list[dict[str, Any]]:
    plan = open_plan(asking.connection, asking.coop_id)
    if plan is None:
        return []
    names = _names(asking) | {asking.coop_id: asking.here.name}
    href = f"/coops/{asking.coop_id}/plans/{plan.plan_id}"
    asks = []
    for line in plan_lines(asking.connection, asking.coop_id, plan.plan_id):
        amount = Money(line.cents)
        if line.debtor == asking.me and line.state == "to_pay":
            asks.append({"kind": "pay", "name": names.get(line.receiver, ""), "amount": amount, "href": href})
        elif line.receiver == asking.me and line.state == "declared":
            asks.append({"kind": "receive", "name": names.get(line.debtor, ""), "amount": amount, "href": href})
    return asks


def _names(asking: Asking) -> dict[Any, str]:
    return {each.member_id: each.name or "" for each in members_of(asking.connection, asking.coop_id, asking.now)}
