"""Questions about co-ops, their members and their invitations. Rules and votes have their own beside them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, Select, String, bindparam, case, cast, exists, func, select, tuple_

from governance.read_models import coops, mandates, members
from governance.roles import Mandate, Role, roles_held
from kernel.read_models.spelling import holds, plain, plainly
from kernel.refused import Unknown
from kernel.slice import Slice, in_order
from people.person import people


class CoopRow(msgspec.Struct, frozen=True, kw_only=True):
    """A co-op as pages show it; `holder` and `iban` are its own bank account, when it has one."""

    coop_id: UUID
    name: str
    commune_code: str
    commune_name: str
    departement: str
    time_zone: str
    currency: str
    language: str
    pack: str
    accent: str
    charter_version: str
    holder: str | None
    iban: str | None
    started_at: datetime


ByColumn = Literal["name", "since", "-since"]
"""By what members are sorted: their names, or when they joined."""

_SHOWN = [coops.c[name] for name in CoopRow.__struct_fields__]


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """A member, current or former; `name` is `None` once erased ("former member"). `roles` are those held now."""

    member_id: UUID
    person_id: UUID | None
    name: str | None
    email: str | None
    phone: str | None
    joined_at: datetime
    left_at: datetime | None
    erased_at: datetime | None
    suspended_until: datetime | None
    roles: tuple[Role, ...]

    @property
    def is_member(self) -> bool:
        """Whether she is a member today."""
        return self.left_at is None

    def holds(self, role: Role) -> bool:
        """Tell whether she holds a role."""
        return role in self.roles


def coop_row(connection: Connection, coop_id: UUID) -> CoopRow | None:
    """Return a co-op, or `None`."""
    row = connection.execute(_COOP, {"coop": coop_id}).mappings().one_or_none()
    return CoopRow(**row) if row else None


def known_coop(connection: Connection, coop_id: UUID) -> CoopRow:
    """Return a co-op that is there; refuses `Unknown`."""
    coop = coop_row(connection, coop_id)
    if coop is None:
        raise Unknown
    return coop


def coops_of(connection: Connection, person_id: UUID) -> tuple[CoopRow, ...]:
    """Return the co-ops a person is a member of, oldest membership first."""
    return tuple(CoopRow(**row) for row in connection.execute(_COOPS_OF, {"person": person_id}).mappings())


def left_by(connection: Connection, person_id: UUID) -> tuple[tuple[UUID, UUID], ...]:
    """Return the co-ops a person has left, and who she was there, the latest first."""
    theirs = members.c.person_id == person_id, members.c.left_at.is_not(None)
    query = select(members.c.coop_id, members.c.member_id).where(*theirs).order_by(members.c.left_at.desc())
    return tuple((coop_id, member_id) for coop_id, member_id in connection.execute(query))


def every_coop(connection: Connection, among: Collection[UUID] | None = None) -> tuple[CoopRow, ...]:
    """Return every co-op of the installation, or those `among` some, by name."""
    query = select(*_SHOWN) if among is None else select(*_SHOWN).where(coops.c.coop_id.in_(among))
    return tuple(CoopRow(**row) for row in connection.execute(query.order_by(coops.c.name)).mappings())


def membership(connection: Connection, coop_id: UUID, person_id: UUID, at: datetime) -> MemberRow | None:
    """Return a person's membership in a co-op, left or not, with the roles held at an instant; `None` without any."""
    return next(iter(_members(connection, coop_id, at, _BY_PERSON, person=person_id)), None)


def member(connection: Connection, coop_id: UUID, member_id: UUID, at: datetime) -> MemberRow | None:
    """Return one member, current, former or erased, with the roles held at an instant."""
    return next(iter(_members(connection, coop_id, at, _BY_ID, member=member_id)), None)


def members_of(connection: Connection, coop_id: UUID, at: datetime) -> tuple[MemberRow, ...]:
    """Return everyone who is or was a member: current ones first, by name."""
    rows = _members(connection, coop_id, at, _MEMBERS)
    return tuple(sorted(rows, key=lambda row: (not row.is_member, plain(row.name or ""), row.joined_at)))


