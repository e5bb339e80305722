"""Proposing a rule and voting on it: the rule today, the rule proposed, and what it changes for the reader."""

from typing import Any
from uuid import UUID

from api import repricing
from api.pages.declared import get, post
from api.pages.neighbours import Neighbours
from api.speech import house_rules
from api.speech.refusals import said
from api.web.answers import Answer, Go, Page
from api.web.forms import Misread
from api.web.visit import Visit
from governance.application import Governance
from governance.commands import CastBallot, ProposeRule
from governance.local_time import days_later, first_day_from
from governance.rules.catalogue import CATALOGUE
from governance.rules.parameters import NotAValue, OutOfBounds, Parameter
from governance.rules.queries import rules_in_force
from governance.votes.counting import Choice
from governance.votes.proposal import NothingToChange, TooFarAway, TooSoon
from governance.votes.queries import ProposalRow, proposal
from kernel.refused import Unknown

UNITS = {"EUR/km": "€/km", "EUR/h": "€/h", "EUR": "€"}


@get("/coops/{coop_id:uuid}/proposals/new")
def propose_form(visit: Visit) -> Answer:
    """Choose a rule, then say what it should become."""
    neighbours = Neighbours(visit)
    key, scope = _scope(visit.given("key"))
    vehicle_id = scope or _vehicle_asked(visit, neighbours)
    rows = _proposable(visit, vehicle_id, neighbours)
    if key and key not in rows:
        raise Unknown
    scopes = [{"vehicle_id": each.vehicle_id, "name": each.name} for each in neighbours.vehicles]
    chosen = _chosen(visit, rows[key]) if key else None
    shows = {"rules": list(rows.values()), "chosen": chosen, "scopes": scopes, "scope": vehicle_id}
    return Page("propose.html", shows)


@post("/coops/{coop_id:uuid}/proposals", again=propose_form)
def propose(visit: Visit) -> Answer:
    """Put a change of a rule to the vote."""
    key, scope = _scope(visit.form.needed("key", 80))
    command = ProposeRule(
        coop_id=visit.coop_id,
        parameter=key,
        vehicle_id=scope,
        value=None if visit.form.ticked("as_coop") else visit.form.needed("value", 40),
        effective_from=visit.form.day("effective_from"),
        rationale=visit.form.needed("rationale", 2000),
    )
    done = _propose(visit, command)
    here = f"/coops/{visit.coop_id}/proposals/{done}"
    return Go(here, said="The vote is open. Everyone is told by mail.")


@get("/coops/{coop_id:uuid}/proposals/{proposal_id:uuid}")
def show_proposal(visit: Visit) -> Answer:
    """Show a proposal to a reader: what it says, what it changes for her, how to vote, how it ended."""
    row = _proposal(visit)
    neighbours = Neighbours(visit)
    vehicle = neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None
    shows = {
        "proposal": _shown(visit, row, neighbours),
        "today": _valued(row.rule, row.standing, vehicle),
        "proposed": _valued(row.rule, row.value, vehicle),
        "for_me": repricing.for_reader(visit, row) if repricing.touches_prices(row) else None,
        "touches_prices": repricing.touches_prices(row),
    }
    return Page("proposal.html", shows)


@post("/coops/{coop_id:uuid}/proposals/{proposal_id:uuid}/ballots", again=show_proposal)
def vote(visit: Visit) -> Answer:
    """Cast one's ballot, or change it."""
    choice = visit.form.needed("choice", 10)
    if choice not in list(Choice):
        raise Misread({"choice": "Choose one of the answers."})
    proposal_id = visit.place("proposal_id")
    command = CastBallot(coop_id=visit.coop_id, proposal_id=proposal_id, choice=Choice(choice))
    visit.site.settled(Governance(visit.site.history).cast_ballot(command, visit.asked()))
    here = f"/coops/{visit.coop_id}/proposals/{proposal_id}"
    return Go(here, said="Your vote is kept. You may change it until the end.")


