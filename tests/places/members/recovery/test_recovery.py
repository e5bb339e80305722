"""On a member's page a référent says that her mailbox is lost, another member vouches, and she refuses in one tap."""

from datetime import UTC, datetime, timedelta

from tests.kit.village import COOP, Village
from tests.places.members.recovery.ways import (
    HERE,
    NEW,
    OLD,
    address_of,
    ask,
    confirm,
    known_long,
    link_to,
    subjects_to,
    vouch,
    vouched,
    way_of,
)


def page_of(village: Village, reader: str) -> str:
    return str(village.as_(reader).get(f"{HERE}/members/{village.member('Nadia')}").text)


def test_a_referent_asks_the_new_mailbox_says_yes_and_another_vouches(village: Village) -> None:
    known_long(village)
    claire, jean = village.as_("Claire"), village.as_("Jean")
    assert "Her mailbox cannot be opened any more" not in page_of(village, "Jean")
    assert "Voisiture can neither ring nor send text messages" not in page_of(village, "Jean")
    assert "Her mailbox cannot be opened any more" in page_of(village, "Claire")
    asked = claire.post(way_of(village), email=NEW)
    assert "A link is on its way to the new address." in asked.text
    assert f"asks that mail for Nadia go to {NEW}" in page_of(village, "Paul")
    link, anyone = link_to(village, NEW), village.anyone()
    shown = anyone.get(link)
    assert "Claire says that the old mailbox of Nadia cannot be opened any more." in shown.text
    assert "The new mailbox has said yes" not in page_of(village, "Paul")  # mail scanners open links too
    assert "It is noted. Another member has to vouch" in anyone.post(f"{link}/recovery").text
    assert "I have spoken with her: I vouch" not in page_of(village, "Claire")
    assert "I have spoken with her: I vouch" in page_of(village, "Jean")
    assert "You have vouched." in jean.post(f"{way_of(village)}/vouching").text
    assert "Jean has vouched. The address changes" in page_of(village, "Paul")
    village.letters()
    village.pass_time()  # the letter to the old address has left: now her time counts
    village.pass_time(hours=72)
    assert address_of(village) == NEW
    said = "Nadia has a new mail address, without the old mailbox: Claire asked for it, Jean vouched."
    assert said in village.as_("Paul").get(f"{HERE}/community").text


def test_the_two_read_her_number_or_that_there_is_none(village: Village) -> None:
    known_long(village)
    assert "No phone number of hers is known here." in page_of(village, "Claire")
    village.as_("Nadia").api("PUT", "/me", {"name": "Nadia", "language": "en", "phone": "06 12 34 56 78"})
    assert "Ring 06 12 34 56 78, or see her" in page_of(village, "Claire")


def test_whoever_has_the_old_mailbox_refuses_in_one_tap(village: Village) -> None:
    vouched(village)
    assert subjects_to(village, OLD) == ["Les Voisins du Diois: is it you who changes your address?"]
    link, anyone = link_to(village, OLD, "recoveries"), village.anyone()
    shown = anyone.get(link)
    assert "Claire and Jean, of Les Voisins du Diois, say that you cannot open your mailbox any more." in shown.text
    assert NEW not in shown.text
    assert "It is refused: your address stays as it is." in anyone.post(f"{link}/refusal").text
    assert anyone.get(link).status == 409
    village.pass_time(hours=73)
    assert address_of(village) == OLD


def test_she_who_is_still_signed_in_reads_it_at_home_and_refuses(village: Village) -> None:
    vouched(village)
    nadia = village.as_("Nadia")
    assert "Mail for you is about to go to another address" in nadia.get(f"{HERE}/").text
    assert "Mail for you is about" not in village.as_("Paul").get(f"{HERE}/").text
    assert "It is not me: refuse" in page_of(village, "Nadia")
    assert "It is refused: her address stays as it is." in nadia.post(f"{way_of(village)}/refusal").text
    assert "Mail for you is about" not in nadia.get(f"{HERE}/").text


def test_what_is_refused_keeps_what_was_typed_and_says_why(village: Village) -> None:
    refused = village.as_("Claire").post(way_of(village), email=NEW)
    assert refused.status == 409
    assert (
        "Whoever asks and whoever vouches have been members for 30 days when it is asked: Claire joined" in refused.text
    )
    assert f'value="{NEW}"' in refused.html
    known_long(village)
    assert village.as_("Claire").post(way_of(village), email=OLD).status == 422
    assert village.as_("Paul").post(way_of(village), email=NEW).status == 403


def test_her_iban_says_until_when_it_stays(village: Village) -> None:
    vouched(village)
    village.pass_time(hours=72)
    village.as_("Nadia").cookies["session"] = village.session("Nadia")
    typed = {"name": "Nadia", "language": "en", "iban": "FR76 3000 6000 0112 3456 7890 189", "iban_holder": "Nadia"}
    refused = village.as_("Nadia").post(f"{HERE}/profile", **typed)
    assert refused.status == 422
    assert "Your mail address was given back to you: until" in refused.text
    assert 'value="FR76 3000 6000 0112 3456 7890 189"' in refused.html


def test_three_days_never_end_by_night(village: Village) -> None:
    village.clock.now = datetime(2027, 2, 4, 22, 30, tzinfo=UTC)  # half past eleven in Die
    for seen in (ask(village), confirm(village), vouch(village)):
        assert seen.status in (200, 201), seen.text
    in_the_morning = datetime(2027, 2, 8, 7, tzinfo=UTC)  # 8 o'clock after the night of the third day
    village.pass_time(seconds=(in_the_morning - village.now - timedelta(minutes=1)).total_seconds())
    assert address_of(village) == OLD
    village.pass_time(minutes=1)
    assert address_of(village) == NEW


def test_a_former_member_has_no_way_back_here(village: Village) -> None:
    known_long(village)
    village.leave("Nadia")
    assert "Her mailbox cannot be opened" not in page_of(village, "Claire")
    assert village.as_("Claire").post(way_of(village), email=NEW).status == 404
    assert village.as_("Claire").get(f"/coops/{COOP}/members/{village.member('Nadia')}").status == 200
