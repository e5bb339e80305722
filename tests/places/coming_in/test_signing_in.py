"""Coming in by a link: once, soon, and without telling strangers who is a member."""

from html import escape

from tests.kit.village import COOP, Village
from tests.places.coming_in.links import came_in, link_in


def test_a_member_comes_in_by_the_link_she_is_sent(village: Village) -> None:
    browser = village.anyone()
    seen = browser.post("/sign-in-links", email="Nadia@Example.org")
    assert "If nadia@example.org is known here, a mail is on its way." in seen.text
    assert "Nadia" in browser.get(link_in(village, "Nadia")).text
    assert came_in(village, "Nadia", browser).path == f"/coops/{COOP}/"
    assert browser.get(f"/coops/{COOP}/").status == 200


def test_opening_the_link_does_not_use_it_and_using_it_does(village: Village) -> None:
    browser = village.anyone()
    browser.post("/sign-in-links", email="nadia@example.org")
    link = link_in(village, "Nadia")
    for _ in range(3):
        assert village.anyone().get(link).status == 200
    came_in(village, "Nadia", browser)
    for again in (village.anyone().get(link), came_in(village, "Nadia", village.anyone())):
        assert again.status == 410
        for said in ("This link is over", "This link was already used or is too old.", "Send me a new link"):
            assert said in again.text
    inside = browser.get(link)
    assert ("Back to home" in inside.text, "Send me a new link" in inside.text) == (True, False)


def test_a_link_is_too_old_after_half_an_hour(village: Village) -> None:
    village.anyone().post("/sign-in-links", email="nadia@example.org")
    link = link_in(village, "Nadia")
    village.pass_time(minutes=31)
    assert village.anyone().get(link).status == 410


def test_a_stranger_is_told_the_same_and_sent_nothing(village: Village) -> None:
    known = village.anyone().post("/sign-in-links", email="nadia@example.org")
    unknown = village.anyone().post("/sign-in-links", email="nobody@example.org")
    assert known.text.replace("nadia", "nobody") == unknown.text
    assert known.path.rpartition("/")[0] == unknown.path.rpartition("/")[0] == "/sign-in-codes"
    assert "Begin with the invitation" in unknown.text  # whoever is new waits for nothing
    assert village.letters_to("Nobody") == []


def test_too_many_links_are_refused(village: Village) -> None:
    browser = village.anyone()
    statuses = [browser.post("/sign-in-links", email="nadia@example.org").status for _ in range(7)]
    assert statuses == [200] * 6 + [429]


def test_she_goes_where_she_was_going(village: Village) -> None:
    browser = village.anyone()
    page = f"/coops/{COOP}/community"
    asked = browser.get(page)
    assert asked.status == 401
    assert f'value="{page}"' in asked.html
    browser.post("/sign-in-links", email="nadia@example.org", next=page)
    assert came_in(village, "Nadia", browser).path == page


def test_nobody_is_sent_to_another_site(village: Village) -> None:
    browser = village.anyone()
    browser.post("/sign-in-links", email="nadia@example.org", next="//evil.example/")
    assert came_in(village, "Nadia", browser).path == f"/coops/{COOP}/"


def test_signing_out_ends_the_session(village: Village) -> None:
    browser = village.as_("Nadia")
    token = dict(browser.cookies)
    browser.post("/sessions/current")
    browser.cookies = token
    assert browser.get(f"/coops/{COOP}/").status == 401


def test_without_its_token_no_form_is_accepted(village: Village) -> None:
    browser = village.as_("Nadia")
    browser.get("/offline")
    browser.cookies["csrftoken"] = "another"
    assert browser.post(f"/coops/{COOP}/profile", name="Eve").status == 403


def test_signing_in_leads_back_to_the_page_with_what_it_asked(village: Village) -> None:
    wanted = f"/coops/{COOP}/availability?when=tomorrow&page=a%26b"
    at_the_door = village.anyone().get(wanted)
    assert at_the_door.status == 401
    assert f'name="next" value="{escape(wanted)}"' in at_the_door.html


def test_what_was_sent_by_a_stranger_has_no_page_to_come_back_to(village: Village) -> None:
    refused = village.anyone().post(f"/coops/{COOP}/contributions", amount="10")
    assert refused.status == 401
    assert 'name="next"' not in refused.html.split("<footer")[0]


def test_a_language_is_chosen_without_leaving_the_page(village: Village) -> None:
    wanted = f"/coops/{COOP}/availability?when=choose"
    assert f'name="next" value="{wanted}"' in village.as_("Nadia").get(wanted).html