def titled(visit: Visit, row: ProposalRow, neighbours: Neighbours) -> dict[str, Any]:
    """Return a proposal as a list shows it; its title is the proposed rule as a sentence."""
    vehicle = neighbours.vehicle(row.vehicle_id) if row.vehicle_id else None
    exact = None if row.value is None else row.rule.read(row.value)
    return {
        "proposal_id": row.proposal_id,
        "title": house_rules.sentence(visit.words, row.rule, exact, vehicle),
        "closes_at": row.closes_at,
        "closed_at": row.settled_at or row.closes_at,
        "voted": row.voted,
        "i_voted": row.my_choice is not None,
        "may_vote": row.may_vote,
        "state": row.state,
    }


def _shown(visit: Visit, row: ProposalRow, neighbours: Neighbours) -> dict[str, Any]:
    """Return everything the proposal's own page says of it, its reasons opened."""
    shown = {name: getattr(row, name) for name in row.__struct_fields__} | titled(visit, row, neighbours)
    rationale = visit.site.keyring.open(visit.connection, row.rationale)
    return shown | {"by_name": neighbours.name(row.proposer_id), "rationale": rationale, "needed": row.needed}


def _propose(visit: Visit, command: ProposeRule) -> UUID:
    try:
        done = Governance(visit.site.history).propose_rule(command, visit.asked())
    except (NotAValue, OutOfBounds, NothingToChange) as refusal:
        raise Misread({"value": said(refusal, visit.words)}) from refusal
    except (TooSoon, TooFarAway) as refusal:
        raise Misread({"effective_from": said(refusal, visit.words)}) from refusal
    visit.site.settled(done)
    return done.stream_id


def _proposal(visit: Visit) -> ProposalRow:
    row = proposal(visit.connection, visit.coop_id, visit.place("proposal_id"), visit.me, visit.now)
    if row is None:
        raise Unknown
    return row


def _vehicle_asked(visit: Visit, neighbours: Neighbours) -> UUID | None:
    text = visit.sent.query.get("vehicle", "")
    return next((each.vehicle_id for each in neighbours.vehicles if str(each.vehicle_id) == text), None)


def _proposable(visit: Visit, vehicle_id: UUID | None, neighbours: Neighbours) -> dict[str, dict[str, Any]]:
    """Return, by parameter, every rule one may propose to change for the co-op, or for one vehicle."""
    in_force = rules_in_force(visit.connection, visit.coop_id, visit.now, vehicle_id)
    name = neighbours.vehicle(vehicle_id) if vehicle_id else None
    return {
        key: {
            "key": f"{key}:{vehicle_id}" if vehicle_id else key,
            "rule": rule,
            "exact": in_force[key].exact,
            "vehicle_name": name,
            "own": in_force[key].vehicle_id is not None,
        }
        for key, rule in CATALOGUE.items()
        if key in in_force and (vehicle_id is None or rule.per_vehicle)
    }


def _chosen(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    rule: Parameter = row["rule"]
    lasts = rules_in_force(visit.connection, visit.coop_id, visit.now)["vote_duration_days"].exact
    closes_at = days_later(visit.now, int(str(lasts)) + rule.notice_days, visit.here.time_zone)
    earliest = first_day_from(closes_at, visit.here.time_zone)
    return row | {
        "lowest": house_rules.bound(visit.words, rule, rule.low),
        "highest": house_rules.bound(visit.words, rule, rule.high),
        "unit": UNITS.get(rule.unit, rule.unit),
        "earliest": earliest,
    }


def _scope(key: str) -> tuple[str, UUID | None]:
    name, _, vehicle = key.partition(":")
    try:
        return name, UUID(vehicle) if vehicle else None
    except ValueError as error:
        raise Misread({"key": "Choose a rule from the list."}) from error


def _valued(rule: Parameter, text: str | None, vehicle_name: str | None) -> dict[str, Any]:
    return {"rule": rule, "exact": None if text is None else rule.read(text), "vehicle_name": vehicle_name}
