"""What is sealed: each key opens under this secret, and with it what was sealed for who was not forgotten.

And where each person is paid was sealed for her alone.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Engine, func, select

from checks.checked import Checked
from governance.events import MemberErased
from kernel.database import reading
from kernel.log.mapper import EventMapper
from kernel.log.recorder import Log, events
from kernel.privacy import Keyring, Sealed, personal_keys
from people.bank_account import opened_account
from people.person import people

BATCH = 500

Subject = tuple[UUID, UUID]
"""A co-op and one of its members."""


def check_seals(engine: Engine, keyring: Keyring) -> Checked:
    """Open every personal key, and every text in the log that can still be read."""
    checked = Checked()
    with reading(engine) as connection:
        broken = {*keyring.broken_keys(connection)}
        for coop_id, subject in sorted(broken):
            checked.fault(f"co-op {coop_id}, member {subject}: her key does not open")
        keys = connection.execute(select(func.count()).select_from(personal_keys)).scalar_one()
        texts = _check_texts(connection, keyring, broken, checked)
        accounts = _check_accounts(connection, keyring, checked)
    checked.said = (
        f"Seals, each opened: {keys} members' keys, {texts} of their texts, {accounts} people's bank accounts"
    )
    return checked


def _check_texts(connection: Connection, keyring: Keyring, broken: set[Subject], checked: Checked) -> int:
    erased, count = _erased(connection), 0
    for texts in _texts(connection):
        count += len(texts)
        hers = {
            text: position
            for position, text in texts
            if _subject(text) not in broken and erased.get(_subject(text), 0) < position
        }
        for text in hers.keys() - keyring.open_all(connection, hers).keys():
            where = f"position {hers[text]}, co-op {text.coop_id}"
            checked.fault(f"{where}: what member {text.subject} wrote does not open")
    return count


def _check_accounts(connection: Connection, keyring: Keyring, checked: Checked) -> int:
    query, count = select(people.c.person_id, people.c.account).where(people.c.account.is_not(None)), 0
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        count += 1
        if opened_account(keyring, row.person_id, row.account) is None:
            checked.fault(f"person {row.person_id}: where she is paid was not sealed here for her")
    return count


def _subject(text: Sealed) -> Subject:
    return text.coop_id, text.subject


def _erased(connection: Connection) -> dict[Subject, int]:
    """Return those whose keys were dropped, and at which position last."""
    last = func.max(events.c.position)
    query = select(events.c.coop_id, events.c.stream_id, last).where(events.c.name == MemberErased.name())
    rows = connection.execute(query.group_by(events.c.coop_id, events.c.stream_id))
    return {(coop_id, member_id): position for coop_id, member_id, position in rows}


def _texts(connection: Connection) -> Iterator[list[tuple[int, Sealed]]]:
    """Give all that stands sealed in the log, with its position, a batch at a time."""
    log, mapper, position = Log(connection.engine), EventMapper(), 0
    while stored := log.select_after(position, BATCH, connection):
        position = stored[-1].id
        recorded = map(mapper.to_domain_event, stored)
        yield [(event.position, text) for event in recorded for text in _sealed_in(event.event)]


def _sealed_in(value: Any) -> Iterator[Sealed]:
    match value:
        case Sealed():
            yield value
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _sealed_in(getattr(value, name))
        case list() | tuple():
            for part in value:
                yield from _sealed_in(part)
