"""Former addresses that letters, posters and bookmarks still hold: each leads where its page is now."""

from urllib.parse import urlencode

from api.places import COOP
from api.web.answers import Answer, Go, Moved
from api.web.routes import page
from api.web.visit import Visit


def moved(before: str, now: str, **asked: str) -> None:
    """Lead an address to where its page is now, with what it asked for; ids of it may become part of the question."""

    def lead(visit: Visit) -> Answer:
        ids = {name: str(value) for name, value in visit.sent.ids.items()}
        query = urlencode({**visit.sent.query} | {name: value.format(**ids) for name, value in asked.items()})
        return Moved(now.format(**ids) + (f"?{query}" if query else ""))

    lead.__name__ = before
    page(before, who="everyone")(lead)


@page(f"{COOP}/leave", who="member")
def to_my_departure(visit: Visit) -> Go:
    """Lead each to her own way out: the former address named nobody."""
    return Go(f"/coops/{visit.actor.coop_id}/members/{visit.actor.me}/departure")


moved("/start", "/coops/new")
moved("/join/{invitation_id:uuid}", "/invitations/{invitation_id}")
moved(f"{COOP}/vehicles", "/coops/{coop_id}/availability")
moved(f"{COOP}/gift", "/coops/{coop_id}/contributions/new")
moved(f"{COOP}/accounts/{{entry_id:uuid}}", "/coops/{coop_id}/entries/{entry_id}")
moved(f"{COOP}/vehicles/{{vehicle_id:uuid}}/book", "/coops/{coop_id}/bookings/new", vehicle_id="{vehicle_id}")
