"""Choosing neighbours in a co-op too large to list, on a phone with scripts and on one without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.lived import HERE, Lived
from tests.kit.crowd import crowd
from tests.kit.pictures import jpeg


@pytest.fixture(scope="module")
def large(busy: Lived) -> Lived:
    """The village, in which nobody can be listed any more."""
    crowd(busy.village, members=60)
    return busy


@pytest.fixture
def page(large: Lived) -> Iterator[Page]:
    """Claire's phone: she looks after the vehicles."""
    with large.device("Claire", service_workers="block") as device:
        yield device.new_page()


def boxes(page: Page) -> list[str]:
    return page.locator("#bearers label").all_inner_texts()


def held(page: Page, name: str) -> list[Route]:
    """Let the answer of who is called so wait in a list until it is let go; any other comes at once."""
    waiting: list[Route] = []
    asks = f'name="find"\r\n\r\n{name}\r\n'
    page.route(
        "**/expenses",
        lambda route: waiting.append(route) if asks in (route.request.post_data or "") else route.continue_(),
    )
    return waiting


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
        page.locator("#vehicle_id").select_option("coop")
        page.locator("#amount").fill("30")
        page.locator("#amount").press("Enter")
        page.wait_for_url(re.compile("/expenses/[0-9a-f-]{36}"))
        shown = page.locator("main").inner_text()
        for said in ("Voisine 0007 et Voisine 0042, autant chacun", "30,00"):
            assert said in shown
        assert page.locator("main img[src*='/photos/']").count() == 1


def test_who_shares_an_expense_is_found_as_her_name_is_typed(page: Page) -> None:
    page.goto(f"{HERE}/expenses/new")
    receipt = {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("#receipt").set_input_files(receipt)  # type: ignore[arg-type]
    page.locator("#note").fill("Pneus")
    key = page.locator("main form [name=command_id]").first.input_value()
    page.locator("#find").press_sequentially("voisine 0042")
    expect(page.locator("#told")).to_have_text("1 voisin porte ce nom.")
    expect(page.locator("#find")).to_be_focused()
    page.locator("#bearers").get_by_label("Voisine 0042").check()
    page.get_by_label("À égalité").check()
    page.locator("#find").fill("VOÎSINE 0007")
    expect(page.locator("#bearers").get_by_label("Voisine 0007")).to_be_visible()
    assert boxes(page) == ["Claire", "Voisine 0007", "Voisine 0042", "La caisse commune"]
    page.locator("#paid_by").select_option(label="Voisine 0007")
    page.locator("#find").fill("zz")
    expect(page.locator("#told")).to_have_text("Personne ici ne s’appelle « zz ».")
    assert boxes(page) == ["Claire", "Voisine 0007", "Voisine 0042", "La caisse commune"]
    with page.expect_request("**/expenses") as asked:
        page.locator("#find").press("Enter")
    assert asked.value.resource_type == "fetch"  # the form is not sent
    sent = asked.value.post_data_buffer or b""
    assert b"Pneus" in sent
    assert b"receipt.jpg" not in sent  # a photo is sent once, with the form
    page.locator("#amount").fill("30")
    page.get_by_label("Réparation").check()
    page.locator("#vehicle_id").select_option("coop")
    assert page.locator("main form [name=command_id]").first.input_value() == key
    page.get_by_role("button", name="Ajouter la dépense").click()
    page.wait_for_url(re.compile("/expenses/[0-9a-f-]{36}"))
    for said in ("Voisine 0007", "Voisine 0042", "30,00", "Pneus"):
        expect(page.locator("main")).to_contain_text(said)
    assert page.locator("main img[src*='/photos/']").count() == 1


def test_who_owns_a_vehicle_is_found_as_her_name_is_typed(page: Page) -> None:
    page.goto(f"{HERE}/vehicles/new")
    page.locator("#name").fill("Triporteur")
    page.locator("[name=kind][value=cargo_bike]").check()  # it needs no papers
    page.locator("#seats").fill("1")
    page.get_by_label("Plusieurs le possèdent").check()
    page.locator("#find").press_sequentially("0042")
    page.get_by_label("Parts, Voisine 0042").fill("2")
    expect(page.locator("#lender option")).to_have_text(["Claire", "Voisine 0042"])
    page.locator("#find").fill("0007")
    page.get_by_label("Parts, Voisine 0007").fill("1")
    page.get_by_label("Parts, Claire").fill("")
    page.locator("#find").fill("")
    expect(page.locator("#told")).to_be_empty()
    page.locator("#place").fill("Sous les tilleuls")
    page.get_by_role("button", name="Ajouter le véhicule").click()
    expect(page.locator("main")).to_contain_text("Voisine 0042 (2/3)")
    expect(page.locator("main")).to_contain_text("Voisine 0007 (1/3)")


def test_an_answer_that_comes_late_changes_nothing(page: Page) -> None:
    waiting = held(page, "004")
    page.goto(f"{HERE}/expenses/new")
    with page.expect_request("**/expenses"):
        page.locator("#find").fill("004")
    with page.expect_event("requestfailed"):  # it is waited for no more
        page.locator("#find").fill("0007")
    expect(page.locator("#told")).to_have_text("1 voisin porte ce nom.")
    [late] = waiting
    late.continue_()
    page.locator("#bearers").get_by_label("Voisine 0007").check()
    assert boxes(page) == ["Claire", "Voisine 0007", "La caisse commune"]
    assert page.locator("[name=found]").input_value() == "0007"


def test_what_is_changed_while_an_answer_is_awaited_stays(page: Page) -> None:
    waiting = held(page, "0007")
    page.goto(f"{HERE}/expenses/new")
    page.locator("#find").fill("0042")
    page.locator("#bearers").get_by_label("Voisine 0042").wait_for()
    with page.expect_request("**/expenses"):
        page.locator("#find").fill("0007")
    page.locator("#bearers").get_by_label("Voisine 0042").check()
    page.locator("#paid_by").select_option(label="La caisse commune")
    page.locator("#amount").press_sequentially("12")
    [answer] = waiting
    answer.continue_()
    expect(page.locator("#bearers").get_by_label("Voisine 0007")).to_be_visible()
    page.locator("#amount").press_sequentially(",50")
    expect(page.locator("#amount")).to_have_value("12,50")
    expect(page.locator("#bearers").get_by_label("Voisine 0042")).to_be_checked()
    expect(page.locator("#paid_by option:checked")).to_have_text("La caisse commune")


def test_an_answer_that_is_a_fault_lists_nobody(page: Page) -> None:
    page.goto(f"{HERE}/expenses/new")
    page.route("**/expenses", lambda route: route.fulfill(status=503, body="<p id=told></p>"))
    page.locator("#find").fill("0042")
    expect(page.locator("#told")).to_have_text("Pas de réponse : appuyez sur « Chercher ».")
    expect(page.locator("#bearers input")).to_have_count(2)


def test_without_an_answer_the_form_stays_and_the_button_finds(page: Page) -> None:
    page.goto(f"{HERE}/expenses/new")
    page.locator("#note").fill("Pneus")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("#find").fill("0042")
    expect(page.locator("#told")).to_have_text("Pas de réponse : appuyez sur « Chercher ».")
    page.context.set_offline(False)
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url(re.compile("#finding"))
    expect(page.locator("#bearers").get_by_label("Voisine 0042")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Pneus")
