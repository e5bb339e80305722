"""The devices one is signed in on, and signing out of another of them."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from api.places.coming_in.signing_in import Closed, Nothing
from api.web.acts import write
from api.web.answers import Go
from api.web.forms import inside
from api.web.routes import form
from api.web.visit import Visit
from kernel.text import N_
from people.sign_in import close_device, sessions_of
from usecases.actor import Actor

SESSION = "/sessions/{session_id:uuid}"
BROWSERS = {"Firefox": "Firefox", "Edg": "Edge", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device the reader is signed in on; `opened_at` is when."""

    session_id: UUID
    device: str
    opened_at: datetime
    current: bool

    @property
    def known_as(self) -> str:
        """What its browser's own description tells of it, `Firefox, Android`; empty when that is nothing we know."""
        browser = next((BROWSERS[sign] for sign in BROWSERS if sign in self.device), "")
        system = next((name for name in SYSTEMS if name in self.device), "")
        return ", ".join(filter(None, (browser, system)))


def devices_of(actor: Actor) -> tuple[Device, ...]:
    """Return the reader's own devices, the one last signed in first."""
    return tuple(
        Device(
            session_id=row.session_id,
            device=row.device,
            opened_at=row.opened_at,
            current=row.session_id == actor.session_id,
        )
        for row in sessions_of(actor.connection, actor.my_person.person_id)
    )


@form(SESSION, who="person")
def sign_out_device(visit: Visit, session_id: UUID) -> Go:
    """Close the session of another of one's devices; go back to the page one came from."""
    _close(visit, session_id)
    return Go(_came_from(visit), said=N_("That device is signed out."))


@write(SESSION, who="person", method="DELETE")
def close_session(visit: Visit, session_id: UUID, body: Nothing) -> Closed:  # noqa: ARG001 - read as strictly
    """Sign out on another of my devices."""
    _close(visit, session_id)
    return Closed(session_id=session_id)


def _came_from(visit: Visit) -> str:
    try:
        path = urlsplit(visit.sent.headers.get("referer", "")).path
    except ValueError:  # no address at all
        return "/"
    return inside(path) or "/"


def _close(visit: Visit, session_id: UUID) -> None:
    with visit.site.writing() as connection:
        close_device(connection, visit.actor.my_person.person_id, session_id)
