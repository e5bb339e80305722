"""Co-ops, their members, roles and invitations, for programs."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from api import departures
from api.speech.charter import VERSION, charter
from api.web.declared import Declared, Read, Write
from api.web.visit import Visit
from governance import commands as c
from governance import queries
from governance.application import Governance
from governance.invitation import InvitationAlreadyUsed, InvitationExpired, InvitationTakenBack
from governance.mandates import LastReferent
from governance.member import CharterChanged, MembershipErased, member_id_of
from governance.rules.packs import UnknownPack
from kernel.command import Asked, Command, Done
from kernel.refused import NotYours, Unknown
from territory.communes import NoSuchCommune, commune


class FoundCoop(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start a co-op in a commune by its INSEE code, as its first member; the charter version is the one read."""

    name: c.Line
    commune_code: c.Line
    pack: c.Key = "light"
    accent: c.Accent = c.Accent.GREEN
    charter_version: c.Version


class AcceptInvitation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Become a member by an invitation; the charter version is the one read."""

    invitation_id: UUID
    charter_version: c.Version


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation leads to: `state` is valid, used, revoked or expired; the charter is what one accepts."""

    coop_id: UUID
    coop_name: str
    commune_name: str
    kind: str
    state: str
    expires_at: datetime
    charter_version: str
    charter: tuple[str, ...]


class Charter(msgspec.Struct, frozen=True, kw_only=True):
    """What every member accepts, and the version to name when one does."""

    version: str
    sentences: tuple[str, ...]


def _found(visit: Visit, it: FoundCoop, asked: Asked) -> Done:
    if it.charter_version != VERSION:
        raise CharterChanged
    place = commune(it.commune_code)
    command = c.StartCoop(
        coop_id=it.coop_id,
        founder_id=visit.my_person.person_id,
        name=it.name,
        commune_code=place.code,
        commune_name=place.name,
        departement=place.departement_name,
        time_zone=place.time_zone,
        language="en" if visit.lang == "en" else "fr",
        pack=it.pack,
        accent=it.accent,
        charter_version=it.charter_version,
    )
    return Governance(visit.site.history).start_coop(command, asked)


def _accept(visit: Visit, it: AcceptInvitation, asked: Asked) -> Done:
    person_id = visit.my_person.person_id
    command = c.JoinCoop(
        coop_id=it.coop_id,
        invitation_id=it.invitation_id,
        person_id=person_id,
        charter_version=it.charter_version,
    )
    return Governance(visit.site.history).join_coop(command, _as_member(visit, asked))


def _as_member(visit: Visit, asked: Asked) -> Asked:
    """Return the visit as the reader's own, though she is no member yet or no more."""
    return replace(asked, by=member_id_of(visit.place("coop_id"), visit.my_person.person_id))


def _invited(visit: Visit) -> Invited:
    row = queries.invitation(visit.connection, visit.place("invitation_id"), visit.now)
    here = queries.coop(visit.connection, row.coop_id) if row else None
    if row is None or here is None:
        raise Unknown
    return Invited(
        coop_id=here.coop_id,
        coop_name=here.name,
        commune_name=here.commune_name,
        kind=row.kind,
        state=row.state,
        expires_at=row.expires_at,
        charter_version=here.charter_version,
        charter=charter(visit.lang),
    )


_COOP = "/coops/{coop_id:uuid}"
_MEMBER = f"{_COOP}/members/{{member_id:uuid}}"
_INVITATION = f"{_COOP}/invitations/{{invitation_id:uuid}}"

DECLARED: list[Declared] = [
    Write(
        name="api_start_coop",
        path="/coops",
        command=FoundCoop,
        carry_out=_found,
        summary="Start a co-op as its first member, référent and treasurer",
        refuses=(NoSuchCommune, UnknownPack, CharterChanged),
        example={"name": "Les Voisins du Diois", "commune_code": "26113", "charter_version": VERSION},
    ),
    Read(
        name="api_charter",
        path="/charter",
        answer=lambda a: Charter(version=VERSION, sentences=charter(a.lang)),
        returns=Charter,
        summary="What every member accepts",
    ),
    Write(
        name="api_leave_coop",
        path=f"{_MEMBER}/departure",
        command=c.LeaveCoop,
        carry_out=lambda a, it, asked: departures.leave(a.site.history, a.here, it, asked),
        summary="Leave the co-op: oneself, or on a référent's word; the balance stays in the books",
        refuses=(NotYours, departures.TripUnderWay, departures.StillLends, LastReferent),
        example={},
    ),
    Read(
        name="api_invited",
        path="/invitations/{invitation_id:uuid}",
        answer=_invited,
        returns=Invited,
        summary="What an invitation leads to, and the charter one accepts",
        refuses=(Unknown,),
    ),
    Write(
        name="api_accept_invitation",
        path=f"{_INVITATION}/acceptance",
        command=AcceptInvitation,
        carry_out=_accept,
        summary="Become a member by an invitation",
        refuses=(
            InvitationExpired,
            InvitationTakenBack,
            InvitationAlreadyUsed,
            CharterChanged,
            MembershipErased,
            Unknown,
        ),
        example={"charter_version": VERSION},
    ),
]
