"""Pages about rules and votes as they would be shown, one of each in its filled state and some in others."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from msgspec.structs import replace

from api.places.votes.proposal import OneProposal, ProposalForMe
from api.places.votes.proposals import AllProposals, ListedProposal
from api.places.votes.proposing import Choosing, Proposing, Scope
from api.places.votes.rules import Dated, RulesOnDay
from api.places.votes.unvoted import Offered, UnvotedRules
from api.speech.rules import Stated
from api.web.answers import View
from governance.counting import Base, Choice, Count, Procedure, Ratio
from governance.rules.catalogue import rule_of
from governance.rules.rule import Value
from governance.votes.explanation import explain
from kernel.money import Money
from tests.api.samples import ID, NOW, at
from usecases.simulating import ForMe

MAY = datetime(2026, 5, 1, tzinfo=UTC)
TODAY = NOW.date()


def dated(key: str, exact: Value, vehicle_name: str | None = None) -> Dated:
    decided = UUID(int=9) if vehicle_name else None
    return Dated(rule=rule_of(key, "EUR"), exact=exact, vehicle_name=vehicle_name, since=MAY, proposal_id=decided)


RULES = [
    dated("price_per_km", Decimal("0.30"), "Clio de Maryse"),
    dated("max_duration_hours", 72),
    dated("quorum", Fraction(1, 3)),
    dated("majority", "more_than_half"),
    dated("balance_limit", Decimal("-150.00")),
    dated("settlement_period", "on_demand"),
]
BEFORE = replace(RULES[0], exact=Decimal("0.28"), proposal_id=None)
PROPOSED = Stated(rule=rule_of("price_per_km", "EUR"), exact=Decimal("0.34"), vehicle_name="Clio de Maryse")
ENDED = Stated(rule=rule_of("price_per_km", "EUR"), exact=None, vehicle_name="Kangoo")
OPEN = ListedProposal(
    proposal_id=ID, proposed=PROPOSED, state="open", closes_at=at(27, 20), may_vote=True, i_voted=False
)
DECIDED = replace(OPEN, proposed=ENDED, state="failed", may_vote=False)
COUNT = Count(
    registered=9,
    cast=8,
    in_favour=5,
    against=2,
    abstaining=1,
    blank=0,
    quorum_needed=3,
    quorum_met=True,
    base_votes=7,
    favour_needed=4,
    favour_met=True,
    one_more_against_passes=False,
)
PROCEDURE = Procedure(quorum=Ratio(1, 3), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)
MINE = ForMe(
    trips=3,
    km=182,
    today=Money(5460),
    proposed=Money(6188),
    received_trips=2,
    received_today=Money(2400),
    received_proposed=Money(2720),
)
PROPOSAL = ProposalForMe(
    proposal_id=ID,
    proposer_id=ID,
    proposer_name="Maryse",
    parameter="price_per_km",
    vehicle_id=ID,
    standing="0.30",
    value="0.34",
    effective_from=date(2026, 12, 1),
    rationale="Le carburant a pris 8 % depuis l’été et les pneus sont à changer avant l’hiver.",
    rulebook_version=1,
    opened_at=at(20, 19),
    closes_at=at(27, 20),
    procedure=PROCEDURE,
    registered=9,
    voted=4,
    needed=3,
    state="open",
    may_vote=True,
    my_choice=None,
    count=None,
    explained=(),
    settled_at=None,
    for_me=MINE,
)
COUNTED = replace(
    PROPOSAL, state="passed", may_vote=False, count=COUNT, explained=explain(COUNT, PROCEDURE), settled_at=at(27, 20)
)
ONE = OneProposal(proposal=PROPOSAL, before=RULES[0], proposed=PROPOSED, touches_prices=True, undoable=None)
CHANGING = Proposing(in_force=RULES[0], vehicle_id=ID, own=True, options=[], earliest=date(2026, 12, 1), of_price=True)
MAJORITY = rule_of("majority", "EUR")

PAGES: dict[str, View] = {
    "rules": RulesOnDay(
        day=TODAY,
        today=TODAY,
        rules=RULES,
        changes=[[RULES[0], BEFORE]],
    ),
    "rules-none": RulesOnDay(day=TODAY, today=TODAY, rules=[], changes=[]),
    "proposals": AllProposals(proposals=[OPEN, DECIDED], after="next"),
    "unvoted": UnvotedRules(
        rules=[
            Offered(
                standing=Stated(rule=rule_of("suspend_after_days", "EUR"), exact=0),
                proposed=Stated(rule=rule_of("suspend_after_days", "EUR"), exact=45),
                value="45",
                earliest=date(2026, 12, 1),
            )
        ]
    ),
    "unvoted-none": UnvotedRules(rules=[]),
    "proposals-none": AllProposals(proposals=[], after=None),
    "proposal": ONE,
    "proposal-voted": replace(ONE, proposal=replace(PROPOSAL, my_choice=Choice.YES, for_me=None, rationale=None)),
    "proposal-result": replace(ONE, proposal=COUNTED),
    "propose": Choosing(rules=RULES, scopes=[Scope(ID, "Clio de Maryse"), Scope(UUID(int=8), "Kangoo")], scope=ID),
    "propose-chosen": CHANGING,
    "propose-one-of": replace(
        CHANGING,
        in_force=RULES[3],
        vehicle_id=None,
        own=False,
        options=[Stated(rule=MAJORITY, exact=code) for code in MAJORITY.choices],
    ),
}
