"""Chez nous: what is to be decided, the rules in force and how they came, who we are, what happened lately."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from api.drawing.pictures import tint_of
from api.pages.chronicle import lately
from api.pages.neighbours import Neighbours
from api.pages.proposals import titled
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import Misread
from api.web.routes import get, post
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
def community(asking: Asking) -> Answer:
    """Show the co-op to its members."""
    neighbours = Neighbours(asking)
    votes = proposals_of(asking.connection, asking.coop_id, asking.me, asking.now)
    is_referent = asking.member is not None and asking.member.holds(Role.REFERENT)
    shows = {
        **_votes(asking, votes, neighbours),
        **_rules(asking, neighbours),
        "members": [_member(each, neighbours) for each in neighbours.members if each.is_member],
        "vehicles": [_vehicle(each, neighbours) for each in neighbours.vehicles],
        "log": lately(asking, neighbours, votes),
        "can_invite": is_referent,
        "may_bank": may_bank(asking),
        "parked": len(parked_processes(asking.connection, asking.coop_id)) if is_referent else 0,
    }
    return Page("community.html", shows)


@get("/coops/{coop_id:uuid}/rules")
def rules(asking: Asking) -> Answer:
    """Show what applied on a day, today unless told otherwise, and how each rule changed."""
    neighbours = Neighbours(asking)
    today = asking.words.local(asking.now).date()
    form = replace(asking.form, texts={"on": [asking.given("on") or today.isoformat()]})
    day = form.day("on")
    applied = rules_on(asking.connection, asking.coop_id, day, asking.here.time_zone)
    shows = {
        "day": day,
        "today": today,
        "rules": [_row(asking, applied[key], neighbours) for key in CATALOGUE if key in applied],
        "changes": _changes(asking, neighbours),
    }
    return Page("rules.html", shows)


@get("/coops/{coop_id:uuid}/bank-account")
def bank_account(asking: Asking) -> Answer:
    """Show where the co-op itself is paid, to change it."""
    if not may_bank(asking):
        raise NotYours
    return Page("bank_account.html", {"holder": asking.here.holder or "", "iban": asking.here.iban or ""})


@post("/coops/{coop_id:uuid}/bank-account", again=bank_account)
def set_bank_account(asking: Asking) -> Answer:
    """Say where the co-op itself is paid."""
    holder, iban = asking.form.needed("holder", 70), asking.form.needed("iban", 50)
    command = SetBankAccount(coop_id=asking.coop_id, holder=holder, iban=iban)
    try:
        done = Governance(asking.site.history).set_bank_account(command, asking.asked())
    except NotAnIban as refusal:
        raise Misread({"iban": "This is not an IBAN: check its letters and digits."}) from refusal
    asking.site.settled(done)
    return Go(f"/coops/{asking.coop_id}/community", said="The co-op's bank account is kept.")


def may_bank(asking: Asking) -> bool:
    """Tell whether the reader may say where the co-op is paid."""
    member = asking.member
    return member is not None and (member.holds(Role.TREASURER) or member.holds(Role.REFERENT))


def in_force(asking: Asking, neighbours: Neighbours) -> list[dict[str, Any]]:
    """Return the co-op's rules as they apply now, then what differs for each vehicle."""
    shared = rules_in_force(asking.connection, asking.coop_id, asking.now)
    rows = [shared[key] for key in CATALOGUE if key in shared]
    for vehicle in neighbours.vehicles:
        own = rules_in_force(asking.connection, asking.coop_id, asking.now, vehicle.vehicle_id)
        rows += [own[key] for key in CATALOGUE if key in own and own[key].vehicle_id]
    return [_row(asking, each, neighbours) for each in rows]


def _votes(asking: Asking, votes: Iterable[ProposalRow], neighbours: Neighbours) -> dict[str, Any]:
    rows = [titled(asking, each, neighbours) for each in votes]
    return {
        "open_proposals": [each for each in rows if each["state"] == "open"],
        "decided": [each for each in rows if each["state"] != "open"],
    }


def _rules(asking: Asking, neighbours: Neighbours) -> dict[str, Any]:
    """Return the prices and whatever was voted, which people look for, apart from the rest."""
    rows = in_force(asking, neighbours)
    first = [each for each in rows if each["href"] or each["vehicle_name"] or each["rule"].key in FIRST]
    return {"rules": first, "more_rules": [each for each in rows if each not in first]}


def _changes(asking: Asking, neighbours: Neighbours) -> list[dict[str, Any]]:
    """Return the rules that were ever changed, each with all its dated values, newest first."""
    scopes = (None, *(each.vehicle_id for each in neighbours.vehicles))
    histories = [
        rule_history(asking.connection, asking.coop_id, key, scope)
        for key, rule in CATALOGUE.items()
        for scope in (scopes if rule.per_vehicle else scopes[:1])
    ]
    return [
        {"label": asking.say(rows[0].rule.label), "rows": [_row(asking, each, neighbours) for each in rows]}
        for rows in histories
        if len(rows) > 1
    ]


def _row(asking: Asking, row: RuleRow, neighbours: Neighbours) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "exact": row.exact,
        "vehicle_name": neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None,
        "since": asking.words.local(row.effective_at).date(),
        "href": f"/coops/{asking.coop_id}/proposals/{row.proposal_id}" if row.proposal_id else None,
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
        "tint": tint_of(each.name),
        "sharing": each.sharing,
        "owners": [neighbours.name(owner.member_id) for owner in each.owners],
    }
