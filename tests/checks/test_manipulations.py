"""What somebody who can write to the database may do to it: each is found, or named as what cannot be known."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, delete, update

from api import cli
from kernel.log.follower import followers
from kernel.log.remembered import commands
from tests.checks import manipulations as by
from tests.checks.conftest import Verify, head_now
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of, put_rows, rows_of

FOUND: list[tuple[by.Change, str]] = [
    (by.flip_a_bit, "is not as recorded"),
    (by.delete_in_the_middle, "position 40, co-op None: 1 events missing"),
    (by.renumber, "5 events missing"),
    (by.reorder, "position 40, co-op"),
    (by.swap_between_co_ops, "is not as recorded"),
    (by.move_to_another_co_op, f"position 40, co-op {ELSEWHERE}"),
    (by.delete_a_co_op, "events missing"),
    (by.delete_the_last, "the log's last position should be"),
    (by.move_the_head, "the log's last position should be 99999"),
    (by.take_the_head_away, "log_head holds 0 rows in place of one"),
    (by.double_the_head, "log_head holds 2 rows in place of one"),
    (by.cut_one, "its end was cut off"),
    (by.cut_thirty, "and that is not there"),
    (by.cut_thirty_with_their_commands, "its end was cut off"),
    (by.delete_everything, "its end was cut off"),
    (by.change_an_amount, "this row is not what the log makes"),
    (by.append_a_forgery, "nobody remembers the command it follows from"),
    (by.append_under_a_command_already_carried_out, "is remembered with another answer"),
    (by.change_an_answer, "is remembered with another answer"),
    (by.change_where_an_answer_stands, "was answered by what happened at position 99999, and that is not there"),
    (by.spoil_a_fingerprint, "its fingerprint is none"),
    (by.empty_commands, "nobody remembers the command it follows from"),
    (by.change_a_key, f"co-op {COOP}, member"),
    (by.give_a_key_to_another, f"member {UUID(int=9)}: her key does not open"),
    (by.empty_keys, "wrote does not open"),
    (by.write_another_account, f"person {person_id_of('Jean')}: where she is paid was not sealed here for her"),
    (by.pay_one_in_place_of_another, f"person {person_id_of('Jean')}: where she is paid was not sealed here for her"),
    (by.change_a_photo, f"photo {by.DAMAGE}, co-op {COOP}: it is not the picture that was sent"),
    (by.swap_photos, f"photo {by.DAMAGE}, co-op {COOP}: it is not the picture that was sent"),
    (by.move_a_photo_to_another_co_op, f"photo {by.RECEIPT}, co-op {ELSEWHERE}: it is not the picture that was sent"),
    (by.add_a_photo, "it is not the picture that was sent"),
    (by.delete_a_photo, f"co-op {COOP}: photo {by.DAMAGE}, which is named there, is gone"),
    (by.put_a_follower_ahead, "processes stands at position 99999"),
    (by.change_balances, f"ledger_balances, coop_id {COOP}"),
    (by.hide_a_damage, f"fleet_damages, coop_id {COOP}"),
    (by.delete_a_balance, f"co-op {COOP}: its books do not add up"),
]


def done(village: Village, change: by.Change) -> None:
    with village.site.writing() as connection:
        change(connection)


def test_what_nobody_touched_is_sound(verified: Verify, head: str) -> None:
    for status, said in (verified(), verified(head)):
        assert (status, said.splitlines()[-1]) == (0, "0 faults")


@pytest.mark.parametrize(("change", "sentence"), FOUND, ids=lambda part: getattr(part, "__name__", ""))
def test_it_is_found_and_told_where(lived: Village, verified: Verify, change: by.Change, sentence: str) -> None:
    done(lived, change)
    status, said = verified()
    assert (status, sentence in said) == (1, True), said


def rewritten(village: Village) -> None:
    """Write the past anew from one end to the other, read models and all."""
    done(village, by.change_an_amount)
    assert cli.main(["rebuild"]) == 0


def cut_cleanly(village: Village) -> None:
    """Cut the end off, and everything that tells of it."""

    def cut(connection: Connection) -> None:
        end = by.last(connection) - 1
        by.cut_to(connection, end)
        connection.execute(delete(commands).where(commands.c.position > end))
        connection.execute(update(followers).values(position=end))

    done(village, cut)
    assert cli.main(["rebuild"]) == 0


@pytest.mark.parametrize(
    ("change", "sentence"), [(rewritten, "was written anew"), (cut_cleanly, "its end was cut off")]
)
def test_what_fits_in_itself_is_named_as_unknown_and_found_by_a_head(
    lived: Village, verified: Verify, head: str, change: Callable[[Village], None], sentence: str
) -> None:
    change(lived)
    status, said = verified()
    assert (status, "Not known without a head: whether somebody" in said) == (0, True)
    status, said = verified(head)
    assert (status, sentence in said) == (1, True)


def test_an_older_copy_put_back_is_found_by_a_head(lived: Village, verified: Verify) -> None:
    older = rows_of(lived.site)
    lived.booked("Nadia", "Zoé", lived.now + timedelta(days=1))
    newer = head_now(lived)
    put_rows(lived.site, older)
    assert cli.main(["rebuild"]) == 0
    status, said = verified()
    assert (status, "put an older copy back" in said) == (0, True), said
    status, said = verified(newer)
    assert (status, "or an older copy was put back" in said) == (1, True)


def test_a_forged_head_is_told_apart_from_a_past_that_was_written_anew(verified: Verify, head: str) -> None:
    coop, position, digest, signature = head.split(":")
    status, said = verified(head, f"{coop}:{int(position) - 1}:{digest}:{signature}")
    assert (status, "was not signed under this VOISITURE_SECRET: it was forged" in said) == (1, True)
    assert "written anew, " not in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (by.add_a_session, "sessions and sign-in links (who can write here can sign in as anyone)"),
        (by.change_a_fingerprint, "what a command asked, beside its answer"),
        (by.set_a_follower_back, "a follower set back, which does again, once, what was done"),
    ],
)
def test_what_nothing_else_tells_of_is_named_as_not_checked(
    lived: Village, verified: Verify, change: by.Change, named: str
) -> None:
    done(lived, change)
    status, said = verified()
    assert (status, named in said) == (0, True)
