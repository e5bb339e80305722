"""How the rules themselves are changed: harder than any other."""

from governance.rules.parameters import ChangeClass, Kind, Parameter

RULES = (
    Parameter(
        key="quorum",
        kind=Kind.FRACTION,
        unit="",
        label="Quorum",
        template="A vote counts when at least {value} of the members took part.",
        default="0",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Parameter(
        key="majority",
        kind=Kind.ENUM,
        unit="",
        label="Majority",
        template="A proposal passes with {value} of the votes for and against.",
        default="more_than_half",
        choices={
            "more_than_half": "more than half",
            "two_thirds": "at least two thirds",
            "three_quarters": "at least three quarters",
        },
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
    Parameter(
        key="vote_duration_days",
        kind=Kind.DURATION,
        unit="d",
        label="Length of a vote",
        template="A vote stays open {value}.",
        default="7",
        low="3",
        high="30",
        change_class=ChangeClass.VOTING,
        notice_days=7,
    ),
)