def members_reached(connection: Connection, coop_id: UUID, at: datetime, among: Collection[UUID]) -> list[MemberRow]:
    """Return those `among` some who are members now, by name."""
    query = _MEMBERS.where(members.c.left_at.is_(None), members.c.member_id.in_(among))
    return sorted(_members(connection, coop_id, at, query), key=lambda row: plain(row.name or "")) if among else []


def members_slice(
    connection: Connection,
    coop_id: UUID,
    at: datetime,
    *,
    called: str = "",
    formers: bool = False,
    by: ByColumn = "name",
    after: str | None = None,
    most: int,
    of: str = "",
) -> Slice[MemberRow]:
    """Return some of the current members by name, of one name as they joined, then, when asked for, of the former.

    `called` is a part of their name, however it is spelt; `of` names another list that goes by members' names. They
    can also be sorted `by` when they joined, the former among them.
    """
    query = _BY_NAME if formers else _BY_NAME.where(members.c.left_at.is_(None))
    if called:
        query = query.where(holds(people.c.name, called))
    of_coop = query.where(members.c.coop_id == coop_id)
    as_joined = (members.c.joined_at, members.c.member_id)
    key = (_GONE, _PLAIN_NAME, *as_joined) if by == "name" else as_joined
    found = in_order(connection, of_coop, key, falling=by.startswith("-"), after=after, most=most, of=of)
    return found.mapped_together(lambda rows: _with_roles(connection, coop_id, at, rows))


def member_count(connection: Connection, coop_id: UUID) -> int:
    """Return how many are members now."""
    query = select(func.count()).where(members.c.coop_id == coop_id, members.c.left_at.is_(None))
    return int(connection.execute(query).scalar_one())


