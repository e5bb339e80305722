"""Signing in and one's own profile, for programs. A program's session is a bearer token, got by the same mail link."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from msgspec import Meta

from api.arrivals import ComeIn, NobodyHere, arrive
from api.pages.profile import profile_values
from api.pages.sign_in import mail_link
from api.web.declared import Act, Declared, Read
from api.web.forms import Form
from api.web.visit import Visit
from governance.queries import coops_of, membership
from governance.roles import Role
from kernel.refused import Unknown
from kernel.text import MAIL_ADDRESS
from people.person import change_person, person
from people.sign_in import (
    LINK_LASTS,
    LinkSpent,
    TooManyLinks,
    close_device,
    close_session,
    open_session,
    session_of,
    sessions_of,
    use_link,
)

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
_DECIMAL = r"^(-?[0-9]{1,3}(\.[0-9]{1,5})?)?$"


class WantedLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to send a sign-in link to; with a name, who is new here is welcomed under it."""

    email: Annotated[str, Meta(max_length=254, pattern=MAIL_ADDRESS)]
    name: Annotated[str, Meta(max_length=80, pattern=_NO_CONTROL)] = ""


class LinkSent(msgspec.Struct, frozen=True, kw_only=True):
    """A link was sent, if someone here has this address or a name was given. It can be used once, for `minutes`."""

    minutes: int


class LinkToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The secret at the end of the link."""

    token: Annotated[str, Meta(min_length=1, max_length=100)]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session: send `bearer` as `Authorization: Bearer …`."""

    bearer: str
    person_id: UUID


class Nothing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An empty body."""


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """The session is closed."""

    session_id: UUID | None


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A co-op the reader is a member of, under which id and with which roles."""

    coop_id: UUID
    name: str
    member_id: UUID
    roles: tuple[Role, ...]


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device the reader is signed in on; `opened_at` is when."""

    session_id: UUID
    device: str
    opened_at: datetime
    current: bool


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The reader herself: her profile (degrees as text), her co-ops, her devices."""

    person_id: UUID
    email: str
    name: str
    phone: str | None
    iban: str | None
    iban_holder: str | None
    language: str
    latitude: str | None
    longitude: str | None
    memberships: list[Membership]
    devices: list[Device]


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one says of oneself; what is empty is taken away. Degrees (WGS 84) as text, both or neither."""

    name: Annotated[str, Meta(min_length=1, max_length=80, pattern=_NO_CONTROL)]
    language: Annotated[str, Meta(pattern="^(fr|en)$")]
    phone: Annotated[str, Meta(max_length=30)] = ""
    iban: Annotated[str, Meta(max_length=50)] = ""
    iban_holder: Annotated[str, Meta(max_length=70)] = ""
    latitude: Annotated[str, Meta(pattern=_DECIMAL)] = ""
    longitude: Annotated[str, Meta(pattern=_DECIMAL)] = ""


def _send_link(visit: Visit, wanted: WantedLink) -> LinkSent:
    mail_link(visit, wanted.email, ComeIn(name=wanted.name.strip(), lang=visit.lang))
    return LinkSent(minutes=int(LINK_LASTS.total_seconds() // 60))


def _open_session(visit: Visit, sent: LinkToken) -> Session:
    with visit.site.writing() as connection:
        link = use_link(connection, sent.token, visit.now)
    person_id, _ = arrive(visit.site, link)
    device = visit.sent.headers.get("user-agent", "")
    with visit.site.writing() as connection:
        return Session(bearer=open_session(connection, person_id, uuid4(), device, visit.now), person_id=person_id)


def _close_session(visit: Visit, _: Nothing) -> Closed:
    closed = Closed(session_id=session_of(visit.connection, visit.token))
    with visit.site.writing() as connection:
        close_session(connection, visit.token)
    return closed


def _close_device(visit: Visit, _: Nothing) -> Closed:
    session_id = visit.place("session_id")
    with visit.site.writing() as connection:
        close_device(connection, visit.my_person.person_id, session_id)
    return Closed(session_id=session_id)


def _me(visit: Visit) -> Me:
    found = person(visit.connection, visit.my_person.person_id)
    if found is None:
        raise Unknown
    current = session_of(visit.connection, visit.token)
    shown = {name: getattr(found, name) for name in Me.__struct_fields__ if hasattr(found, name)}
    shown |= {name: _degrees(getattr(found, name)) for name in ("latitude", "longitude")}
    devices = [
        Device(session_id=row.session_id, device=row.device, opened_at=row.opened_at, current=row.session_id == current)
        for row in sessions_of(visit.connection, found.person_id)
    ]
    return Me(**shown, memberships=_memberships(visit), devices=devices)


def _memberships(visit: Visit) -> list[Membership]:
    person_id = visit.my_person.person_id
    found = [
        (here, membership(visit.connection, here.coop_id, person_id, visit.now))
        for here in coops_of(visit.connection, person_id)
    ]
    return [
        Membership(coop_id=here.coop_id, name=here.name, member_id=row.member_id, roles=row.roles)
        for here, row in found
        if row is not None
    ]


def _change_me(visit: Visit, profile: Profile) -> Me:
    values = profile_values(Form({name: [value] for name, value in msgspec.structs.asdict(profile).items()}))
    with visit.site.writing() as connection:
        change_person(connection, visit.my_person.person_id, **values)
    with visit.site.reading() as connection:
        return _me(Visit(visit.site, visit.sent, connection))


def _degrees(value: Any) -> str | None:
    return None if value is None else str(value)


DECLARED: list[Declared] = [
    Act(
        name="api_send_link",
        path="/sign-in-links",
        method="POST",
        body=WantedLink,
        carry_out=_send_link,
        returns=LinkSent,
        summary="Have a sign-in link sent by mail; say a name when new here",
        refuses=(TooManyLinks,),
        example={"email": "claire@example.org", "name": "Claire"},
    ),
    Act(
        name="api_open_session",
        path="/sessions",
        method="POST",
        body=LinkToken,
        carry_out=_open_session,
        returns=Session,
        summary="Use a sign-in link up, for a session",
        refuses=(LinkSpent, NobodyHere),
        example={"token": "b3x9Zk2mQ7r1tY5uW8aE4cV6"},
    ),
    Act(
        name="api_close_session",
        path="/sessions/current",
        method="DELETE",
        body=Nothing,
        carry_out=_close_session,
        returns=Closed,
        summary="Sign out",
    ),
    Act(
        name="api_close_device",
        path="/sessions/{session_id:uuid}",
        method="DELETE",
        body=Nothing,
        carry_out=_close_device,
        returns=Closed,
        summary="Sign out on another of my devices",
    ),
    Read(name="api_me", path="/me", answer=_me, returns=Me, summary="My profile, my co-ops and my devices"),
    Act(
        name="api_change_me",
        path="/me",
        method="PUT",
        body=Profile,
        carry_out=_change_me,
        returns=Me,
        summary="Change my profile",
        example={"name": "Claire", "language": "fr", "phone": "06 12 34 56 78"},
    ),
]
