"""How the rules themselves are changed: harder than any other."""

from governance.rules.rule import ChangeClass, Kind, Rule
from kernel.text import N_

RULES = (
    Rule(
        key="quorum",
        kind=Kind.FRACTION,
        unit="",
        label=N_("Quorum"),
        template=N_("A vote counts when at least {value} of the members took part."),
        default="0",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Rule(
        key="majority",
        kind=Kind.ENUM,
        unit="",
        label=N_("Majority"),
        template=N_("A proposal passes with {value} of the votes for and against."),
        default="more_than_half",
        choices={
            "more_than_half": N_("more than half"),
            "two_thirds": N_("at least two thirds"),
            "three_quarters": N_("at least three quarters"),
        },
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Rule(
        key="vote_duration_days",
        kind=Kind.DURATION,
        unit="d",
        label=N_("Length of a vote"),
        template=N_("A vote stays open {value}."),
        default="7",
        low="3",
        high="30",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
)
