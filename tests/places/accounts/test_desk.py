"""The treasurer's desk: any account, the common purse and each month open, sorted, narrowed and added up."""

import re

from governance.roles import Role
from kernel.money import Money
from tests.kit.erasing import erased
from tests.kit.money import HERE, lent, read, spent
from tests.kit.village import COOP, Village

TEXTS = re.compile(r'<th scope="row">\s*([^<]+?)\s*<br')


def texts(html: str) -> list[str]:
    """Return what stands in the first cell of each row, in order."""
    return [text.replace("\u00a0", " ") for text in TEXTS.findall(html)]


def account(village: Village, name: str) -> str:
    return f"{HERE}/members/{village.member(name)}/account"


def test_the_treasurer_opens_anyones_account_with_its_totals(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Claire").get(account(village, "Nadia"))
    assert texts(seen.html) == [
        "Trip by Nadia: Zoé, 100 km",
        "Energy paid by Nadia: Clio",
        "Trip by Nadia: Clio, 100 km",
    ]
    assert "Lines above zero +€60.00 Lines below zero -€55.00 Balance +€5.00" in read(seen)
    assert "3 lines in all +€5.00" in read(seen)


def test_an_account_is_sorted_and_narrowed_by_what_its_address_asks(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    village.pass_time(days=31)
    village.drove("Nadia", "Zoé", 10)
    claire, path = village.as_("Claire"), account(village, "Nadia")
    by_amount = claire.get(f"{path}?sort=amount").html
    assert texts(by_amount) == [
        "Trip by Nadia: Clio, 100 km",
        "Trip by Nadia: Zoé, 10 km",
        "Energy paid by Nadia: Clio",
    ]
    assert re.search(r'aria-sort="ascending">\s*<a class="sort" href="[^"]*sort=-amount"', by_amount)
    november = claire.get(f"{path}?month=2026-11&vehicle_id={village.vehicle('Clio')}&sort=-amount")
    assert texts(november.html) == ["Energy paid by Nadia: Clio", "Trip by Nadia: Clio, 100 km"]
    assert "November 2026 Balance before €0.00" in read(november)
    december = read(claire.get(f"{path}?month=2026-12"))
    assert "Balance before +€30.00 Lines above zero €0.00 Lines below zero -€2.50 Balance after +€27.50" in december
    assert "No line of these." in claire.get(f"{path}?month=2026-10").text


def test_an_account_is_for_herself_treasurers_and_referents(village: Village) -> None:
    path = account(village, "Nadia")
    village.give_role("Paul", Role.TREASURER)
    village.give_role("Amina", Role.REFERENT)
    assert [village.as_(name).get(path).status for name in ("Nadia", "Paul", "Amina", "Claire")] == [200] * 4
    assert [village.as_(name).get(path).status for name in ("Jean", "Olga")] == [403, 403]
    assert village.anyone().get(path).status == 401
    assert "Her account, line by line" not in village.as_("Jean").get(f"{HERE}/members/{village.member('Nadia')}").text
    assert path in village.as_("Paul").get(f"{HERE}/balances").html
    assert path not in village.as_("Jean").get(f"{HERE}/balances").html


def test_the_account_of_who_was_erased_has_no_name_left(village: Village) -> None:
    gone = village.join("Odile")
    spent(village, "Odile", 900, "Nadia")
    village.leave("Odile")
    erased(village.site.history, COOP, gone, village.now)
    seen = village.as_("Claire").get(account(village, "Odile"))
    assert "The account of a former member" in read(seen)
    assert "Odile" not in seen.html


def test_any_member_opens_the_common_purse(village: Village) -> None:
    village.drove("Nadia", "Zoé", 100)
    seen = village.as_("Jean").get(f"{HERE}/purse")
    assert texts(seen.html) == ["Trip by Nadia: Zoé, 100 km"]
    assert "1 line in all +€25.00" in read(seen)
    assert village.as_("Olga").get(f"{HERE}/purse").status == 403


def test_a_month_opens_onto_who_gave_what_to_whom_with_its_totals(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    village.drove("Paul", "Kangoo", 10)
    jean = village.as_("Jean")
    assert f"{HERE}/months/2026-11" in jean.get(f"{HERE}/books").html
    seen = read(jean.get(f"{HERE}/months/2026-11"))
    assert "Trip by Nadia: Clio, 100 km today 2 Nov 2026 Clio Nadia Jean €30.00" in seen
    assert "Trip by Paul: Kangoo, 10 km today 2 Nov 2026 Kangoo Paul 3 accounts €3.50" in seen
    assert "Fuel or charge paid on the way (1) €60.00 Trips (2) €33.50 In all €93.50" in seen


def test_a_month_is_sorted_by_amount_and_narrowed_to_a_kind(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    month = f"{HERE}/months/2026-11"
    jean = village.as_("Jean")
    amounts = re.findall(r'<td class="num"><span class="nowrap">(€[\d.]+)', jean.get(f"{month}?sort=-amount").html)
    assert amounts[-3:] == ["€60.00", "€30.00", "€90.00"]  # the last is their sum
    assert "Energy paid by" not in jean.get(f"{month}?kind=trip").text
    assert "1 line in all €30.00" in read(jean.get(f"{month}?kind=trip"))
    assert jean.get(f"{HERE}/months/2026-13").status == 400
    assert village.as_("Olga").get(month).status == 403


def test_balances_can_be_sorted_by_amount(village: Village) -> None:
    spent(village, "Amina", 3000, "Luc")
    spent(village, "Amina", 6000, "Luc", "Paul")
    claire = village.as_("Claire")
    assert "Luc -€60.00 Paul -€30.00 Amina +€90.00" in read(claire.get(f"{HERE}/balances?sort=amount"))
    assert "Amina +€90.00 Paul -€30.00 Luc -€60.00" in read(claire.get(f"{HERE}/balances?sort=-amount"))


def test_my_own_lines_are_sorted_and_narrowed_where_they_stand(village: Village) -> None:
    lent(village, "Nadia", paid=Money(6000))
    nadia = village.as_("Nadia")
    seen = nadia.get(f"{HERE}/accounts?sort=amount")
    assert texts(seen.html) == ["Trip: Clio, 100 km", "Energy paid: Clio"]
    assert 'sort=-amount#lines"' in seen.html
    assert "No line of these." in nadia.get(f"{HERE}/accounts?month=2026-10").text
    assert nadia.get(f"{HERE}/accounts?month=yesterday").status == 422


def test_what_is_printed_says_of_which_co_op_whose_and_when(village: Village) -> None:
    paper = read(village.as_("Nadia").get(f"{HERE}/accounts"))
    assert "Les Voisins du Diois Nadia Printed on 2 November 2026" in paper
