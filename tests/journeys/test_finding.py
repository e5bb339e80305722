"""Choosing neighbours in a co-op too large to list, on a phone with scripts and on one without."""

import re

import pytest

from tests.journeys.lived import HERE, Lived
from tests.kit.crowd import crowd
from tests.kit.pictures import jpeg


@pytest.fixture(scope="module")
def large(busy: Lived) -> Lived:
    """The village, in which nobody can be listed any more."""
    crowd(busy.village, members=60)
    return busy


@pytest.mark.parametrize("scripts", [True, False])
def test_those_who_share_an_expense_are_found_one_after_the_other(large: Lived, *, scripts: bool) -> None:
    with large.device("Amina", java_script_enabled=scripts) as device:
        page = device.new_page()
        page.goto(f"{HERE}/expenses/new")
        receipt = {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        page.locator("#receipt").set_input_files(receipt)  # type: ignore[arg-type]
        page.locator("#find").fill("voisine 0042")
        page.locator("#find").press("Enter")  # nothing else is filled in yet
        page.get_by_label("Voisine 0042", exact=True).last.check()
        page.get_by_label("À égalité").check()
        page.locator("#find").fill("voisine 0007")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_label("Voisine 0007", exact=True).last.check()
        page.get_by_label("Réparation").check()
        page.locator("#amount").fill("30")
        page.locator("#amount").press("Enter")
        page.wait_for_url(re.compile("/expenses/[0-9a-f-]{36}"))
        shown = page.locator("main").inner_text()
        for said in ("Voisine 0007 et Voisine 0042, autant chacun", "30,00"):
            assert said in shown
        assert page.locator("main img[src*='/photos/']").count() == 1
