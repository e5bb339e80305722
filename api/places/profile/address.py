"""One's mail address: a link is sent to the new one, and it changes when that link is said yes to."""

import msgspec

from api.places.coming_in.signing_in import LinkSent, link_sent, sent
from api.places.profile.profile import PROFILE, show_profile
from api.web.acts import write
from api.web.answers import Go
from api.web.fields import read_form
from api.web.routes import form
from api.web.visit import Visit
from people.person import Email
from usecases.coming_in.links import Move


class NewAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one's mail is to go from now on."""

    email: Email


@form(f"{PROFILE}/address", who="member", page=show_profile)
def change_address(visit: Visit) -> Go:
    """Send a link to my new mail address."""
    wanted = read_form(visit.form, NewAddress)
    return link_sent(visit, wanted.email, _move(visit))


@write("/me/address", who="person", example={"email": "claire.b@example.org"})
def ask_to_move(visit: Visit, body: NewAddress) -> LinkSent:
    """Send a link to my new mail address; it changes when that link is said yes to."""
    return sent(visit, body.email, _move(visit))


def _move(visit: Visit) -> Move:
    mine = visit.actor.my_person
    return Move(person_id=mine.person_id, name=mine.name, lang=visit.lang, former=mine.email)
