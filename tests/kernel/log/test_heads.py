"""A head that left the house binds all before it: a past written anew from one end to the other is found."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, update

from kernel.log.heads import Head, NotAHeadError, SignedHead, Signer, head_of, links_of
from kernel.log.history import History
from kernel.log.recorder import CHAIN_START, events, link_of_0_1_0
from kernel.log.verify import CUT, REWRITTEN, Fault, verify
from kernel.privacy import Keyring
from tests.kernel.jars import COOP, OTHER_COOP, add
from tests.kit.forging import chain_anew, cut
from tests.kit.plans import counted

JAR, OTHER_JAR = UUID(int=0xABCDEF), UUID(int=0xFEDCBA)


@pytest.fixture
def written(jars: History) -> Engine:
    """Six events, two co-ops in turn."""
    for number in range(6):
        coop, jar = ((COOP, JAR), (OTHER_COOP, OTHER_JAR))[number % 2]
        add(jars, jar, 1, coop_id=coop)
    return jars.engine


def head(engine: Engine, coop_id: UUID = COOP) -> Head:
    with engine.connect() as connection:
        return head_of(connection, coop_id)


def links(engine: Engine, coop_id: UUID = COOP) -> list[list[str]]:
    with engine.connect() as connection:
        return [line.split() for line in links_of(connection, coop_id)]


def change_coins(connection: Connection, position: int) -> None:
    mine = events.c.position == position
    state: bytes = connection.execute(select(events.c.state).where(mine)).scalar_one()
    connection.execute(update(events).where(mine).values(state=state.replace(b'"coins":1', b'"coins":7')))


def reasons(engine: Engine, heads: Sequence[Head]) -> list[tuple[int, str]]:
    return [(fault.position, fault.reason) for fault in verify(engine, heads).faults]


def test_a_head_is_the_co_ops_last_link(written: Engine) -> None:
    with written.connect() as connection:
        last = connection.execute(select(events.c.chain).where(events.c.position == 5)).scalar_one()
    assert head(written) == Head(COOP, 5, last)
    assert head(written, OTHER_COOP).position == 6
    assert head(written, UUID(int=77)) == Head(UUID(int=77), 0, CHAIN_START)


def test_an_untouched_log_passes_through_every_head(written: Engine) -> None:
    assert verify(written, [head(written), head(written, OTHER_COOP)]) == (6, ())


def test_a_past_written_anew_fits_itself_but_no_head_that_left(jars: History, written: Engine) -> None:
    before = head(written)
    add(jars, JAR, 1, coop_id=COOP)
    with written.begin() as connection:
        change_coins(connection, 3)
        chain_anew(connection, COOP)
    assert verify(written).faults == ()
    assert verify(written, [before]).faults == (Fault(5, COOP, None, REWRITTEN),)


def test_heads_tell_between_which_of_them_the_past_was_changed(jars: History, written: Engine) -> None:
    before = head(written)
    for _ in range(2):
        add(jars, JAR, 1, coop_id=COOP)
    after = head(written)
    with written.begin() as connection:
        change_coins(connection, 7)
        chain_anew(connection, COOP)
    assert reasons(written, [before, after]) == [(8, REWRITTEN)]


@pytest.mark.parametrize("last", [4, 5])
def test_an_end_cut_off_fits_itself_but_no_head_that_left(written: Engine, last: int) -> None:
    left = head(written, OTHER_COOP)
    cut(written, last)
    assert verify(written).faults == ()
    assert reasons(written, [left]) == [(6, CUT)]


def test_an_end_cut_off_and_grown_again_is_found(jars: History, written: Engine) -> None:
    left = head(written, OTHER_COOP)
    cut(written, 4)
    for _ in range(3):
        add(jars, JAR, 1, coop_id=COOP)
    assert verify(written).faults == ()
    assert reasons(written, [left]) == [(6, REWRITTEN)]


def test_a_head_is_one_line_signed_with_a_key_that_no_database_holds(written: Engine, keyring: Keyring) -> None:
    signer = Signer(keyring)
    line = str(signer.sign(head(written)))
    coop, position, digest, signature = line.split(":")
    assert (UUID(coop), position, len(digest), len(signature)) == (COOP, "5", 64, 128)
    assert signer.has_signed(SignedHead.read(line))
    assert not Signer(Keyring(bytes(32))).has_signed(SignedHead.read(line))


def test_a_forged_head_is_not_signed(written: Engine, keyring: Keyring) -> None:
    line = str(Signer(keyring).sign(head(written)))
    assert not Signer(keyring).has_signed(SignedHead.read(line.replace(":5:", ":4:")))


def test_a_head_that_a_mail_has_broken_over_lines_is_read_all_the_same(written: Engine, keyring: Keyring) -> None:
    signed = Signer(keyring).sign(head(written))
    line = str(signed)
    assert SignedHead.read(f" {line[:70]}\n{line[70:140]} \n{line[140:]}\n") == signed


@pytest.mark.parametrize("line", ["", "a", "a:b:c", "a:1:00:00", f"{COOP.hex}:x:00:00", f"{COOP.hex}:1:zz:00"])
def test_what_is_no_head_is_told(line: str) -> None:
    with pytest.raises(NotAHeadError):
        SignedHead.read(line)


def test_the_links_of_a_co_op_follow_by_digests_alone(written: Engine) -> None:
    beginning, *lines = links(written)
    assert beginning == [COOP.hex, "0", CHAIN_START.hex()]
    assert [line[0] for line in lines] == ["1", "3", "5"]
    before = CHAIN_START
    for _, digest, found in lines:
        before = hashlib.sha256(before + bytes.fromhex(digest)).digest()
        assert found == before.hex()


def test_the_links_of_what_0_1_0_recorded_begin_at_its_last(jars: History, written: Engine) -> None:
    with written.begin() as connection:
        chain_anew(connection, COOP, as_0_1_0_until=5)
    last = head(written)
    assert verify(written).faults == ()
    assert links(written) == [[COOP.hex, "5", last.hash.hex()]]
    add(jars, JAR, 1, coop_id=COOP)
    assert verify(written, [last]).faults == ()
    beginning, (position, _, found) = links(written)
    assert beginning == [COOP.hex, "5", last.hash.hex()]
    assert (position, found) == ("7", head(written).hash.hex())


def test_no_later_link_may_be_made_as_0_1_0_did(written: Engine) -> None:
    with written.begin() as connection:
        row = connection.execute(select(events).where(events.c.position == 5)).one()
        previous = connection.execute(select(events.c.chain).where(events.c.position == 3)).scalar_one()
        place = (5, COOP.hex.encode(), row.stream_id.hex.encode(), row.version, row.name.encode())
        changed = link_of_0_1_0(previous, *place, row.state)
        connection.execute(update(events).where(events.c.position == 5).values(chain=changed))
    assert [fault.position for fault in verify(written).faults] == [5]


def test_an_event_changed_where_it_stands_no_longer_follows(written: Engine) -> None:
    with written.begin() as connection:
        change_coins(connection, 3)
    _, (_, first, begun), (_, second, found), _ = links(written)
    assert hashlib.sha256(bytes.fromhex(begun + second)).hexdigest() != found
    assert first != second


def test_a_chain_is_handed_out_in_one_statement(written: Engine) -> None:
    with counted(written) as statements:
        links(written)
    assert len(statements) == 1
