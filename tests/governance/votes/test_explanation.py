from governance.counting import Base, Choice, Procedure, Ratio, count
from governance.votes.explanation import PARADOX, explain
from tests.governance.given import members

LIGHT = Procedure(quorum=Ratio(1, 3), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)


def explained(registered: int, choices: list[Choice], procedure: Procedure = LIGHT) -> list[str]:
    everyone = members(registered)
    counted = count(everyone, dict(zip(everyone, choices, strict=False)), procedure)
    return [str(sentence) for sentence in explain(counted, procedure)]


def test_a_passed_proposal_says_why() -> None:
    assert explained(8, [Choice.YES, Choice.YES, Choice.NO, Choice.BLANK]) == [
        "4 of 8 members voted: 2 for, 1 against, 0 abstaining, 1 blank.",
        "At least 1/3 of the members had to vote, so 3: enough did.",
        "To pass, it needed more than 1/2 of the 3 votes for and against, so 2.",
        "The proposal passes.",
    ]


def test_a_failed_one_tells_of_the_quorums_paradox() -> None:
    assert explained(8, [Choice.YES, Choice.YES])[1:] == [
        "At least 1/3 of the members had to vote, so 3: too few did.",
        "To pass, it needed more than 1/2 of the 2 votes for and against, so 2.",
        PARADOX,
        "The proposal does not pass.",
    ]
