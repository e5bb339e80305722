"""Coming in: by six digits where the letter's link cannot lead, and by the one press that a mailed invitation asks."""

import re
from typing import Any

from tests.journeys.chromium import by_size
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone
from tests.journeys.sweep import faults_of


def stranger(busy: Lived, name: str, size: dict[str, Any]) -> Phone:
    """Return a browser of its own, with no cookie of somebody signed in."""
    page = busy.device(None, **size, bypass_csp=True, service_workers="block").new_page()
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
    assert faults_of(app.page, "waiting, refused") == []
    app.type("Les six chiffres du mail", code)
    app.tap("Entrer")
    app.page.wait_for_url(f"**{HERE}/community")
    assert [cookie for cookie in browser.page.context.cookies() if cookie["name"] == "session"] == []
    browser.page.goto(link)
    browser.reads("Ce lien ne sert plus", "M’envoyer un nouveau lien")
    assert faults_of(browser.page, "link over") == []


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


@by_size(["name"], phone=["Yvette"], desk=["Lucette"])
def test_who_is_invited_by_mail_joins_by_one_press(busy: Lived, size: dict[str, Any], name: str) -> None:
    claire, newcomer = busy.phone("Claire", **size), stranger(busy, name, size)
    claire.open(f"{HERE}/invitations")
    claire.type("Son adresse mail", newcomer.email)
    claire.tap("Envoyer l’invitation")
    claire.reads("L’invitation est en route.")
    newcomer.letter("Claire vous invite à partager des véhicules")
    newcomer.reads("Rejoindre Les Voisins du Diois", "Claire vous invite.", "La charte", newcomer.email)
    assert faults_of(newcomer.page, "invited") == []
    newcomer.type("Votre nom", name)
    newcomer.tap("J’accepte la charte")
    newcomer.tap("Rejoindre")
    newcomer.page.wait_for_url(f"**{HERE}/")
    newcomer.reads(f"Bonjour {name}")
    assert newcomer.taps == 3  # the letter's link, the charter, and one press
