"""What is asked of invitations and of who came by them: one by its link, those of a co-op, who joined lately."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, Select, and_, exists, func, select

from governance.events import InvitationKind
from governance.read_models import invitations, members
from kernel.slice import Slice, newest_first
from people.person import people

InvitationState = Literal["valid", "used", "revoked", "expired"]


class InvitationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation; `state` is `valid`, `used`, `revoked` or `expired` at the instant asked about.

    `words` are what one may type instead of a poster's link, under /r/; `None` for a mail.
    """

    coop_id: UUID
    invitation_id: UUID
    kind: InvitationKind
    issued_by: UUID | None
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_by: UUID | None
    words: str | None
    state: InvitationState


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """A member who joined lately."""

    member_id: UUID
    name: str
    joined_at: datetime


class GroupSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """How many are members now, and whether a poster was ever made to find more."""

    members: int
    has_poster: bool


def newcomers(connection: Connection, coop_id: UUID, since: datetime, *, most: int) -> tuple[Newcomer, ...]:
    """Return the last (at `most` so many) of the members who joined by an invitation since an instant, latest first."""
    named = select(members.c.member_id, people.c.name, members.c.joined_at)
    here = named.join(people, people.c.person_id == members.c.person_id).where(members.c.coop_id == coop_id)
    invited = members.c.invitation_id.is_not(None)  # who started it joined nobody
    lately = here.where(invited, members.c.left_at.is_(None), members.c.joined_at >= since)
    latest = lately.order_by(members.c.joined_at.desc(), members.c.member_id).limit(most)
    return tuple(Newcomer(**row) for row in connection.execute(latest).mappings())


def group_so_far(connection: Connection, coop_id: UUID) -> GroupSoFar:
    """Return how far a co-op has come with its members. One statement."""
    count = select(func.count()).where(members.c.coop_id == coop_id, members.c.left_at.is_(None)).scalar_subquery()
    poster = exists().where(invitations.c.coop_id == coop_id, invitations.c.kind == InvitationKind.POSTER.value)
    row = connection.execute(select(count, poster)).one()
    return GroupSoFar(members=row[0], has_poster=bool(row[1]))


def invitation(connection: Connection, invitation_id: UUID, at: datetime) -> InvitationRow | None:
    """Return an invitation by its id alone, which is what a link or a QR code holds; `None` when unknown."""
    row = connection.execute(select(invitations).where(invitations.c.invitation_id == invitation_id)).mappings().first()
    return _invitation(row, at) if row else None


def posters_called(connection: Connection, words: str, at: datetime) -> list[InvitationRow]:
    """Return the posters that go by these words, as printed: one at most, but for a rare chance; open ones first."""
    rows = connection.execute(select(invitations).where(invitations.c.words == words)).mappings()
    called = [_invitation(row, at) for row in rows]
    return sorted(called, key=lambda row: (row.state == "valid", row.issued_at), reverse=True)


def invitations_of(connection: Connection, coop_id: UUID, at: datetime) -> tuple[InvitationRow, ...]:
    """Return a co-op's invitations, newest first; those of one instant by their id, so that the order stays."""
    newest = _invitations(coop_id).order_by(*(column.desc() for column in _BY_ISSUE))
    return tuple(_invitation(row, at) for row in connection.execute(newest).mappings())


def invitations_slice(
    connection: Connection, coop_id: UUID, at: datetime, *, after: str | None = None, most: int
) -> Slice[InvitationRow]:
    """Return a slice of a co-op's invitations, newest first; refuses a text that is not a cursor."""
    found = newest_first(connection, _invitations(coop_id), _BY_ISSUE, after=after, most=most)
    return found.mapped(lambda row: _invitation(row, at))


def brought_in_by(connection: Connection, coop_id: UUID, member_id: UUID) -> UUID | None:
    """Return by whose invitation a member joined first; `None` for who founded the co-op."""
    by_which = (invitations.c.coop_id == members.c.coop_id, invitations.c.invitation_id == members.c.invitation_id)
    query = select(invitations.c.issued_by).join(members, and_(*by_which))
    hers = query.where(members.c.coop_id == coop_id, members.c.member_id == member_id)
    return connection.execute(hers).scalar_one_or_none()


_BY_ISSUE = (invitations.c.issued_at, invitations.c.invitation_id)


def _invitations(coop_id: UUID) -> Select[Any]:
    return select(invitations).where(invitations.c.coop_id == coop_id)


def _invitation(row: RowMapping, at: datetime) -> InvitationRow:
    return InvitationRow(**{**row, "kind": InvitationKind(row["kind"])}, state=_state_of(row, at))


def _state_of(row: RowMapping, at: datetime) -> InvitationState:
    if row["used_by"] is not None:
        return "used"
    if row["revoked_at"] is not None:
        return "revoked"
    return "valid" if at < row["expires_at"] else "expired"
