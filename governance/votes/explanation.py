"""Why a vote ended as it did, in sentences anyone can check with a pencil."""

from fractions import Fraction

import msgspec

from governance.counting import Base, Count, Procedure, Ratio
from kernel.text import N_


class Sentence(msgspec.Struct, frozen=True):
    """An English sentence (the key of its translations) and what fills its braces."""

    template: str
    values: dict[str, int | str]

    def __str__(self) -> str:
        return self.template.format(**self.values)


TURNOUT = N_(
    "{cast} of {registered} members voted: {in_favour} for, {against} against, {abstaining} abstaining, {blank} blank."
)
QUORUM_MET = N_("At least {quorum} of the members had to vote, so {quorum_needed}: enough did.")
QUORUM_MISSED = N_("At least {quorum} of the members had to vote, so {quorum_needed}: too few did.")
THRESHOLDS = {
    (
        True,
        Base.EXPRESSED,
    ): N_("To pass, it needed more than {threshold} of the {base_votes} votes for and against, so {favour_needed}."),
    (
        False,
        Base.EXPRESSED,
    ): N_("To pass, it needed at least {threshold} of the {base_votes} votes for and against, so {favour_needed}."),
    (True, Base.CAST): N_("To pass, it needed more than {threshold} of the {base_votes} ballots, so {favour_needed}."),
    (False, Base.CAST): N_("To pass, it needed at least {threshold} of the {base_votes} ballots, so {favour_needed}."),
    (
        True,
        Base.REGISTERED,
    ): N_("To pass, it needed more than {threshold} of the {base_votes} members, so {favour_needed}."),
    (
        False,
        Base.REGISTERED,
    ): N_("To pass, it needed at least {threshold} of the {base_votes} members, so {favour_needed}."),
}
PARADOX = N_(
    "With one more vote against, enough members would have voted and it would have passed: that is how a quorum works."
)
PASSED = N_("The proposal passes.")
FAILED = N_("The proposal does not pass.")


def explain(count: Count, procedure: Procedure) -> tuple[Sentence, ...]:
    """Return the result with its reasons, in the order one checks them."""
    numbers: dict[str, int | str] = {
        **{
            name: getattr(count, name) for name in ("cast", "registered", "in_favour", "against", "abstaining", "blank")
        },
        **{name: getattr(count, name) for name in ("quorum_needed", "base_votes", "favour_needed")},
        "quorum": _written(procedure.quorum),
        "threshold": _written(procedure.threshold),
    }
    templates = [
        TURNOUT,
        QUORUM_MET if count.quorum_met else QUORUM_MISSED,
        THRESHOLDS[procedure.strictly, procedure.base],
        *([PARADOX] if count.one_more_against_passes else []),
        PASSED if count.passed else FAILED,
    ]
    return tuple(Sentence(template, numbers) for template in templates)


def _written(ratio: Ratio) -> str:
    return str(Fraction(ratio.parts, ratio.whole))
