"""Chez nous: what is shown to whom, the rules on a day, the co-op's bank account."""

from datetime import timedelta

from sqlalchemy import insert

from governance.queries import coop_row
from governance.roles import Role
from kernel.log.follower import parked
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def test_it_shows_members_vehicles_rules_and_what_happened(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{HERE}/community")
    assert seen.status == 200
    assert "6 neighbours" in seen.text
    assert "Claire, référent, treasurer" in seen.text
    assert "Lent by Jean" in seen.text
    assert "Each km costs €0.30." in seen.text
    assert "Kangoo · Each km costs €0.35." in seen.text
    assert "Nadia joined." in seen.text
    assert "Nothing to decide." in seen.text


def test_only_a_referent_is_offered_to_invite_and_told_what_waits(village: Village) -> None:
    row = {"follower": "processes", "position": 1, "process": "charge_trip", "coop_id": COOP, "attempts": 2}
    with village.site.writing() as connection:
        connection.execute(insert(parked), row | {"next_at": village.now + timedelta(days=1), "reason": "?"})
    as_referent = village.as_("Claire").get(f"{HERE}/community")
    as_member = village.as_("Nadia").get(f"{HERE}/community")
    assert "1 thing could not be done yet" in as_referent.text
    assert "Invite by mail" in as_referent.text
    assert "could not be done yet" not in as_member.text
    assert "Invite by mail" not in as_member.text


def test_others_may_not_see_it(village: Village) -> None:
    assert village.as_("Olga").get(f"{HERE}/community").status == 403
    assert village.anyone().get(f"{HERE}/community").status == 401


def test_the_rules_of_another_day_are_those_of_that_day(village: Village) -> None:
    browser = village.as_("Nadia")
    assert "The co-op did not exist yet." in browser.get(f"{HERE}/rules?on=2026-05-03").text
    assert "Each km costs €0.30." in browser.get(f"{HERE}/rules").text
    assert "No rule has changed since the start." in browser.get(f"{HERE}/rules").text


def test_a_day_that_is_none_is_told_beside_its_field(village: Village) -> None:
    seen = village.as_("Nadia").get(f"{HERE}/rules?on=yesterday")
    assert seen.status == 422


def test_the_treasurer_says_where_the_co_op_is_paid(village: Village) -> None:
    village.give_role("Amina", Role.TREASURER)
    seen = village.as_("Amina").post(f"{HERE}/bank-account", holder="Voisins du Diois", iban=IBAN)
    assert seen.path == f"{HERE}/community"
    assert "The co-op's bank account is kept." in seen.text
    assert village.ask(coop_row, COOP).iban == IBAN.replace(" ", "")
    assert IBAN in village.as_("Amina").get(f"{HERE}/bank-account").html


def test_an_iban_with_a_wrong_digit_is_refused_and_kept_as_typed(village: Village) -> None:
    seen = village.as_("Claire").post(f"{HERE}/bank-account", holder="Voisins", iban="FR76 1234")
    assert seen.status == 422
    assert "“FR76 1234” is not an IBAN" in seen.text
    assert 'value="FR76 1234"' in seen.html


def test_a_plain_member_may_not_touch_the_bank_account(village: Village) -> None:
    browser = village.as_("Nadia")
    assert browser.get(f"{HERE}/bank-account").status == 403
    assert browser.post(f"{HERE}/bank-account", holder="Nadia", iban=IBAN).status == 403
