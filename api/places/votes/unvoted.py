"""Rules that came after the co-op: nothing changes before its members vote, and one tap puts one to the vote."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec

from api.places import COOP
from api.places.votes.proposing import earliest_day
from api.speech.rules import Stated, stated
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.rules.queries import Unvoted
from governance.rules.queries import unvoted as rules_unvoted
from usecases.actor import Actor

UNVOTED = f"{COOP}/rules/unvoted"


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it stands without a vote, and as co-ops that begin now have it; `earliest` is when it may apply."""

    standing: Stated
    proposed: Stated
    value: str
    earliest: date


class UnvotedRules(View, frozen=True, kw_only=True):
    """The rules to put to the vote."""

    template: ClassVar[str] = "votes/unvoted.html"

    rules: Sequence[Offered]


@page(UNVOTED, who="member")
def show_unvoted(visit: Visit) -> Page:
    """Show the rules that came after the co-op, each with a button that puts it to the vote."""
    actor = visit.actor
    offered = [
        Offered(
            standing=stated(row.rule, row.value, None),
            proposed=stated(row.rule, row.begun_with, None),
            value=row.begun_with,
            earliest=earliest_day(actor, row.rule),
        )
        for row in unvoted(actor)
    ]
    return Page(UnvotedRules(rules=offered))


@question(UNVOTED, who="member")
def unvoted(actor: Actor) -> tuple[Unvoted, ...]:
    """The rules that came after the co-op and were never put to its vote: as it lives by them, and as others begin."""
    return rules_unvoted(actor.connection, actor.coop_id, actor.my_coop.pack, actor.now)
