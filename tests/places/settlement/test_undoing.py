"""What one said of a transfer a moment ago is undone from the plan's page, which says until when."""

import pytest

from tests.kit.money import indebted, plan_issued, transfers
from tests.kit.village import Village


@pytest.fixture
def transfer(village: Village) -> str:
    """Return the address of the transfer that Nadia has to make to Jean."""
    indebted(village)
    plan = plan_issued(village).path
    return f"{plan}/transfers/{transfers(village, plan)[str(village.member('Jean'))]['line_id']}"


@pytest.mark.parametrize(("who", "act"), [("Nadia", "payment"), ("Jean", "receipt")])
def test_it_is_offered_to_who_said_it_for_ten_minutes(village: Village, transfer: str, who: str, act: str) -> None:
    plan, button = transfer.partition("/transfers/")[0], f'action="{transfer}/{act}/undo"'
    done = village.as_(who).post(f"{transfer}/{act}")
    assert button in done.html
    assert "Undo (until 1:10 pm)" in done.text  # two trips of two hours were made since 9
    assert button in village.as_(who).get(plan).html
    assert button not in village.as_("Paul").get(plan).html
    village.pass_time(minutes=10)
    assert button not in village.as_(who).get(plan).html


def test_once_the_receiver_has_answered_the_payer_is_not_offered_it(village: Village, transfer: str) -> None:
    plan = transfer.partition("/transfers/")[0]
    village.as_("Nadia").post(f"{transfer}/payment")
    village.as_("Jean").post(f"{transfer}/receipt")
    assert "payment/undo" not in village.as_("Nadia").get(plan).html
    undone = village.as_("Jean").post(f"{transfer}/receipt/undo")
    assert "Undone: it has not come yet. Both balances are as before." in undone.text
    assert "payment/undo" in village.as_("Nadia").get(plan).html
