"""The poster: a code to scan at the bakery or the town hall, which admits everyone who scans it, for a year."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from api.places import COOP
from api.places.members.inviting import INVITATIONS, link_of
from api.web.acts import Undo, act
from api.web.answers import Page, View
from api.web.routes import page
from api.web.visit import Visit
from fleet.queries import VehicleCard, vehicles_in_service
from governance.commands import IssueInvitation
from governance.inviting.queries import InvitationRow
from governance.queries import known_coop
from kernel.command import Asked, Done
from usecases.actor import Actor
from usecases.coming_in import inviting
from usecases.coming_in.inviting import POSTER_DAYS, open_poster

DRAWN = 3


class Poster(View, frozen=True, kw_only=True):
    """The poster as it is printed; without an open invitation for it (`link` is `None`), how to make one.

    `typed` is the short address, for who has no camera.
    """

    template: ClassVar[str] = "members/poster.html"

    link: str | None
    typed: str | None
    commune_name: str
    until: datetime | None
    contact: str
    phone: str | None
    vehicles: Sequence[VehicleCard]
    days: int = POSTER_DAYS


@page(f"{COOP}/poster", who="referent")
def poster(visit: Visit) -> Page:
    """Show the poster to print; the référent who prints it is whom one may talk to."""
    actor, found = visit.actor, open_poster(visit.actor)
    view = Poster(
        link=link_of(visit, found) if found else None,
        typed=_typed(visit, found) if found else None,
        commune_name=known_coop(actor.connection, actor.coop_id).commune_name,
        until=found.expires_at if found else None,
        contact=actor.my_person.name,
        phone=actor.my_person.phone,
        vehicles=vehicles_in_service(actor.connection, actor.coop_id, on=actor.today)[:DRAWN],
    )
    return Page(view)


@act(
    INVITATIONS,
    who="referent",
    page=poster,
    then="/coops/{coop_id}/poster",
    undo=Undo("/coops/{coop_id}/invitations/{id}/revocation"),
    example={"kind": "poster", "days_valid": 90},
)
def issue_invitation(actor: Actor, command: IssueInvitation, asked: Asked) -> Done:
    """Make an invitation for one person (mail) or for all who scan it (poster: the one open stays); you send it."""
    return inviting.issue_invitation(actor, command, asked)


def _typed(visit: Visit, found: InvitationRow) -> str:
    """Return the address without its scheme, which nobody types."""
    return f"{visit.site.settings.base_url.partition('://')[2]}/r/{found.words}"
