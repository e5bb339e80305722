"""Two say that she has lost her mailbox, and she has not: what keeps her account hers."""

from sqlalchemy import update

from sending.outbox import outbox
from tests.kit.village import Village
from tests.places.members.recovery.ways import (
    NEW,
    OLD,
    address_of,
    ask,
    confirm,
    known_long,
    link_to,
    refuse,
    subjects_to,
    under_way,
    vouch,
    vouched,
    way_of,
)


def vouched_while_no_mail_leaves(village: Village) -> None:
    known_long(village)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert village.as_("Jean").api("POST", f"{way_of(village)}/vouching", {}).status == 201


def test_her_three_days_begin_when_the_letter_to_her_old_address_has_left(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(hours=80)
    assert address_of(village) == OLD
    assert subjects_to(village, OLD) == ["Les Voisins du Diois: is it you who changes your address?"]
    village.pass_time()
    village.pass_time(hours=71, minutes=59)
    assert address_of(village) == OLD
    assert village.anyone().api("POST", f"{link_to(village, OLD, 'recoveries')}/refusal", {}).status == 200
    village.pass_time(hours=80)
    assert address_of(village) == OLD


def test_unrefused_it_is_done_three_days_after_the_letter_left(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(hours=80)
    village.letters()
    village.pass_time()
    village.pass_time(hours=72)
    assert address_of(village) == NEW


def test_an_old_address_that_takes_no_mail_is_told_and_a_letter_of_ours_that_fails_is_not(village: Village) -> None:
    for trouble, address in (("letter", OLD), ("address", NEW)):
        if trouble == "letter":
            vouched_while_no_mail_leaves(village)
        with village.site.writing() as connection:
            given_up = update(outbox).where(outbox.c.template == "recovery_begun")
            connection.execute(given_up.values(next_at=None, trouble=trouble, reason="no"))
        village.pass_time()
        village.pass_time(hours=72)
        assert address_of(village) == address


def test_what_was_asked_a_month_ago_is_not_done(village: Village) -> None:
    vouched_while_no_mail_leaves(village)
    village.pass_time(days=28)
    village.letters()
    village.pass_time()
    village.pass_time(hours=72)
    assert (address_of(village), under_way(village)) == (OLD, [])


def test_a_link_does_not_say_refused_of_what_was_dropped_or_asked_anew(village: Village) -> None:
    vouched(village)
    link = f"{link_to(village, OLD, 'recoveries')}/refusal"
    village.leave("Jean")
    village.pass_time(hours=72)
    assert under_way(village) == []
    assert village.anyone().api("POST", link, {}).code == "recovery-over"
    assert refuse(village, "Claire").code == "recovery-over"
    assert (ask(village).status, confirm(village).status, vouch(village, "Paul").status) == (201, 200, 201)
    assert village.anyone().api("POST", link, {}).code == "recovery-over"
    assert [one["state"] for one in under_way(village)] == ["vouched"]
