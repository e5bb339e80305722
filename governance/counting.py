"""Counting a vote: from ballots to a result with its reasons, in whole numbers only.

The order is fixed: who is registered, whose ballot stands, the bases, quorum, threshold. Fractions are compared by
cross-multiplication, so that two of three is two thirds, and 66.67 % is used nowhere.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

import msgspec


class Choice(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BLANK = "blank"


class Base(StrEnum):
    """What the threshold is a part of: all who may vote, all who did, or only the votes for and against."""

    REGISTERED = "registered"
    CAST = "cast"
    EXPRESSED = "expressed"


class Ratio(msgspec.Struct, frozen=True):
    """An exact fraction: `parts` of `whole`, `whole` ≥ 1."""

    parts: int
    whole: int


class Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """How a vote is decided, frozen when it opens.

    At least `quorum` of the registered must cast a ballot. The votes in favour must be more than `threshold` of the
    base when `strictly` ("a majority"), at least `threshold` of it otherwise ("two thirds").
    """

    quorum: Ratio
    threshold: Ratio
    strictly: bool
    base: Base


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A result and all that explains it, in heads: in favour + against + abstaining + blank = cast ≤ registered.

    `quorum_needed` ballots were needed; `favour_needed` is the least number in favour that passes for `base_votes`.
    `one_more_against_passes` reports the quorum's paradox: it failed only because too few took part.
    """

    registered: int
    cast: int
    in_favour: int
    against: int
    abstaining: int
    blank: int
    quorum_needed: int
    quorum_met: bool
    base_votes: int
    favour_needed: int
    favour_met: bool
    one_more_against_passes: bool

    @property
    def passed(self) -> bool:
        """Whether the proposal passes."""
        return self.quorum_met and self.favour_met

    @property
    def not_voted(self) -> int:
        """How many registered members cast no ballot."""
        return self.registered - self.cast


def count(electorate: Collection[UUID], ballots: Mapping[UUID, Choice], procedure: Procedure) -> Count:
    """Return the result of the ballots that stand (the last one of each voter); those of non-electors do not count."""
    choices = [ballots[voter] for voter in set(electorate) if voter in ballots]
    heads = {choice: choices.count(choice) for choice in Choice}
    registered = len(set(electorate))
    result = _weigh(registered, heads, procedure)
    with_one_more = {**heads, Choice.NO: heads[Choice.NO] + 1}
    paradox = not result.passed and result.cast < registered and _weigh(registered, with_one_more, procedure).passed
    return msgspec.structs.replace(result, one_more_against_passes=paradox)


def _weigh(registered: int, heads: Mapping[Choice, int], procedure: Procedure) -> Count:
    cast = sum(heads.values())
    expressed = heads[Choice.YES] + heads[Choice.NO]
    base = {Base.REGISTERED: registered, Base.CAST: cast, Base.EXPRESSED: expressed}[procedure.base]
    return Count(
        registered=registered,
        cast=cast,
        in_favour=heads[Choice.YES],
        against=heads[Choice.NO],
        abstaining=heads[Choice.ABSTAIN],
        blank=heads[Choice.BLANK],
        quorum_needed=least(procedure.quorum, registered),
        quorum_met=reaches(cast, procedure.quorum, registered),
        base_votes=base,
        favour_needed=_favour_needed(procedure, base),
        favour_met=heads[Choice.YES] > 0 and _in_favour(heads[Choice.YES], procedure, base),
        one_more_against_passes=False,
    )


def reaches(votes: int, ratio: Ratio, base: int) -> bool:
    """Tell whether `votes` are at least `ratio` of `base`."""
    return votes * ratio.whole >= ratio.parts * base


def exceeds(votes: int, ratio: Ratio, base: int) -> bool:
    """Tell whether `votes` are more than `ratio` of `base`."""
    return votes * ratio.whole > ratio.parts * base


def _in_favour(votes: int, procedure: Procedure, base: int) -> bool:
    compare = exceeds if procedure.strictly else reaches
    return compare(votes, procedure.threshold, base)


def _favour_needed(procedure: Procedure, base: int) -> int:
    if procedure.strictly:
        return procedure.threshold.parts * base // procedure.threshold.whole + 1
    return max(1, least(procedure.threshold, base))


def least(ratio: Ratio, base: int) -> int:
    """Return the smallest whole number that is at least `ratio` of `base`."""
    return -(-ratio.parts * base // ratio.whole)
