"""For every votable rule a story ends otherwise under another value: somebody sees, owes or may do something else.

A rule without a story fails here, and so does one that nobody obeys.
"""

import pytest

from governance.rules.catalogue import CATALOGUE
from governance.rules.queries import rules_in_force
from tests.kit.databases import once
from tests.kit.village import COOP, Village
from tests.processes.acts import failed, propose, wait_until_december
from tests.rules.stories import STORIES

UNDER = [(key, value) for key, story in STORIES.items() for value in story.ends]


def live_by(village: Village, voted: dict[str, str]) -> None:
    """Let the co-op vote rules that differ from its own, and December begin."""
    in_force = village.ask(rules_in_force, COOP, village.now)
    for key, value in voted.items():
        if in_force[key].value != value:
            propose(village, key, value)
    wait_until_december(village)
    in_force = village.ask(rules_in_force, COOP, village.now)
    assert {key: in_force[key].value for key in voted} == voted


def test_every_rule_of_the_catalogue_has_its_story() -> None:
    assert sorted(STORIES) == sorted(CATALOGUE)


@pytest.mark.parametrize("key", STORIES)
def test_it_ends_otherwise_under_another_value(key: str) -> None:
    ends = STORIES[key].ends
    assert len(ends) > 1
    assert len({str(end) for end in ends.values()}) > 1


@once
@pytest.mark.parametrize(("key", "value"), UNDER, ids=str)
def test_it_ends_as_told_under_each_value(village: Village, key: str, value: str) -> None:
    story = STORIES[key]
    live_by(village, {**story.beside, key: value})
    assert story.told(village) == story.ends[value]
    assert failed(village) == []