def names_of(connection: Connection, coop_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what some members are called, those who left too; those erased are left out. One statement, or none."""
    wanted = set(member_ids)
    if not wanted:
        return {}
    named = people.join(members, people.c.person_id == members.c.person_id)
    query = select(members.c.member_id, _NAMED).select_from(named)
    rows = connection.execute(query.where(members.c.coop_id == coop_id, members.c.member_id.in_(wanted)))
    return {row.member_id: row.name for row in rows}


def persons_behind(connection: Connection, coop_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return who some members are, those who left too; those erased are left out. One statement."""
    query = select(members.c.member_id, members.c.person_id).where(
        members.c.coop_id == coop_id, members.c.member_id.in_({*member_ids}), members.c.person_id.is_not(None)
    )
    return {row.member_id: row.person_id for row in connection.execute(query)}


def members_among(connection: Connection, coop_id: UUID, member_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of some ids that are a member's of this co-op, now or once, but for the erased. One statement."""
    known = (members.c.coop_id == coop_id, members.c.erased_at.is_(None))
    query = select(members.c.member_id).where(*known, members.c.member_id.in_({*member_ids}))
    return {*connection.execute(query).scalars()}


def is_member(connection: Connection, coop_id: UUID, member_id: UUID) -> bool:
    """Tell whether someone is a member now."""
    mine = (members.c.coop_id == coop_id, members.c.member_id == member_id, members.c.left_at.is_(None))
    return connection.execute(select(members.c.member_id).where(*mine)).first() is not None


def current_members(connection: Connection, coop_id: UUID, among: Iterable[UUID] | None = None) -> tuple[UUID, ...]:
    """Return the ids of those who are members now, of all or `among` some."""
    query = select(members.c.member_id).where(members.c.coop_id == coop_id, members.c.left_at.is_(None))
    query = query if among is None else query.where(members.c.member_id.in_({*among}))
    return tuple(connection.execute(query.order_by(members.c.member_id)).scalars())


def has_other_memberships(connection: Connection, coop_id: UUID, person_id: UUID) -> bool:
    """Tell whether another co-op than this one knows the person, as a member or as one who left."""
    query = select(func.count()).where(members.c.person_id == person_id, members.c.coop_id != coop_id)
    return connection.execute(query).scalar_one() > 0


def roles_of(connection: Connection, coop_id: UUID, at: datetime) -> dict[UUID, tuple[Role, ...]]:
    """Return the roles that members hold at an instant; who holds none is left out. One statement."""
    return roles_held(_mandates(connection, coop_id), at)


# Asked at every request: made once.
_COOP = select(*_SHOWN).where(coops.c.coop_id == bindparam("coop"))
_COOPS_OF = (
    select(*_SHOWN)
    .join(members, members.c.coop_id == coops.c.coop_id)
    .where(members.c.person_id == bindparam("person"), members.c.left_at.is_(None))
    .order_by(members.c.joined_at, members.c.coop_id)
)
_ENTRUSTED = exists().where(mandates.c.coop_id == members.c.coop_id, mandates.c.member_id == members.c.member_id)
# Two of the same name are told apart wherever money or keys pass: by their order, in which they joined.
_other, _called_so = members.alias(), people.alias()


def _namesakes(here: Any) -> Any:
    """Return how many of the co-op's members have the same name; an outer join, which begins with the few called so."""
    found = select(func.count(_other.c.member_id)).select_from(_called_so.outerjoin(_other, here))
    return found.where(_called_so.c.name == people.c.name).correlate(members, people).scalar_subquery()


_joined, _other_joined = (tuple_(of.c.joined_at, of.c.member_id) for of in (members, _other))
_here = (_other.c.person_id == _called_so.c.person_id) & (_other.c.coop_id == members.c.coop_id)
_PLACE = cast(_namesakes(_here & (_other_joined <= _joined)), String)
_NAMED = case((_namesakes(_here) > 1, people.c.name + " (" + _PLACE + ")"), else_=people.c.name).label("name")
_EVERYONE = select(members, _NAMED, people.c.email, people.c.phone, _ENTRUSTED.label("entrusted")).outerjoin(
    people, people.c.person_id == members.c.person_id
)
_MEMBERS = _EVERYONE.where(members.c.coop_id == bindparam("coop"))
_GONE = case((members.c.left_at.is_(None), 0), else_=1).label("gone")
_PLAIN_NAME = func.coalesce(plainly(people.c.name), "", type_=String).label("plain_name")
_BY_NAME = _EVERYONE.add_columns(_GONE, _PLAIN_NAME)
_BY_PERSON = _MEMBERS.where(members.c.person_id == bindparam("person"))
_BY_ID = _MEMBERS.where(members.c.member_id == bindparam("member"))
_MANDATES = select(mandates).where(mandates.c.coop_id == bindparam("coop"))


def _members(connection: Connection, coop_id: UUID, at: datetime, query: Select[Any], **asked: UUID) -> list[MemberRow]:
    return _with_roles(connection, coop_id, at, connection.execute(query, {"coop": coop_id, **asked}).mappings().all())


def _with_roles(connection: Connection, coop_id: UUID, at: datetime, rows: Sequence[RowMapping]) -> list[MemberRow]:
    anyone = any(row["entrusted"] for row in rows)  # most were never given a role: nothing more to ask
    held = roles_held(_mandates(connection, coop_id), at) if anyone else {}
    return [_member(row, held.get(row["member_id"], ())) for row in rows]


def _member(row: RowMapping, roles: tuple[Role, ...]) -> MemberRow:
    shown = {name: row[name] for name in MemberRow.__struct_fields__ if name != "roles"}
    return MemberRow(**shown, roles=roles)


def _mandates(connection: Connection, coop_id: UUID) -> list[Mandate]:
    return [
        Mandate(
            number=row.mandate,
            member_id=row.member_id,
            role=Role(row.role),
            since=row.since,
            until=row.until,
            ended_at=row.ended_at,
        )
        for row in connection.execute(_MANDATES, {"coop": coop_id})
    ]
