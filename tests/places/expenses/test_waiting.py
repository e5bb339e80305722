"""An expense over the voted limit that others bear waits for the yes of one of them, or of the treasurer."""

from typing import Any

from governance.roles import Role
from tests.kit.money import HERE
from tests.kit.village import Village
from tests.places.expenses.test_expenses import TYPED

HOME = f"{HERE}/"


def noted(village: Village, by: str = "Paul", amount: str = "150,01", *among: str, **more: Any) -> str:
    bearers = [village.member(name) for name in among or ("Nadia", "Luc")]
    form = TYPED | {"amount": amount, "paid_by": village.member(by), "among": bearers} | more
    return village.as_(by).post(f"{HERE}/expenses", **form).path


def test_over_the_limit_it_counts_for_nobody_yet(village: Village) -> None:
    page = noted(village)
    assert "It counts for nobody until" in village.as_("Paul").get(page).text
    assert "waits for a yes" in village.as_("Amina").get(f"{HERE}/expenses").text
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text
    for name in ("Nadia", "Luc", "Claire"):
        assert "An expense of €150.01 waits for a yes" in village.as_(name).get(HOME).text
    for name in ("Paul", "Amina"):
        assert "waits for a yes" not in village.as_(name).get(HOME).text


def test_up_to_the_limit_it_counts_at_once(village: Village) -> None:
    assert "It counts for nobody" not in village.as_("Paul").get(noted(village, "Paul", "150")).text
    assert "You owe €75.00 to Paul" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_one_who_bears_it_says_yes(village: Village) -> None:
    page = noted(village, "Paul", "200")
    for name in ("Paul", "Amina"):
        assert "Say yes" not in village.as_(name).get(page).text
        assert village.as_(name).post(f"{page}/agreement").status == 403
    assert "Of it you would bear €100.00." in village.as_("Nadia").get(page).text
    assert "you would bear" not in village.as_("Claire").get(page).text  # the treasurer, who bears nothing of it
    seen = village.as_("Nadia").post(f"{page}/agreement")
    assert "It is yes: the expense counts from here on." in seen.text
    assert "You owe €100.00 to Paul" in village.as_("Luc").get(f"{HERE}/accounts").text
    assert "waits for a yes" not in village.as_("Luc").get(HOME).text


def test_the_treasurer_says_yes(village: Village) -> None:
    village.as_("Claire").post(f"{noted(village, 'Paul', '200')}/agreement")
    assert "You owe €100.00 to Paul" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_what_the_treasurer_noted_waits_for_another_never_for_her(village: Village) -> None:
    page = noted(village, "Claire", "200")
    assert village.as_("Claire").post(f"{page}/agreement").status == 403
    village.give_role("Amina", Role.REFERENT)
    assert "counts from here on" in village.as_("Amina").post(f"{page}/agreement").text


def test_a_no_ends_it_with_its_reason(village: Village) -> None:
    page = noted(village)
    assert village.as_("Paul").post(f"{page}/refusal", reason="No").status == 403
    seen = village.as_("Luc").post(f"{page}/refusal", reason="We never spoke of it")
    assert "Luc refused this expense" in seen.text
    assert "We never spoke of it" in village.as_("Paul").get(page).text
    assert "refused" in village.as_("Amina").get(f"{HERE}/expenses").text
    late = village.as_("Nadia").post(f"{page}/agreement")
    assert (late.status, "This expense was already taken back." in late.text) == (409, True)
    assert "You are even" in village.as_("Nadia").get(f"{HERE}/accounts").text


def test_who_noted_it_takes_it_back(village: Village) -> None:
    page = noted(village)
    assert "This expense was taken back" in village.as_("Paul").post(f"{page}/withdrawal").text
    assert "waits for a yes" not in village.as_("Nadia").get(HOME).text


def test_what_counts_already_is_not_refused_any_more(village: Village) -> None:
    page = noted(village)
    village.as_("Nadia").post(f"{page}/agreement")
    late = village.as_("Luc").post(f"{page}/refusal", reason="No")
    assert (late.status, "it counts already" in late.text) == (409, True)


def test_what_one_bears_alone_waits_for_nobody(village: Village) -> None:
    page = noted(village, "Paul", "500", "Paul", paid_by=village.member("Nadia"))
    assert "It counts for nobody" not in village.as_("Paul").get(page).text


def test_what_the_purse_bears_waits_for_the_treasurer(village: Village) -> None:
    page = noted(village, "Paul", "500", split="shares", among=[])
    assert village.as_("Nadia").post(f"{page}/agreement").status == 403
    assert "counts from here on" in village.as_("Claire").post(f"{page}/agreement").text


def test_what_the_only_one_with_a_role_puts_on_the_purse_waits_for_any_other_member(village: Village) -> None:
    page = noted(village, "Claire", "10000", split="shares", among=[], confirmed="1000000")
    assert village.as_("Claire").post(f"{page}/agreement").status == 403
    village.settle()
    asked = {kept.address for kept in village.letters() if "an expense waits for a yes" in kept.subject}
    assert asked == {f"{name}@example.org" for name in ("jean", "amina", "paul", "luc", "nadia")}
    assert "waits for a yes" in village.as_("Nadia").get(HOME).text
    assert "counts from here on" in village.as_("Nadia").post(f"{page}/agreement").text
