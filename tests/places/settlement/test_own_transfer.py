"""A transfer between the treasurer and the co-op: another speaks for the co-op, and is offered to."""

from governance.roles import Role
from tests.kit.money import HERE, IBANS, give_ibans, plan_issued, spent, transfers
from tests.kit.village import COOP, Village

HOME = f"{HERE}/"
REFUSED = "This transfer is between you and the co-op: another member has to speak for the co-op."
RECEIVED, PAID = "I received it", "I have paid"


def owed_by_claire(village: Village) -> str:
    """Let Claire, who alone holds the roles, owe the co-op, and say that she paid; return the transfer's address."""
    village.drove("Claire", "Zoé", 100)
    plan = plan_issued(village).path
    transfer = f"{plan}/transfers/{transfers(village, plan)[str(COOP)]['line_id']}"
    village.as_("Claire").post(f"{transfer}/payment")
    return transfer


def owed_to_claire(village: Village) -> str:
    """Let the co-op owe Claire, who alone holds the roles; return the transfer's address."""
    give_ibans(village)
    spent(village, "Claire", 4_000, "Nadia")
    plan = plan_issued(village, through_purse="yes").path
    return f"{plan}/transfers/{transfers(village, plan)[str(village.member('Claire'))]['line_id']}"


def plan_of(transfer: str) -> str:
    return transfer.partition("/transfers")[0]


def test_the_treasurer_does_not_say_herself_that_hers_has_come(village: Village) -> None:
    transfer = owed_by_claire(village)
    claire = village.as_("Claire")
    for path in ("receipt", "denial"):
        refused = claire.post(f"{transfer}/{path}")
        assert (refused.status, REFUSED in refused.text) == (403, True)
    assert claire.get(f"{transfer}/receipt").status == 403
    assert RECEIVED not in claire.get(plan_of(transfer)).text
    assert "The common purse has a transfer" not in claire.get(HOME).text


def test_where_nobody_else_holds_a_role_any_other_member_says_so(village: Village) -> None:
    transfer = owed_by_claire(village)
    jean = village.as_("Jean")
    assert "The common purse has a transfer to make or to confirm" in jean.get(HOME).text
    assert RECEIVED in jean.get(plan_of(transfer)).text
    assert "this plan is done" in jean.post(f"{transfer}/receipt").text


def test_a_referent_says_so_before_any_other_member(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    transfer = owed_by_claire(village)
    assert "The common purse has a transfer" not in village.as_("Jean").get(HOME).text
    assert RECEIVED not in village.as_("Jean").get(plan_of(transfer)).text
    refused = village.as_("Jean").post(f"{transfer}/receipt")
    assert (refused.status, REFUSED in refused.text) == (403, False)
    assert RECEIVED in village.as_("Amina").get(plan_of(transfer)).text
    assert "this plan is done" in village.as_("Amina").post(f"{transfer}/receipt").text


def test_another_treasurer_says_so_before_a_referent(village: Village) -> None:
    village.give_role("Paul", Role.TREASURER)
    village.give_role("Amina", Role.REFERENT)
    transfer = owed_by_claire(village)
    assert village.as_("Amina").post(f"{transfer}/receipt").status == 403
    assert "this plan is done" in village.as_("Paul").post(f"{transfer}/receipt").text


def test_who_has_left_never_speaks_for_the_co_op(village: Village) -> None:
    transfer = owed_by_claire(village)
    village.leave("Jean")
    assert village.as_("Jean").post(f"{transfer}/receipt").status == 403


def test_the_only_member_says_so_herself(village: Village) -> None:
    transfer = owed_by_claire(village)
    for name in ("Jean", "Amina", "Paul", "Luc", "Nadia"):
        village.leave(name)
    assert RECEIVED in village.as_("Claire").get(plan_of(transfer)).text
    assert "this plan is done" in village.as_("Claire").post(f"{transfer}/receipt").text


def test_the_treasurer_does_not_say_herself_that_the_co_op_paid_her(village: Village) -> None:
    village.give_role("Amina", Role.REFERENT)
    transfer = owed_to_claire(village)
    claire, amina = village.as_("Claire"), village.as_("Amina")
    refused = claire.post(f"{transfer}/payment")
    assert (refused.status, REFUSED in refused.text) == (403, True)
    assert PAID not in claire.get(plan_of(transfer)).text
    assert village.as_("Jean").post(f"{transfer}/payment").status == 403
    shown = amina.get(plan_of(transfer))
    assert PAID in shown.text
    assert "DE89 3704 0044 0532 0130 00" in shown.text
    assert "Said to be paid" in amina.post(f"{transfer}/payment").text
    assert "Noted: it has come." in claire.post(f"{transfer}/receipt").text


def test_a_member_without_a_role_who_says_so_is_not_told_the_iban(village: Village) -> None:
    transfer = owed_to_claire(village)
    jean = village.as_("Jean")
    shown = jean.get(plan_of(transfer))
    assert PAID in shown.text
    assert "has not given an IBAN" not in shown.text
    line = transfers(village, plan_of(transfer), "Jean")[str(village.member("Claire"))]
    assert (line["can_be_declared"], line["iban"], IBANS["Claire"] in shown.html) == (True, None, False)
    assert "Said to be paid" in jean.post(f"{transfer}/payment").text
