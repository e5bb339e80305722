"""What somebody who can write to the database may do to it: each is found, or named as what cannot be known."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from api import cli
from kernel.log.follower import followers
from kernel.log.recorder import digest_of, events, link, log_head
from kernel.log.remembered import commands
from kernel.privacy import personal_keys
from ledger.entries.read_models import ledger_balances
from people.sign_in import sessions
from tests.checks.conftest import Verify, head_now
from tests.kit.forging import chain_anew
from tests.kit.village import COOP, ELSEWHERE, Village, person_id_of, put_rows, rows_of

Change = Callable[[Connection], object]
at, of = events.c.position, events.c.coop_id


def last(connection: Connection) -> int:
    return int(connection.execute(select(at).order_by(at.desc()).limit(1)).scalar_one())


def flip_a_bit(connection: Connection) -> None:
    state = bytearray(connection.execute(select(events.c.state).where(at == 40)).scalar_one())
    state[len(state) // 2] ^= 1
    connection.execute(update(events).where(at == 40).values(state=bytes(state)))


def delete_in_the_middle(connection: Connection) -> None:
    connection.execute(delete(events).where(at == 40))


def renumber(connection: Connection) -> None:
    connection.execute(update(events).where(at == last(connection)).values(position=last(connection) + 5))


def reorder(connection: Connection) -> None:
    swap(connection, 40, 41)


def swap_between_co_ops(connection: Connection) -> None:
    theirs = connection.execute(select(at).where(of == ELSEWHERE).limit(1)).scalar_one()
    swap(connection, theirs, last(connection))


def swap(connection: Connection, one: int, other: int) -> None:
    for before, after in ((one, 99_999), (other, one), (99_999, other)):
        connection.execute(update(events).where(at == before).values(position=after))


def move_to_another_co_op(connection: Connection) -> None:
    connection.execute(update(events).where(at == 40).values(coop_id=ELSEWHERE))


def delete_a_co_op(connection: Connection) -> None:
    connection.execute(delete(events).where(of == ELSEWHERE))


def delete_the_last(connection: Connection) -> None:
    connection.execute(delete(events).where(at == last(connection)))


def move_the_head(connection: Connection) -> None:
    connection.execute(update(log_head).values(position=99_999))


def take_the_head_away(connection: Connection) -> None:
    connection.execute(delete(log_head))


def double_the_head(connection: Connection) -> None:
    connection.execute(insert(log_head).values(position=last(connection)))


def cut_one(connection: Connection) -> None:
    cut_to(connection, last(connection) - 1)


def cut_thirty(connection: Connection) -> None:
    cut_to(connection, last(connection) - 30)


def cut_thirty_with_their_commands(connection: Connection) -> None:
    end = last(connection) - 30
    cut_to(connection, end)
    connection.execute(delete(commands).where(commands.c.position > end))


def cut_to(connection: Connection, end: int) -> None:
    connection.execute(delete(events).where(end < at))
    connection.execute(update(log_head).values(position=end))


def delete_everything(connection: Connection) -> None:
    cut_to(connection, 0)


def change_an_amount(connection: Connection) -> None:
    """Let what Nadia drove have cost a hundred times as much, and compute every link since anew."""
    posted = select(events).where(events.c.name == "ledger.EntryPosted", of == COOP).order_by(at.desc())
    row = connection.execute(posted.limit(1)).one()
    assert b"3000" in row.state
    changed = row.state.replace(b"3000", b"300000")
    connection.execute(update(events).where(row.position == at).values(state=changed))
    chain_anew(connection, COOP)


def append_a_forgery(connection: Connection) -> None:
    row = connection.execute(select(events).where(of == COOP).order_by(at.desc()).limit(1)).one()
    position, stream = last(connection) + 1, uuid4()
    state = row.state.replace(b'"command_id":"', b'"command_id":"%b' % str(uuid4()).encode(), 1)
    state = state[: state.index(b'"command_id":"') + 14 + 36] + state[state.index(b'"command_id":"') + 14 + 72 :]
    place = (position, COOP.hex.encode(), stream.hex.encode(), 1, row.name.encode())
    chain = link(row.chain, digest_of(*place, state))
    forged = {"position": position, "coop_id": COOP, "stream_id": stream, "version": 1, "name": row.name}
    connection.execute(insert(events).values(**forged, state=state, chain=chain))
    connection.execute(update(log_head).values(position=position))


def change_an_answer(connection: Connection) -> None:
    mine = connection.execute(select(commands).where(commands.c.position > 40).limit(1)).one().command_id
    connection.execute(update(commands).where(commands.c.command_id == mine).values(stream_id=UUID(int=9)))


def change_where_an_answer_stands(connection: Connection) -> None:
    mine = connection.execute(select(commands).where(commands.c.position > 40).limit(1)).one().command_id
    connection.execute(update(commands).where(commands.c.command_id == mine).values(position=99_999))


def empty_commands(connection: Connection) -> None:
    connection.execute(delete(commands))


def change_a_key(connection: Connection) -> None:
    connection.execute(update(personal_keys).values(wrapped=bytes(60)))


def give_a_key_to_another(connection: Connection) -> None:
    row = connection.execute(select(personal_keys)).first()
    assert row is not None
    connection.execute(insert(personal_keys).values(coop_id=COOP, subject=UUID(int=9), wrapped=row.wrapped))


def empty_keys(connection: Connection) -> None:
    connection.execute(delete(personal_keys))


def put_a_follower_ahead(connection: Connection) -> None:
    connection.execute(update(followers).values(position=99_999))


def change_balances(connection: Connection) -> None:
    connection.execute(update(ledger_balances).values(cents=ledger_balances.c.cents * 2))


def delete_a_balance(connection: Connection) -> None:
    connection.execute(delete(ledger_balances))


FOUND: list[tuple[Change, str]] = [
    (flip_a_bit, "is not as recorded"),
    (delete_in_the_middle, "position 40, co-op None: 1 events missing"),
    (renumber, "5 events missing"),
    (reorder, "position 40, co-op"),
    (swap_between_co_ops, "is not as recorded"),
    (move_to_another_co_op, f"position 40, co-op {ELSEWHERE}"),
    (delete_a_co_op, "events missing"),
    (delete_the_last, "the log's last position should be"),
    (move_the_head, "the log's last position should be 99999"),
    (take_the_head_away, "log_head holds 0 rows in place of one"),
    (double_the_head, "log_head holds 2 rows in place of one"),
    (cut_one, "its end was cut off"),
    (cut_thirty, "and that is not there"),
    (cut_thirty_with_their_commands, "its end was cut off"),
    (delete_everything, "its end was cut off"),
    (change_an_amount, "this row is not what the log makes"),
    (append_a_forgery, "nobody remembers the command it follows from"),
    (change_an_answer, "is remembered with another answer"),
    (change_where_an_answer_stands, "was answered by what happened at position 99999, and that is not there"),
    (empty_commands, "nobody remembers the command it follows from"),
    (change_a_key, f"co-op {COOP}, member"),
    (give_a_key_to_another, f"member {UUID(int=9)}: her key does not open"),
    (empty_keys, "wrote does not open"),
    (put_a_follower_ahead, "processes stands at position 99999"),
    (change_balances, f"ledger_balances, coop_id {COOP}"),
    (delete_a_balance, f"co-op {COOP}: its books do not add up"),
]


def done(village: Village, change: Change) -> None:
    with village.site.writing() as connection:
        change(connection)


def test_what_nobody_touched_is_sound(verified: Verify, head: str) -> None:
    for status, said in (verified(), verified(head)):
        assert (status, said.splitlines()[-1]) == (0, "0 faults")


@pytest.mark.parametrize(("change", "sentence"), FOUND, ids=lambda part: getattr(part, "__name__", ""))
def test_it_is_found_and_told_where(lived: Village, verified: Verify, change: Change, sentence: str) -> None:
    done(lived, change)
    status, said = verified()
    assert (status, sentence in said) == (1, True), said


def rewritten(village: Village) -> None:
    """Write the past anew from one end to the other, read models and all."""
    done(village, change_an_amount)
    assert cli.main(["rebuild"]) == 0


def cut_cleanly(village: Village) -> None:
    """Cut the end off, and everything that tells of it."""

    def cut(connection: Connection) -> None:
        end = last(connection) - 1
        cut_to(connection, end)
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


def add_a_session(connection: Connection) -> None:
    row = {"digest": bytes(32), "session_id": uuid4(), "person_id": person_id_of("Claire"), "device": "Elsewhere"}
    opened = connection.execute(select(commands.c.recorded_at).limit(1)).scalar_one()
    connection.execute(insert(sessions).values(**row, opened_at=opened))


def change_a_fingerprint(connection: Connection) -> None:
    connection.execute(update(commands).values(fingerprint="0" * 64))


def set_a_follower_back(connection: Connection) -> None:
    connection.execute(update(followers).values(position=0))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (add_a_session, "sessions and sign-in links (who can write here can sign in as anyone)"),
        (change_a_fingerprint, "what a command asked, beside its answer"),
        (set_a_follower_back, "a follower set back, which does again, once, what was done"),
    ],
)
def test_what_nothing_else_tells_of_is_named_as_not_checked(
    lived: Village, verified: Verify, change: Change, named: str
) -> None:
    done(lived, change)
    status, said = verified()
    assert (status, named in said) == (0, True)
