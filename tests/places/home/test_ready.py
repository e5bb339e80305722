"""What one still lacks to be ready, a young co-op's first steps, who joined: each is told until it is there."""

from datetime import timedelta
from typing import Any

import pytest

from governance.roles import Role
from people.bank_account import BankAccount
from people.person import change_person
from tests.front.test_statements import MOST_STATEMENTS, counted
from tests.kit.browser import Seen
from tests.kit.crowd import crowd
from tests.kit.money import HERE, give_account, lent, plan_issued
from tests.kit.scale import CROWD
from tests.kit.village import Village, person_id_of

HOME = f"{HERE}/"
TO_DO = "A thing or two still to do"
STEPS = "The first steps of your co-op"
IBAN = {"holder": "Les Voisins", "iban": "FR7630006000011234567890189"}
YOUNG_DAYS = 93  # past them a co-op is young no more


def home(village: Village, who: str) -> Seen:
    return village.as_(who).get(HOME)


def know(village: Village, who: str, **values: Any) -> None:
    """Let someone's profile hold something."""
    with village.site.writing() as connection:
        change_person(connection, person_id_of(who), **values)


def say_all(village: Village, name: str) -> None:
    """Let someone say how to reach her and where she lives."""
    know(village, name, phone="06 12 34 56 78", latitude="44.75", longitude="5.37")


def test_hello_is_said_by_the_first_name(village: Village) -> None:
    know(village, "Nadia", name="Anne Marie Dupont")
    assert "Hello Anne Marie Find a vehicle" in home(village, "Nadia").text


def test_a_newcomer_reads_how_it_works_until_she_has_booked(village: Village) -> None:
    seen = home(village, "Nadia").text
    assert seen.index("Find a vehicle") < seen.index("How it works Say when you need one")
    assert "no trip" not in seen
    booking_id = village.booked("Nadia", "Zoé", village.now + timedelta(hours=3))
    assert "How it works" not in home(village, "Nadia").text
    village.as_("Nadia").post(f"{HERE}/bookings/{booking_id}/cancellation")
    seen = home(village, "Nadia").text
    assert ("How it works" in seen, "You have no trip planned." in seen) == (False, True)


def test_what_she_lacks_goes_as_she_says_it(village: Village) -> None:
    seen = home(village, "Nadia")
    for name in ("phone", "place"):
        assert f'href="{HERE}/profile#{name}"' in seen.html
        assert f'id="{name}"' in village.as_("Nadia").get(f"{HERE}/profile").html
    know(village, "Nadia", phone="06 12 34 56 78")
    seen = home(village, "Nadia")
    assert (f"{HERE}/profile#phone" in seen.html, f"{HERE}/profile#place" in seen.html) == (False, True)
    say_all(village, "Nadia")
    assert TO_DO not in home(village, "Nadia").text


def test_where_she_is_paid_is_asked_once_something_is_owed_to_her(village: Village) -> None:
    say_all(village, "Jean")
    assert TO_DO not in home(village, "Jean").text
    lent(village, "Nadia")  # 100 km at 0.30
    seen = home(village, "Jean")
    assert "Say where you are paid You are owed €30.00" in seen.text
    assert f'href="{HERE}/profile#iban"' in seen.html
    assert "Say where you are paid" not in home(village, "Nadia").text  # she owes it
    give_account(village, "Jean", BankAccount(IBAN["iban"], "Jean"))
    assert TO_DO not in home(village, "Jean").text


def test_a_paper_that_ran_out_is_told_to_who_looks_after_the_vehicle(village: Village) -> None:
    for who in ("Jean", "Claire", "Nadia"):
        say_all(village, who)
    late = {"inspection_until": "2026-10-21", "confirmed_inspection": "2026-10-21"}
    papers = f"{HERE}/vehicles/{village.vehicle('Clio')}/papers"
    village.as_("Jean").post(papers, kind="inspection", **late)
    said = "Nobody has been able to book the Clio for 12 days: its inspection ran out on 21 October 2026."
    for who, told in (("Jean", True), ("Claire", True), ("Nadia", False)):
        seen = home(village, who)
        assert (said in seen.text, f'href="{papers}"' in seen.html) == (told, told)
    village.as_("Jean").post(papers, kind="inspection", inspection_until="2028-06-01")
    assert TO_DO not in home(village, "Jean").text


