"""The link in a letter by which its reader does the one thing that it asks: a sealed secret of which nothing is stored.

It is good for one act of one person about one thing, until an instant. It proves what a sign-in link proves, whose
mailbox it is, and lets nothing else be seen or done.
"""

from datetime import UTC, datetime
from typing import Literal, get_args
from uuid import UUID, uuid5

import msgspec

from kernel.privacy import Keyring
from kernel.refused import Unknown
from usecases.mailed.sealed import read_sealed_token, sealed_token

PURPOSE = "links of letters that act"
MailedAct = Literal["approve", "refuse", "vote", "receive", "agree"]

_ACTS: tuple[MailedAct, ...] = get_args(MailedAct)  # stored by their place: new ones come last
_ID, _TIME = 16, 4  # bytes: with one for the act, and the seal, 87 in all
_LENGTH = 1 + 4 * _ID + _TIME
_MINUTE = 60


class ToDo(msgspec.Struct, frozen=True, kw_only=True):
    """What a link does: which act, of whom, in which co-op, about what (a transfer: of which plan), until when."""

    act: MailedAct
    coop_id: UUID
    person_id: UUID
    about: UUID
    line_id: UUID = UUID(int=0)
    until: datetime

    @property
    def command_id(self) -> UUID:
        """The id under which it is asked: however often the link is used, it is done once."""
        return uuid5(self.person_id, f"{self.act} {self.about} {self.line_id} {int(self.until.timestamp())}")


def act_token(keyring: Keyring, to_do: ToDo) -> str:
    """Return the secret at the end of the link; its time is kept by the minute."""
    minutes = int(to_do.until.timestamp()) // _MINUTE
    ids = (to_do.coop_id, to_do.person_id, to_do.about, to_do.line_id)
    said = bytes([_ACTS.index(to_do.act)]) + b"".join(one.bytes for one in ids) + minutes.to_bytes(_TIME)
    return sealed_token(keyring, PURPOSE, said)


def read_act_token(keyring: Keyring, coop_id: UUID, token: str) -> ToDo:
    """Return what a secret does; refuses with `Unknown` one that was not made here, or for another co-op."""
    said = read_sealed_token(keyring, PURPOSE, token, _LENGTH)
    coop, person, about, line = (UUID(bytes=said[1 + at * _ID : 1 + (at + 1) * _ID]) for at in range(4))
    if coop != coop_id or said[0] >= len(_ACTS):
        raise Unknown
    until = datetime.fromtimestamp(int.from_bytes(said[-_TIME:]) * _MINUTE, UTC)
    return ToDo(act=_ACTS[said[0]], coop_id=coop, person_id=person, about=about, line_id=line, until=until)
