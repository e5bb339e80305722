"""Photos sent with a form, kept at once so that a refused form does not ask for them again."""

import math
import os
from collections.abc import Callable
from typing import IO
from uuid import UUID, uuid5

from api.web.forms import Misread
from api.web.visit import Visit
from people.limits import MEGABYTES, PHOTOS, spend
from people.photos import keep_photo, photo
from people.pictures import LARGEST_PHOTO, NotAPhoto, TooHeavy, plain_jpeg

Plain = Callable[[IO[bytes]], bytes]
"""Makes of what was sent what is kept of it; refuses `NotAPhoto`."""


def sent_photo(visit: Visit, name: str, plain: Plain = plain_jpeg) -> UUID | None:
    """Keep the photo chosen in the field `name` and return its id, or that of the one kept when this was refused.

    The same form sent again keeps it once; with another photo it is refused with `CommandReused`, a file that is no
    photo with `Misread`.
    """
    sent = visit.form.file(name)
    if sent is None:
        return kept_photo(visit, name)
    try:
        return keep_sent(visit, uuid5(visit.asked().command_id, name), sent, plain)
    except NotAPhoto as error:
        raise Misread({name: error}) from error


def keep_sent(visit: Visit, photo_id: UUID, sent: IO[bytes], plain: Plain = plain_jpeg) -> UUID:
    """Keep a photo as it was sent, counted whatever comes of it: what is no photo is as much work to read."""
    actor, size = visit.actor, sent.seek(0, os.SEEK_END)
    if size > LARGEST_PHOTO:  # no more of it was received
        raise TooHeavy
    megabytes = math.ceil(size / 1_000_000)
    with visit.site.writing() as connection:
        for limit, amount in ((PHOTOS, 1), (MEGABYTES, megabytes)):
            person_id = actor.my_person.person_id
            spend(connection, limit, actor.now, person_id=person_id, coop_id=actor.coop_id, amount=amount)
    jpeg = plain(sent)
    with visit.site.writing() as connection:
        keep_photo(connection, actor.keyring, actor.coop_id, photo_id, jpeg, actor.now)
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
