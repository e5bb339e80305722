"""A transfer is paid with the phone that shows it: what is to be copied comes first, and the code at a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from people.bank_account import BankAccount
from tests.journeys.chromium import DESK, PHONE
from tests.journeys.lived import HERE, Lived
from tests.journeys.test_plans import first_line, keeper
from tests.kit.money import IBANS, give_account

HANDED_ON = "window.handed = []; navigator.canShare = () => true; "
SHARES = """navigator.share = async ({ files: [{ name, type, size }] }) => {
  document.documentElement.dataset.handed = handed.push([name, type, size]);
};"""
SHARE = "Partager ou enregistrer le code"


@pytest.fixture(scope="module", autouse=True)
def _with_an_account(busy: Lived) -> None:
    """Who receives most has said where to."""
    name = keeper(busy, first_line(busy).receiver)
    give_account(busy.village, name, BankAccount(IBANS["Jean"], f"Mme {name} ROUX"))


@contextmanager
def paying(busy: Lived, **options: Any) -> Iterator[Page]:
    """Open the plan on the device of who has most to pay."""
    with busy.device(keeper(busy, first_line(busy).debtor), service_workers="block", **options) as device:
        page = device.new_page()
        page.add_init_script(HANDED_ON + SHARES)
        page.goto(f"{HERE}/plans/{busy.ids['plan']}")
        yield page


def top(page: Page, what: str) -> float:
    box = page.locator(what).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(("size", "code_first"), [(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def test_the_code_comes_first_at_a_desk_alone(busy: Lived, size: dict[str, Any], *, code_first: bool) -> None:
    with paying(busy, **size) as page:
        assert (top(page, ".by-code .qr") < top(page, ".ways-to-pay dl")) is code_first
        expect(page.get_by_role("link", name=SHARE).first).to_be_visible(visible=not code_first)
        expect(page.get_by_text("visez-le").first).to_be_visible(visible=code_first)


def test_all_is_copied_at_once_and_the_code_goes_to_another_app(busy: Lived) -> None:
    with paying(busy, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="Tout copier").first.tap()
        expect(page.get_by_role("button", name="Copié").first).to_be_visible()
        lines = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert [line.split("\u00a0:")[0] for line in lines] == ["Titulaire du compte", "IBAN", "Montant", "Référence"]
        page.get_by_role("link", name=SHARE).first.tap()
        expect(page.locator("html")).to_have_attribute("data-handed", "1")
        name, kind, size = page.evaluate("handed[0]")
        assert (name, kind) == ("payment.png", "image/png")
        assert size > 200


def test_where_nothing_can_be_shared_the_picture_is_saved(busy: Lived) -> None:
    with paying(busy, java_script_enabled=False) as page:
        with page.expect_download() as saving:
            page.get_by_role("link", name=SHARE).first.tap()
        assert saving.value.suggested_filename == "payment.png"
