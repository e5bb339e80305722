"""Rules that came after the co-op: its référent finds them at home, and one tap puts each to the vote."""

import re

import pytest

from governance.rules import packs
from governance.rules.catalogue import CATALOGUE
from tests.kit.databases import on_both
from tests.kit.releases import GRACE
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
UNVOTED = f"{HERE}/rules/unvoted"


@pytest.fixture
def later(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village, founded before there was a rule on late returns; co-ops that begin now have 15 minutes."""
    monkeypatch.setitem(CATALOGUE, GRACE.key, GRACE)
    monkeypatch.setitem(packs.PACKS["light"]["EUR"], GRACE.key, "15")
    return village


def test_home_tells_the_referent_and_nobody_else(later: Village) -> None:
    assert "One new rule was never voted here" in later.as_("Claire").get(f"{HERE}/").text
    assert "never voted here" not in later.as_("Nadia").get(f"{HERE}/").text


def test_a_co_op_that_adopted_every_rule_is_offered_none(village: Village) -> None:
    assert "never voted here" not in village.as_("Claire").get(f"{HERE}/").text
    assert "Every rule has been voted on" in village.as_("Claire").get(UNVOTED).text


def test_it_says_what_would_apply_and_what_does(later: Village) -> None:
    seen = later.as_("Claire").get(UNVOTED)
    assert "A return up to 15 minutes late costs nothing." in seen.text
    assert "Today: A return up to 0 minutes late costs nothing." in seen.text


def test_one_tap_puts_it_to_the_vote_in_her_name_and_once(later: Village) -> None:
    claire = later.as_("Claire")
    form = re.search(rf'(?s)action="{HERE}/proposals".*?</form>', claire.get(UNVOTED).html)
    assert form
    fields = dict(re.findall(r'(?s)name="(?!_csrf|command)(\w+)"\s+value="([^"]*)"', form[0]))
    done = claire.post(f"{HERE}/proposals", **fields)
    assert "The vote is open." in done.text
    assert "A return up to 15 minutes late costs nothing." in later.as_("Nadia").get(done.path).text
    assert "never voted here" not in claire.get(f"{HERE}/").text
    assert "Every rule has been voted on" in claire.get(UNVOTED).text


@on_both
def test_a_letter_tells_referents_once(later: Village) -> None:
    later.pass_time(minutes=1)
    letters = later.letters()
    assert sorted(letter.address for letter in letters) == ["claire@example.org", "olga@example.org"]  # of two co-ops
    [letter] = later.letters_to("Claire")
    assert letter.subject == "Les Voisins du Diois: new rules to put to the vote"
    assert f"http://localhost:8000{UNVOTED}" in letter.body
    later.pass_time(days=1)
    assert later.letters() == letters


def test_no_letter_tells_of_what_was_put_to_the_vote(later: Village) -> None:
    vote = {"parameter": GRACE.key, "value": "15", "effective_from": "2026-12-01", "rationale": "Ten minutes happen."}
    assert "The vote is open." in later.as_("Claire").post(f"{HERE}/proposals", **vote).text
    later.pass_time(minutes=1)
    assert [letter.subject for letter in later.letters_to("Claire") if "new rules" in letter.subject] == []


@on_both
def test_programs_ask_the_same(later: Village) -> None:
    asked = later.as_("Nadia").api("GET", UNVOTED).json()
    assert asked == [{"parameter": GRACE.key, "value": "0", "begun_with": "15", "currency": "EUR"}]
    assert later.as_("Olga").api("GET", UNVOTED).status == 403


def test_only_members_see_them(later: Village) -> None:
    assert later.anyone().get(UNVOTED).status == 401
    assert later.as_("Olga").get(UNVOTED).status == 403
