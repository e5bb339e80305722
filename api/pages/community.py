"""Chez nous: what is to be decided, the rules in force and how they came, who we are, what happened lately."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from api.drawing.vehicles import tint_of
from api.pages.chronicle import lately
from api.pages.declared import get, post
from api.pages.neighbours import Neighbours
from api.pages.proposals import titled
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from governance.application import Governance
from governance.commands import SetBankAccount
from governance.coop import NotAnIban
from governance.roles import Role
from governance.rules.catalogue import CATALOGUE
from governance.rules.queries import RuleRow, rule_history, rules_in_force, rules_on
from governance.votes.queries import ProposalRow, proposals_of
from kernel.log.follower import parked_processes
from kernel.refused import NotYours

FIRST = ("price_per_km", "price_per_hour")


@get("/coops/{coop_id:uuid}/community")
def community(visit: Visit) -> Answer:
    """Show the co-op to its members."""
    neighbours = Neighbours(visit)
    votes = proposals_of(visit.connection, visit.coop_id, visit.me, visit.now)
    is_referent = visit.member is not None and visit.member.holds(Role.REFERENT)
    shows = {
        **_votes(visit, votes, neighbours),
        **_rules(visit, neighbours),
        "members": [_member(each, neighbours) for each in neighbours.members if each.is_member],
        "vehicles": [_vehicle(each, neighbours) for each in neighbours.vehicles],
        "log": lately(visit, neighbours, votes),
        "can_invite": is_referent,
        "may_bank": may_bank(visit),
        "parked": len(parked_processes(visit.connection, visit.coop_id)) if is_referent else 0,
    }
    return Page("community.html", shows)


@get("/coops/{coop_id:uuid}/rules")
def rules(visit: Visit) -> Answer:
    """Show what applied on a day, today unless told otherwise, and how each rule changed."""
    neighbours = Neighbours(visit)
    today = visit.words.local(visit.now).date()
    form = replace(visit.form, texts={"on": [visit.given("on") or today.isoformat()]})
    day = form.day("on")
    applied = rules_on(visit.connection, visit.coop_id, day, visit.here.time_zone)
    shows = {
        "day": day,
        "today": today,
        "rules": [_row(visit, applied[key], neighbours) for key in CATALOGUE if key in applied],
        "changes": _changes(visit, neighbours),
    }
    return Page("rules.html", shows)


@get("/coops/{coop_id:uuid}/bank-account")
def bank_account(visit: Visit) -> Answer:
    """Show where the co-op itself is paid, to change it."""
    if not may_bank(visit):
        raise NotYours
    return Page("bank_account.html", {"holder": visit.here.holder or "", "iban": visit.here.iban or ""})


@post("/coops/{coop_id:uuid}/bank-account", again=bank_account)
def set_bank_account(visit: Visit) -> Answer:
    """Say where the co-op itself is paid."""
    holder, iban = visit.form.needed("holder", 70), visit.form.needed("iban", 50)
    command = SetBankAccount(coop_id=visit.coop_id, holder=holder, iban=iban)
    try:
        done = Governance(visit.site.history).set_bank_account(command, visit.asked())
    except NotAnIban as refusal:
        raise Misread({"iban": "This is not an IBAN: check its letters and digits."}) from refusal
    visit.site.settled(done)
    return Go(f"/coops/{visit.coop_id}/community", said="The co-op's bank account is kept.")


def may_bank(visit: Visit) -> bool:
    """Tell whether the reader may say where the co-op is paid."""
    member = visit.member
    return member is not None and (member.holds(Role.TREASURER) or member.holds(Role.REFERENT))


def in_force(visit: Visit, neighbours: Neighbours) -> list[dict[str, Any]]:
    """Return the co-op's rules as they apply now, then what differs for each vehicle."""
    shared = rules_in_force(visit.connection, visit.coop_id, visit.now)
    rows = [shared[key] for key in CATALOGUE if key in shared]
    for vehicle in neighbours.vehicles:
        own = rules_in_force(visit.connection, visit.coop_id, visit.now, vehicle.vehicle_id)
        rows += [own[key] for key in CATALOGUE if key in own and own[key].vehicle_id]
    return [_row(visit, each, neighbours) for each in rows]


def _votes(visit: Visit, votes: Iterable[ProposalRow], neighbours: Neighbours) -> dict[str, Any]:
    rows = [titled(visit, each, neighbours) for each in votes]
    return {
        "open_proposals": [each for each in rows if each["state"] == "open"],
        "decided": [each for each in rows if each["state"] != "open"],
    }


def _rules(visit: Visit, neighbours: Neighbours) -> dict[str, Any]:
    """Return the prices and whatever was voted, which people look for, apart from the rest."""
    rows = in_force(visit, neighbours)
    first = [each for each in rows if each["href"] or each["vehicle_name"] or each["rule"].key in FIRST]
    return {"rules": first, "more_rules": [each for each in rows if each not in first]}


def _changes(visit: Visit, neighbours: Neighbours) -> list[dict[str, Any]]:
    """Return the rules that were ever changed, each with all its dated values, newest first."""
    scopes = (None, *(each.vehicle_id for each in neighbours.vehicles))
    histories = [
        rule_history(visit.connection, visit.coop_id, key, scope)
        for key, rule in CATALOGUE.items()
        for scope in (scopes if rule.per_vehicle else scopes[:1])
    ]
    return [
        {"label": visit.say(rows[0].rule.label), "rows": [_row(visit, each, neighbours) for each in rows]}
        for rows in histories
        if len(rows) > 1
    ]


def _row(visit: Visit, row: RuleRow, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "exact": row.exact,
        "vehicle_name": neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None,
        "since": visit.words.local(row.effective_at).date(),
        "href": f"/coops/{visit.coop_id}/proposals/{row.proposal_id}" if row.proposal_id else None,
    }


def _member(each: Any, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "member_id": each.member_id,
        "name": neighbours.name(each.member_id),
        "roles": [neighbours.role(role) for role in each.roles],
        "since": each.joined_at,
        "vehicles": neighbours.owned_by(each.member_id),
    }


def _vehicle(each: Any, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "vehicle_id": each.vehicle_id,
        "name": each.name,
        "kind": each.kind,
        "tint": tint_of(each.vehicle_id),
        "sharing": each.sharing,
        "owners": [neighbours.name(owner.member_id) for owner in each.owners],
    }
