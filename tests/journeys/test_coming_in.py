"""Coming in: by six digits where the letter's link cannot lead."""

import re
from typing import Any

from tests.journeys.chromium import by_size
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone


def stranger(busy: Lived, name: str, size: dict[str, Any]) -> Phone:
    """Return a browser of its own, with no cookie of somebody signed in."""
    page = busy.device(None, **size, service_workers="block").new_page()
    return Phone(page, name, touch=size["has_touch"])


@by_size(["name"], phone=["Paul"], desk=["Amina"])
def test_the_six_digits_come_in_where_one_waits_though_the_mail_is_read_elsewhere(
    busy: Lived, size: dict[str, Any], name: str
) -> None:
    app, browser = stranger(busy, name, size), stranger(busy, name, size)
    app.open(f"/sign-in?next={HERE}/community")
    app.type("Votre adresse mail", app.email)
    app.tap("M’envoyer le lien")
    app.reads(f"Si l’adresse {app.email} est connue ici, un mail est en route.", "Les six chiffres du mail")
    link, code = letter_of(browser)
    app.type("Les six chiffres du mail", "000 000" if code != "000 000" else "000 001")
    app.tap("Entrer")
    app.reads("Essais restants : 4.", "Le lien du mail marche aussi.")
    app.type("Les six chiffres du mail", code)
    app.tap("Entrer")
    app.page.wait_for_url(f"**{HERE}/community")
    assert [cookie for cookie in browser.page.context.cookies() if cookie["name"] == "session"] == []
    browser.page.goto(link)
    browser.reads("Ce lien ne sert plus", "M’envoyer un nouveau lien")


def letter_of(someone: Phone) -> tuple[str, str]:
    """Open her letter, press its link and nothing on its page; return where it leads, and its six digits."""
    someone.letter("Votre lien pour entrer")
    someone.reads(f"Bonjour {someone.name}")
    link = someone.path
    someone.page.goto("/mailbox")
    letter = someone.page.locator("article").filter(has_text=someone.email).first.inner_text()
    code = re.search(r"Votre code\s: (\d{3})\s(\d{3})", letter)
    assert code
    return link, f"{code[1]} {code[2]}"
