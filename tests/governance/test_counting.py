"""Properties of the count: V3, V4, V5 (in part), V6, V7, and figures worked by hand from the laws that use them."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from governance.counting import Base, Choice, Count, Procedure, Ratio, count
from tests.governance.given import member, members

YES, NO, ABSTAIN, BLANK = Choice
MAJORITY = Procedure(quorum=Ratio(0, 1), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)
TWO_THIRDS = Procedure(quorum=Ratio(0, 1), threshold=Ratio(2, 3), strictly=False, base=Base.EXPRESSED)

ratios = st.tuples(st.integers(0, 12), st.integers(1, 12)).filter(lambda r: r[0] <= r[1]).map(lambda r: Ratio(*r))
procedures = st.builds(Procedure, quorum=ratios, threshold=ratios, strictly=st.booleans(), base=st.sampled_from(Base))
cast_choices = st.lists(st.sampled_from(Choice), max_size=25)


def ballots(yes: int = 0, no: int = 0, abstain: int = 0, blank: int = 0) -> dict[UUID, Choice]:
    said = [YES] * yes + [NO] * no + [ABSTAIN] * abstain + [BLANK] * blank
    return {member(number): choice for number, choice in enumerate(said)}


def of(registered: int, procedure: Procedure, **heads: int) -> Count:
    return count(members(registered), ballots(**heads), procedure)


@given(procedures, cast_choices, st.integers(0, 10))
def test_v3_two_options_a_yes_more_never_turns_a_pass_into_a_failure(
    procedure: Procedure, said: list[Choice], absent: int
) -> None:
    before = {member(number): choice for number, choice in enumerate(said)}
    everyone = members(len(said) + absent + 1)
    after = {**before, everyone[-1]: YES}
    assert count(everyone, after, procedure).passed or not count(everyone, before, procedure).passed


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_v3_without_quorum_two_options_is_the_majority(yes: int, no: int, silent: int) -> None:
    assert of(yes + no + silent, MAJORITY, yes=yes, no=no).passed == (yes > no)


def test_v4_the_quorum_paradox_is_reproduced_and_reported() -> None:
    """With a participation quorum of 20, 15 yes and 4 no fail where 15 yes and 5 no pass."""
    quorum = replace(MAJORITY, quorum=Ratio(20, 40))
    four, five = of(40, quorum, yes=15, no=4), of(40, quorum, yes=15, no=5)
    assert (four.passed, four.one_more_against_passes) == (False, True)
    assert (five.passed, five.one_more_against_passes) == (True, False)


@given(procedures, cast_choices, st.randoms())
def test_v5_the_order_in_which_voters_arrive_is_irrelevant(
    procedure: Procedure, said: list[Choice], random: object
) -> None:
    arrived = list(enumerate(said))
    shuffled = sorted(arrived, key=lambda _: random.random())  # type: ignore[attr-defined]
    everyone = members(30)
    first = count(everyone, {member(number): choice for number, choice in arrived}, procedure)
    assert count(everyone[::-1], {member(number): choice for number, choice in shuffled}, procedure) == first


@given(procedures, cast_choices, st.integers(0, 10))
def test_v6_ballots_are_conserved(procedure: Procedure, said: list[Choice], absent: int) -> None:
    result = count(members(len(said) + absent), dict(zip(members(len(said)), said, strict=True)), procedure)
    assert result.in_favour + result.against + result.abstaining + result.blank == result.cast == len(said)
    assert result.cast + result.not_voted == result.registered == len(said) + absent


@given(procedures, cast_choices)
def test_v6_ballots_of_those_not_registered_do_not_count(procedure: Procedure, said: list[Choice]) -> None:
    strangers = {UUID(int=1000 + number): choice for number, choice in enumerate(said)}
    assert count(members(5), {**ballots(yes=2), **strangers}, procedure) == of(5, procedure, yes=2)


@given(procedures, cast_choices, st.integers(0, 10))
def test_v7_thresholds_compare_exact_fractions(procedure: Procedure, said: list[Choice], absent: int) -> None:
    registered = len(said) + absent
    result = count(members(registered), dict(zip(members(len(said)), said, strict=True)), procedure)
    needed = Fraction(procedure.threshold.parts, procedure.threshold.whole) * result.base_votes
    reached = result.in_favour > needed if procedure.strictly else result.in_favour >= needed
    assert result.favour_met == (reached and result.in_favour > 0)
    assert result.favour_met == (result.in_favour >= result.favour_needed)
    assert result.quorum_met == (Fraction(procedure.quorum.parts, procedure.quorum.whole) * registered <= len(said))
    assert result.quorum_met == (result.cast >= result.quorum_needed)


def test_v7_two_of_three_is_two_thirds_and_one_of_two_is_no_majority() -> None:
    assert of(3, TWO_THIRDS, yes=2, no=1).passed
    assert not of(3, replace(TWO_THIRDS, threshold=Ratio(6667, 10000)), yes=2, no=1).passed
    assert not of(2, MAJORITY, yes=1, no=1).passed


def test_a_french_company_since_2019_leaves_abstentions_out_of_the_base() -> None:
    """Code de commerce L225-96: two thirds of the votes expressed, where absent, abstaining, blank are none."""
    assert of(20, TWO_THIRDS, yes=4, no=2, abstain=5, blank=1).passed


def test_a_french_company_before_2019_counted_abstentions_as_against() -> None:
    """Code de commerce L225-96, old text: two thirds of the votes present or represented."""
    assert not of(20, replace(TWO_THIRDS, base=Base.CAST), yes=4, no=2, abstain=5, blank=1).passed


def test_a_first_call_needs_a_quarter_of_the_votes() -> None:
    """Code de commerce L225-96: a quarter at the first call; 5 of 20 is enough, 4 is not."""
    quarter = replace(TWO_THIRDS, quorum=Ratio(1, 4))
    assert of(20, quarter, yes=5).quorum_met
    assert not of(20, quarter, yes=4).quorum_met


def test_the_light_packs_third_of_eight_members_is_three() -> None:
    result = of(8, replace(MAJORITY, quorum=Ratio(1, 3)), yes=2, no=1)
    assert (result.quorum_needed, result.quorum_met, result.favour_needed, result.passed) == (3, True, 2, True)


def test_nobody_in_favour_never_passes() -> None:
    nothing_needed = Procedure(quorum=Ratio(0, 1), threshold=Ratio(0, 1), strictly=False, base=Base.EXPRESSED)
    assert not of(5, nothing_needed, abstain=3).passed
