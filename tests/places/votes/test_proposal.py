"""Proposing a rule, voting on it, and what its page says before, during and after."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from governance.rules.queries import rules_in_force
from governance.votes.queries import proposals_slice
from tests.kit.browser import Seen
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
DECEMBER = date(2026, 12, 1)


def propose(village: Village, by: str = "Amina", **typed: str) -> Seen:
    fields = {
        "parameter": "price_per_km",
        "value": "0,34",
        "effective_from": DECEMBER.isoformat(),
        "rationale": "Fuel costs more.\nTyres too.",
    }
    return village.as_(by).post(f"{HERE}/proposals", **(fields | typed))


def vote(village: Village, proposal_id: UUID, **choices: str) -> None:
    for name, choice in choices.items():
        assert village.as_(name).post(f"{HERE}/proposals/{proposal_id}/ballots", choice=choice).status == 200


def proposed(village: Village, **typed: str) -> UUID:
    seen = propose(village, **typed)
    assert seen.status == 200, seen.text
    return UUID(seen.path.rsplit("/", 1)[-1])


def test_one_chooses_a_rule_then_says_what_it_should_become(village: Village) -> None:
    browser = village.as_("Amina")
    assert "A member has at most 3 bookings to come." in browser.get(f"{HERE}/proposals/new").text
    of_the_clio = browser.get(f"{HERE}/proposals/new?vehicle_id={village.vehicle('Clio')}")
    assert "Clio · Each km costs €0.30." in of_the_clio.text
    assert "at most 3 bookings" not in of_the_clio.text
    chosen = browser.get(f"{HERE}/proposals/new?parameter=price_per_km")
    assert "Between 0.1 and 0.7, or 0: nothing to pay." in chosen.text
    assert 'value="2026-11-10"' in chosen.html


def test_a_rule_that_does_not_exist_cannot_be_chosen(village: Village) -> None:
    browser = village.as_("Amina")
    assert browser.get(f"{HERE}/proposals/new?parameter=colour").status == 404
    assert browser.get(f"{HERE}/proposals/new?parameter=price_per_km&vehicle_id=nothing").status == 422


def test_a_proposal_shows_today_proposed_and_the_reasons(village: Village) -> None:
    seen = propose(village)
    assert "The vote is open." in seen.text
    assert "Today €0.30/km" in seen.text
    assert "Proposed, from 1 December 2026 €0.34/km" in seen.text
    assert "Fuel costs more. Tyres too." in seen.text
    assert "0 of 6 have voted; 2 are needed" in seen.text


def test_home_asks_for_a_vote_on_what_is_proposed_until_it_is_given(village: Village) -> None:
    here = f"{HERE}/proposals/{proposed(village)}"
    home = village.as_("Nadia").get(f"{HERE}/").text
    assert "Proposed: Each km costs €0.34." in home
    assert "Vote open until" in home
    village.as_("Nadia").post(f"{here}/ballots", choice="yes")
    assert "Each km costs €0.34." not in village.as_("Nadia").get(f"{HERE}/").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "0.80"}, "This rule goes from 0.10 to 0.70; 0.80 is outside."),
        ({"value": "cheap"}, "“cheap” is not a value this rule can take."),
        ({"value": "0,30"}, "That is already the rule."),
        ({"effective_from": "2026-11-03"}, "The vote has to end first"),
        ({"effective_from": "2030-01-01"}, "Choose a date within a year of the vote"),
        ({"rationale": ""}, "Fill this in."),
    ],
)
def test_what_cannot_be_proposed_is_told_beside_its_field_and_kept(
    village: Village, typed: dict[str, str], sentence: str
) -> None:
    seen = propose(village, **typed)
    assert seen.status == 422
    assert sentence in seen.text
    assert "Put it to the vote" in seen.text
    assert village.ask(proposals_slice, COOP, None, village.now, most=1).items == ()


def test_a_vehicle_can_be_given_a_price_of_its_own_and_lose_it(village: Village) -> None:
    clio = str(village.vehicle("Clio"))
    own = propose(village, vehicle_id=clio)
    assert "Clio · Each km costs €0.34." in own.text
    away = propose(village, vehicle_id=clio, value="", as_coop="yes")
    assert "Clio · Price per km: as the co-op's rule says." in away.text


def test_the_page_says_what_my_last_thirty_days_would_have_cost(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    proposal_id = proposed(village, vehicle_id=str(village.vehicle("Clio")))
    page = f"{HERE}/proposals/{proposal_id}"
    driver = village.as_("Nadia").get(page)
    assert "Your last 30 days: 1 trip, 100 km." in driver.text
    assert "It would have cost you €4.00 more" in driver.text
    owner = village.as_("Jean").get(page)
    assert "Your share of what 1 trip of the others pays: €30.00 before, €34.00 under the proposed rule." in owner.text
    assert "You made no trip in the last 30 days" in village.as_("Paul").get(page).text


def test_a_co_owner_driving_pays_less_by_her_own_share(village: Village) -> None:
    village.drove("Amina", "Kangoo", 100)
    proposal_id = proposed(village, vehicle_id=str(village.vehicle("Kangoo")), value="0.45")
    seen = village.as_("Amina").get(f"{HERE}/proposals/{proposal_id}")
    assert "It would have cost you €6.00 more" in seen.text
    assert "€21.00 under the rule before, €27.00 under the proposed one" in seen.text


def test_a_rule_with_no_price_says_so(village: Village) -> None:
    proposal_id = proposed(village, parameter="max_active_bookings", value="5")
    seen = village.as_("Paul").get(f"{HERE}/proposals/{proposal_id}")
    assert "It does not change what your trips cost." in seen.text


def test_a_price_of_the_co_op_touches_only_vehicles_without_their_own(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Nadia").get(f"{HERE}/proposals/{proposed(village)}")
    assert "You made no trip in the last 30 days that this rule touches." in seen.text


def test_one_votes_in_one_tap_and_may_change(village: Village) -> None:
    proposal_id = proposed(village)
    page = f"{HERE}/proposals/{proposal_id}"
    browser = village.as_("Nadia")
    assert "You voted for." in browser.post(f"{page}/ballots", choice="yes").text
    seen = browser.post(f"{page}/ballots", choice="blank")
    assert "You voted blank. You may change your mind until the end." in seen.text
    assert "1 of 6 have voted" in seen.text


def test_a_vote_that_is_none_is_refused(village: Village) -> None:
    proposal_id = proposed(village)
    assert village.as_("Nadia").post(f"{HERE}/proposals/{proposal_id}/ballots", choice="maybe").status == 422


def test_who_joined_later_reads_but_does_not_vote(village: Village) -> None:
    proposal_id = proposed(village)
    village.join("Vera")
    page = f"{HERE}/proposals/{proposal_id}"
    seen = village.as_("Vera").get(page)
    assert "Those who were members when the vote opened decide on this one." in seen.text
    refused = village.as_("Vera").post(f"{page}/ballots", choice="yes")
    assert refused.status == 409
    assert "Only those who were members when the vote opened" in refused.text


def test_a_passed_vote_closes_explains_itself_and_takes_effect_by_itself(village: Village) -> None:
    proposal_id = proposed(village)
    page = f"{HERE}/proposals/{proposal_id}"
    vote(village, proposal_id, Nadia="yes", Paul="yes", Luc="no")
    village.pass_time(days=7, minutes=1)
    seen = village.as_("Nadia").get(page)
    assert "3 of 6 members voted: 2 for, 1 against, 0 abstaining, 0 blank." in seen.text
    assert "It takes effect by itself on 1 December 2026." in seen.text
    assert village.as_("Nadia").post(f"{page}/ballots", choice="no").status == 409
    village.pass_time(days=21, hours=15)
    assert "In force since 1 December 2026." in village.as_("Nadia").get(page).text
    assert village.ask(rules_in_force, COOP, village.now)["price_per_km"].value == "0.34"
    community = village.as_("Nadia").get(f"{HERE}/community")
    assert "Voted, in force since 1 December 2026" in community.text
    assert "A voted rule took effect: Each km costs €0.34." in community.text
    rules = village.as_("Nadia").get(f"{HERE}/rules?on=2026-11-30")
    assert "Each km costs €0.30." in rules.text
    assert "How the rules changed" in rules.text


def test_too_few_votes_and_it_does_not_pass(village: Village) -> None:
    proposal_id = proposed(village)
    vote(village, proposal_id, Nadia="yes")
    village.pass_time(days=8)
    seen = village.as_("Nadia").get(f"{HERE}/proposals/{proposal_id}")
    assert "too few did" in seen.text
    assert "The proposal does not pass." in seen.text


def test_others_may_not_read_nor_propose(village: Village) -> None:
    proposal_id = proposed(village)
    assert village.as_("Olga").get(f"{HERE}/proposals/{proposal_id}").status == 403
    assert propose(village, by="Olga").status == 403
    assert village.as_("Amina").get(f"{HERE}/proposals/{village.vehicle('Clio')}").status == 404


def test_it_reads_in_french(village: Village) -> None:
    proposal_id = proposed(village)
    village.drove("Nadia", "Clio", 10)
    browser = village.as_("Nadia")
    browser.cookies["lang"] = "fr"
    seen = browser.get(f"{HERE}/proposals/{proposal_id}")
    assert "0,34 €/km" in seen.text
    assert "Pour vous" in seen.text


def test_all_proposals_have_a_page_and_each_leads_to_its_own(village: Village) -> None:
    proposal_id = proposed(village)
    seen = village.as_("Nadia").get(f"{HERE}/proposals")
    assert "Each km costs €0.34." in seen.text
    assert f'href="{HERE}/proposals/{proposal_id}"' in seen.html
    assert "Earlier ones" not in seen.text


def test_many_proposals_are_shown_a_slice_at_a_time(village: Village) -> None:
    for number in range(21):
        proposed(village, value=f"0,{40 + number}")
        village.clock.now += timedelta(hours=3)  # one person may make few a day
    browser = village.as_("Nadia")
    last = browser.get(f"{HERE}/proposals")
    after = re.search(r'href="(\S+/proposals\?after=\S+)"', last.html)
    assert after is not None
    first = browser.get(after[1])
    assert last.text.count("Each km costs") == 20
    assert first.text.count("Each km costs") == 1
    assert browser.get(f"{HERE}/community").text.count("Vote open until") == 21
