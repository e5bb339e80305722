"""Photos sent with a form, kept at once so that a refused form does not ask for them again."""

from uuid import UUID, uuid5

from api.web.forms import Misread
from api.web.visit import Visit
from people.photos import keep_photo, photo
from people.pictures import NotAPhoto, plain_jpeg


def sent_photo(visit: Visit, name: str) -> UUID | None:
    """Keep the photo chosen in the field `name` and return its id, or that of the one kept when this was refused.

    The same form sent again keeps it once; with another photo it is refused with `CommandReused`, a file that is no
    photo with `Misread`.
    """
    sent = visit.form.file(name)
    if sent is None:
        return kept_photo(visit, name)
    photo_id = uuid5(visit.asked().command_id, name)
    try:
        jpeg = plain_jpeg(sent)
    except NotAPhoto as error:
        raise Misread({name: error.sentence()}) from error
    with visit.site.writing() as connection:
        keep_photo(connection, visit.actor.coop_id, photo_id, jpeg, visit.actor.now)
    return photo_id


def kept_photo(visit: Visit, name: str) -> UUID | None:
    """Return the photo already kept for the field `name` of this form, to show it again; `None` when there is none."""
    form = visit.form
    if form.file(name) and form.text("command_id"):
        sent = uuid5(form.uuid("command_id"), name)
    elif form.text(f"kept_{name}"):
        sent = form.uuid(f"kept_{name}")
    else:
        return None
    return sent if photo(visit.actor.connection, visit.actor.coop_id, sent) else None
