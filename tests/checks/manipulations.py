"""What somebody who can write to the database may do to it, past the product: one function a kind."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from fleet.read_models import damages
from kernel.log.follower import followers
from kernel.log.recorder import digest_of, events, link, log_head
from kernel.log.remembered import commands
from kernel.privacy import Keyring, personal_keys
from ledger.entries.read_models import ledger_balances
from people.bank_account import BankAccount, sealed_account
from people.person import people
from people.photos import photos
from people.sign_in import sessions
from tests.kit.forging import chain_anew
from tests.kit.village import COOP, ELSEWHERE, person_id_of

Change = Callable[[Connection], object]
at, of = events.c.position, events.c.coop_id
DAMAGE, RECEIPT = UUID(int=5), UUID(int=6)


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
    row = newest(connection)
    state = row.state.replace(b'"command_id":"', b'"command_id":"%b' % str(uuid4()).encode(), 1)
    state = state[: state.index(b'"command_id":"') + 14 + 36] + state[state.index(b'"command_id":"') + 14 + 72 :]
    append(connection, uuid4(), 1, state)


def append_under_a_command_already_carried_out(connection: Connection) -> None:
    row = newest(connection)
    append(connection, row.stream_id, row.version + 1, row.state)


def newest(connection: Connection) -> Any:
    return connection.execute(select(events).where(of == COOP).order_by(at.desc()).limit(1)).one()


def append(connection: Connection, stream: UUID, version: int, state: bytes) -> None:
    """Append an event like the newest one, and link it as the product does."""
    position, row = last(connection) + 1, newest(connection)
    place = (position, COOP.hex.encode(), stream.hex.encode(), version, row.name.encode())
    chain = link(row.chain, digest_of(*place, state))
    forged = {"position": position, "coop_id": COOP, "stream_id": stream, "version": version, "name": row.name}
    connection.execute(insert(events).values(**forged, state=state, chain=chain))
    connection.execute(update(log_head).values(position=position))


def change_an_answer(connection: Connection) -> None:
    mine = connection.execute(select(commands).where(commands.c.position > 40).limit(1)).one().command_id
    connection.execute(update(commands).where(commands.c.command_id == mine).values(stream_id=UUID(int=9)))


def change_where_an_answer_stands(connection: Connection) -> None:
    mine = connection.execute(select(commands).where(commands.c.position > 40).limit(1)).one().command_id
    connection.execute(update(commands).where(commands.c.command_id == mine).values(position=99_999))


def spoil_a_fingerprint(connection: Connection) -> None:
    connection.execute(update(commands).where(commands.c.position == 40).values(fingerprint="none"))


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


def write_another_account(connection: Connection) -> None:
    """Have Jean paid elsewhere, under another installation's secret."""
    jean = person_id_of("Jean")
    elsewhere = sealed_account(Keyring(bytes(32)), jean, BankAccount("FR7630006000011234567890189", None))
    connection.execute(update(people).where(people.c.person_id == jean).values(account=elsewhere))


def pay_one_in_place_of_another(connection: Connection) -> None:
    hers = select(people.c.account).where(people.c.person_id == person_id_of("Claire"))
    account = connection.execute(hers).scalar_one()
    connection.execute(update(people).where(people.c.person_id == person_id_of("Jean")).values(account=account))


def put_a_follower_ahead(connection: Connection) -> None:
    connection.execute(update(followers).values(position=99_999))


def change_balances(connection: Connection) -> None:
    connection.execute(update(ledger_balances).values(cents=ledger_balances.c.cents * 2))


def delete_a_balance(connection: Connection) -> None:
    connection.execute(delete(ledger_balances))


def hide_a_damage(connection: Connection) -> None:
    connection.execute(delete(damages))


def add_a_session(connection: Connection) -> None:
    row = {"digest": bytes(32), "session_id": uuid4(), "person_id": person_id_of("Claire"), "device": "Elsewhere"}
    opened = connection.execute(select(commands.c.recorded_at).limit(1)).scalar_one()
    connection.execute(insert(sessions).values(**row, opened_at=opened))


def change_a_photo(connection: Connection) -> None:
    connection.execute(update(photos).where(photos.c.photo_id == DAMAGE).values(jpeg=b"another receipt"))


def swap_photos(connection: Connection) -> None:
    kept = connection.execute(select(photos.c.jpeg, photos.c.digest).where(photos.c.photo_id == RECEIPT)).one()
    change = update(photos).where(photos.c.photo_id == DAMAGE)
    connection.execute(change.values(jpeg=kept.jpeg, digest=kept.digest))


def add_a_photo(connection: Connection) -> None:
    at_once = connection.execute(select(commands.c.recorded_at).limit(1)).scalar_one()
    connection.execute(insert(photos).values(coop_id=COOP, photo_id=uuid4(), jpeg=b"a receipt", kept_at=at_once))


def move_a_photo_to_another_co_op(connection: Connection) -> None:
    connection.execute(update(photos).where(photos.c.photo_id == RECEIPT).values(coop_id=ELSEWHERE))


def delete_a_photo(connection: Connection) -> None:
    connection.execute(delete(photos).where(photos.c.photo_id == DAMAGE))


def change_a_fingerprint(connection: Connection) -> None:
    connection.execute(update(commands).values(fingerprint="0" * 64))


def set_a_follower_back(connection: Connection) -> None:
    connection.execute(update(followers).values(position=0))
