"""Letters by a real mail server: they arrive, wait when it is down, are never sent twice nor to the erased."""

import re
import socket
import threading
from datetime import timedelta
from email.message import EmailMessage

import pytest

from governance import commands as g
from governance.application import Governance
from people.person import change_person
from people.sign_in import LINK_LASTS, forget_old
from sending import mail
from sending.outbox import RETRY_AFTER, Lane, kept_letters
from tests.hosting.post import HOST, SOON, Post
from tests.kit.erasing import erased
from tests.kit.village import COOP, person_id_of


def test_a_letter_arrives_as_it_was_worded(post: Post) -> None:
    with post.village.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), language="fr")
    with post.up():
        assert post.leaves() == 1
    [letter] = post.sink.arrived
    assert isinstance(letter, EmailMessage)
    assert post.sink.recipients == ["jean@example.org"]
    assert (letter["To"], letter["From"]) == ("jean@example.org", "Les voisins <nous@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == post.village.now
    assert letter["Subject"].startswith("Nadia voudrait")
    body = letter.get_content()
    assert "Bonjour Jean," in body
    assert f"http://localhost:8000/coops/{COOP}/bookings/" in body
    with post.village.site.reading() as connection:
        assert kept_letters(connection) == []  # the local mailbox is for machines without a mail server


def test_it_is_never_sent_again_after_it_left(post: Post) -> None:
    with post.up():
        assert [post.leaves(), post.leaves(), post.leaves(days=2)] == [1, 0, 0]
    assert len(post.sink.arrived) == 1
    assert post.waits() == []


def test_it_waits_for_a_server_that_is_down_and_arrives_once(post: Post) -> None:
    assert post.leaves() == 0
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])]
    with post.up():
        assert post.leaves() == 0  # not at once: its next hour has not come
        assert post.leaves(seconds=5) == 1
        assert post.leaves(days=1) == 0
    assert len(post.sink.arrived) == 1


@pytest.mark.parametrize("answer", ["451 try again", "554 no"])
def test_it_waits_for_a_server_that_says_no(post: Post, answer: str) -> None:
    with post.up():
        post.sink.answer = answer
        assert post.leaves() == 0
        post.sink.answer = "250 OK"
        assert post.leaves(seconds=5) == 1
    assert len(post.sink.arrived) == 1


def test_after_the_last_attempt_it_stays_to_be_seen(post: Post) -> None:
    post.sink.answer = "554 no"
    with post.up():
        for length in (timedelta(), *RETRY_AFTER):
            assert post.leaves(seconds=length.total_seconds()) == 0
    assert post.waits() == [(len(RETRY_AFTER) + 1, None)]


def test_it_waits_for_as_long_as_the_server_is_down(post: Post) -> None:
    for length in (timedelta(), *RETRY_AFTER, *[RETRY_AFTER[-1]] * 12):
        assert post.leaves(seconds=length.total_seconds()) == 0
    with post.up():
        assert post.leaves(hours=2) == 1


@pytest.mark.parametrize("address", ["jean\nbcc: all@example.org", "a@[.b"])
def test_one_that_cannot_leave_does_not_keep_the_others(post: Post, address: str) -> None:
    with post.village.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), email=address)
    post.village.approved("Jean", post.village.booked("Luc", "Clio", post.village.now + timedelta(days=4)))
    with post.up():
        post.leaves()
    assert post.sink.recipients == ["luc@example.org"]
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])] * 2  # both of Jean's


def test_a_slow_server_keeps_no_sign_in_link_from_leaving(post: Post) -> None:
    """Another letter is still on its way, for as long as the server likes, when the link is asked for and arrives."""
    with post.up():
        post.sink.slow = ("jean@example.org",)
        slow = threading.Thread(target=post.leaves)
        slow.start()
        assert post.sink.waits.wait(SOON)
        post.village.anyone().post("/sign-in-links", email="nadia@example.org")
        assert post.village.site.send_letter(Lane.AWAITED)
        assert post.sink.recipients == ["nadia@example.org"]
        post.sink.goes_on.set()
        slow.join(SOON)
    assert post.sink.recipients == ["nadia@example.org", "jean@example.org"]


def test_a_server_that_never_answers_is_left_after_a_while(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "ANSWER_SECONDS", 0.1)
    with socket.create_server((HOST, 0)) as mute:
        post.url = f"smtp://{HOST}:{mute.getsockname()[1]}"
        assert post.leaves() == 0
    assert post.waits() == [(1, post.village.now + RETRY_AFTER[0])]


def test_a_server_that_does_not_say_goodbye_has_the_letter_all_the_same(post: Post) -> None:
    with post.up():
        post.sink.goodbye = "500 what?"
        assert post.leaves() == 1
    assert len(post.sink.arrived) == 1


def test_a_link_lives_from_when_its_letter_leaves(post: Post) -> None:
    anyone = post.village.anyone()
    anyone.post("/sign-in-links", email="nadia@example.org")
    post.village.clock.now += LINK_LASTS * 3  # the mail server is down for that long
    with post.up():
        post.leaves()
    [link] = [arrived for arrived in post.sink.arrived if arrived["To"] == "nadia@example.org"]
    assert isinstance(link, EmailMessage)
    found = re.search(r"/sign-in/\S+", link.get_content())
    assert found is not None
    post.village.clock.now += LINK_LASTS - timedelta(minutes=1)
    assert anyone.get(found[0]).status == 200
    post.village.clock.now += timedelta(minutes=2)
    assert anyone.get(found[0]).status == 410


def test_a_link_that_can_be_used_no_more_is_not_sent(post: Post) -> None:
    post.village.anyone().post("/sign-in-links", email="nadia@example.org")
    with post.village.site.writing() as connection:
        forget_old(connection, post.village.now + timedelta(days=2))
    with post.up():
        post.leaves()
    assert "nadia@example.org" not in post.sink.recipients
    assert post.waits() == []


def test_who_was_erased_gets_nothing(post: Post) -> None:
    governance, village = Governance(post.village.site.history), post.village
    village.approved("Jean", village.booked("Nadia", "Clio", village.now + timedelta(days=4)))
    governance.leave_coop(g.LeaveCoop(coop_id=COOP, member_id=village.member("Nadia")), village.asked("Nadia"))
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    with post.up():
        post.leaves()
    assert set(post.sink.recipients) == {"jean@example.org"}
    assert post.waits() == []
