"""Photos sent with a form, kept at once so that a refused form does not ask again; photos that a command names."""

from uuid import UUID, uuid5

from api.web.asking import Asking
from kernel.refused import Refused
from people.photos import keep_photo, photo, plain_jpeg


class NoSuchPhoto(Refused):
    """One of the photos is not there. Send it again."""


def photos_here(asking: Asking, *photo_ids: UUID | None) -> None:
    """Refuse with `NoSuchPhoto` unless each photo named (`None`: none) is kept in this co-op."""
    for photo_id in photo_ids:
        if photo_id and photo(asking.connection, asking.coop_id, photo_id) is None:
            raise NoSuchPhoto


def sent_photo(asking: Asking, name: str) -> UUID | None:
    """Keep the photo chosen in the field `name` and return its id, or that of the one kept when this was refused.

    The same form sent again keeps it once; with another photo it is refused with `CommandReused`, a file that is no
    photo with `NotAPhoto`.
    """
    content = asking.form.file(name)
    if content is None:
        return kept_photo(asking, name)
    photo_id = uuid5(asking.asked().command_id, name)
    jpeg = plain_jpeg(content)
    with asking.site.writing() as connection:
        keep_photo(connection, asking.coop_id, photo_id, jpeg, asking.now)
    return photo_id


def kept_photo(asking: Asking, name: str) -> UUID | None:
    """Return the photo already kept for the field `name` of this form, to show it again; `None` when there is none."""
    form = asking.form
    if form.file(name) and form.text("command_id"):
        sent = uuid5(form.uuid("command_id"), name)
    elif form.text(f"kept_{name}"):
        sent = form.uuid(f"kept_{name}")
    else:
        return None
    return sent if photo(asking.connection, asking.coop_id, sent) else None
