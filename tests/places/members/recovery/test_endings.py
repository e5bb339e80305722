"""A way back that ends without being done: the two who asked and vouched are told why."""

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from api.speech.labels import NOT_RECOVERED
from governance import commands as g
from governance.application import Governance
from governance.recovery.events import Obstacle, Refuser
from governance.roles import Role
from ledger.settlement.commands import IssuePlan
from people.person import change_person
from tests.kit.money import ledger_in, spent
from tests.kit.village import COOP, Village, person_id_of
from tests.places.members.recovery.ways import (
    NEW,
    OLD,
    ask,
    confirm,
    known_long,
    link_to,
    refuse,
    vouched,
    vouched_by_strangers,
    way_of,
)

DONE_TO_IT: dict[str, Callable[[Village], object]] = {
    "herself": lambda village: refuse(village, "Nadia"),
    "referent": lambda village: refuse(village, "Amina"),
    "old_mailbox": lambda village: village.anyone().post(f"{link_to(village, OLD, 'recoveries')}/refusal"),
    "she_left": lambda village: village.leave("Nadia"),
    "asker_left": lambda village: village.leave("Claire"),
    "voucher_left": lambda village: village.leave("Jean"),
    "asker_no_referent": lambda village: Governance(village.site.history).end_role(
        g.EndRole(coop_id=COOP, member_id=village.member("Claire"), role=Role.REFERENT), village.asked("Amina")
    ),
    "may_gain": lambda village: owes(village, "Nadia", to="Jean"),
    "mailbox_changed": lambda village: move(village, "Nadia", "nadia.herself@example.org"),
    "address_taken": lambda village: move(village, "Sacha", NEW),
}


def owes(village: Village, name: str, *, to: str) -> None:
    spent(village, to, 4_000, name)
    ledger_in(village).issue_plan(IssuePlan(coop_id=COOP, as_of=village.now.date()), village.asked("Claire"))


def move(village: Village, name: str, email: str) -> None:
    with village.site.writing() as connection:
        change_person(connection, person_id_of(name), email=email)


def told(village: Village, *addresses: str) -> list[str]:
    """Return what the letters say that tell some of an ending."""
    ended = [letter for letter in village.letters() if "does not change" in letter.subject]
    return [letter.body for letter in ended if letter.address in addresses]


@pytest.mark.parametrize("reason", DONE_TO_IT)
def test_who_asked_and_who_vouched_read_why(village: Village, reason: str) -> None:
    village.give_role("Amina", Role.REFERENT)
    vouched(village)
    DONE_TO_IT[reason](village)
    village.pass_time(hours=80)
    bodies = told(village, "claire@example.org", "jean@example.org")
    assert bodies
    for body in bodies:
        why = NOT_RECOVERED[reason].format(name="Nadia")
        assert f"What you asked or vouched for is not done. {why} Mail for Nadia goes where it went." in body


def test_what_was_asked_too_long_ago_is_told_as_that(village: Village) -> None:
    known_long(village)
    assert (ask(village).status, confirm(village).status) == (201, 200)
    assert village.as_("Jean").api("POST", f"{way_of(village)}/vouching", {}).status == 201
    village.clock.now += timedelta(days=28)
    village.letters()
    village.pass_time()
    village.pass_time(hours=72)
    assert len(told(village, "claire@example.org", "jean@example.org")) == 2
    assert all(NOT_RECOVERED["too_late"] in body for body in told(village, "claire@example.org", "jean@example.org"))


def test_what_another_co_op_refused_is_told_as_that(village: Village) -> None:
    vouched_by_strangers(village)
    refuse(village, "Claire")
    bodies = told(village, "olga@example.org", "sacha@example.org")
    assert [NOT_RECOVERED["elsewhere"] in body for body in bodies] == [True, True]


def test_whatever_ends_it_has_its_sentence() -> None:
    assert NOT_RECOVERED.keys() == {*get_args(Refuser), *get_args(Obstacle)}
    assert {*DONE_TO_IT, "too_late", "elsewhere"} == NOT_RECOVERED.keys()


def test_in_french_too(village: Village) -> None:
    with village.site.writing() as connection:
        change_person(connection, person_id_of("Jean"), language="fr")
    vouched(village)
    refuse(village, "Nadia")
    [letter] = [letter for letter in village.letters_to("Jean") if "garde son adresse mail" in letter.subject]
    assert "Nadia a refusé, depuis son compte." in letter.body