def test_the_first_steps_tick_themselves(village: Village) -> None:
    say_all(village, "Claire")
    claire, steps = village.as_("Claire"), ("poster", "bank-account", "availability", "books")

    def left() -> list[str]:
        seen = claire.get(HOME).html.partition('id="first-steps"')[2].partition("</section>")[0]
        return [step for step in steps if f'href="{HERE}/{step}"' in seen]

    assert STEPS in claire.get(HOME).text
    assert "A first vehicle, with a photo , done" in claire.get(HOME).text
    assert left() == [*steps]
    claire.post(f"{HERE}/invitations", kind="poster", days_valid=90)
    assert left() == ["bank-account", "availability", "books"]
    claire.post(f"{HERE}/bank-account", **IBAN)
    assert left() == ["availability", "books"]
    village.drove("Nadia", "Zoé", 40)
    assert left() == ["books"]
    plan_issued(village)
    assert STEPS not in claire.get(HOME).text
    assert TO_DO not in claire.get(HOME).text


def test_they_are_for_referents_and_for_three_months(village: Village) -> None:
    village.give_role("Paul", Role.TREASURER)
    for who in ("Claire", "Paul"):
        say_all(village, who)
    assert (STEPS in home(village, "Claire").text, STEPS in home(village, "Paul").text) == (True, False)
    assert "Say where the co-op is paid" in home(village, "Paul").text
    assert "Say where the co-op is paid" not in home(village, "Claire").text  # the steps say so
    village.pass_time(days=YOUNG_DAYS)
    seen = home(village, "Claire")
    assert STEPS not in seen.text
    assert "Say where the co-op is paid" in seen.text
    village.as_("Claire").post(f"{HERE}/bank-account", **IBAN)
    assert TO_DO not in home(village, "Claire").text


def test_without_a_vehicle_each_step_about_it_leads_to_adding_one(village: Village) -> None:
    elsewhere = village.as_("Olga").get("/").path
    seen = village.as_("Olga").get(elsewhere)
    steps = seen.html.partition('id="first-steps"')[2].partition("</section>")[0]
    assert steps.count(f'href="{elsewhere}vehicles/new"') == 3
    assert "Find a vehicle" not in seen.text


def test_all_read_who_joined_for_a_week(village: Village) -> None:
    village.pass_time(days=10)
    assert "joined the co-op" not in home(village, "Nadia").text
    zoe = village.join("Zoé")
    for who in ("Nadia", "Claire"):
        seen = home(village, who)
        assert "Zoé joined the co-op today" in seen.text
        assert f'href="{HERE}/members/{zoe}"' in seen.html
    assert "Zoé joined" not in home(village, "Zoé").text
    village.pass_time(days=1)
    assert "Zoé joined the co-op yesterday" in home(village, "Nadia").text
    village.pass_time(days=5)
    assert "Zoé joined" in home(village, "Nadia").text
    village.pass_time(days=1)
    assert "Zoé joined" not in home(village, "Nadia").text


def test_of_many_who_joined_the_last_three_are_named_and_never_the_founder(village: Village) -> None:
    seen = home(village, "Nadia").text
    assert seen.count("joined the co-op") == 3
    assert "Claire joined" not in seen


@pytest.mark.parametrize("who", ["Nadia", "Jean", "Claire"])
def test_it_asks_no_more_of_the_database_where_there_are_many(village: Village, who: str) -> None:
    village.drove("Nadia", "Zoé", 40)
    village.booked("Nadia", "Clio")
    village.as_(who).get(HOME)
    asked = []
    for vehicles, members in ((0, 0), (CROWD, 10 * CROWD)):
        crowd(village, vehicles=vehicles, members=members)
        with counted(village) as count:
            assert village.as_(who).get(HOME).status == 200
        asked.append(count.own)
    assert asked[0] == asked[1] <= MOST_STATEMENTS
