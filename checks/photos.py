"""Photos, against the digests beside them, and against the events that name them: none was changed or taken away."""

import hmac

from sqlalchemy import Connection, Engine, select

from checks.checked import Checked
from kernel.database import reading
from kernel.log.rebuild import are_up_to_date
from kernel.privacy import Keyring
from kernel.read_models.projection import Projections
from people.photos import digest_of, photo_names, photos

BATCH = 20  # held in memory at once


def check_photos(engine: Engine, keyring: Keyring, projections: Projections) -> Checked:
    """Compute each photo's digest anew, and look for each that an event ever named."""
    checked = Checked()
    with reading(engine) as connection:
        count = 0
        for row in connection.execute(select(photos).execution_options(yield_per=BATCH)):
            count += 1
            if not hmac.compare_digest(row.digest or b"", digest_of(keyring, row.coop_id, row.photo_id, row.jpeg)):
                checked.fault(f"photo {row.photo_id}, co-op {row.coop_id}: it is not the picture that was sent")
        checked.said = f"Photos: {count}, each against its digest"
        if are_up_to_date(connection, projections):
            _check_names(connection, checked)
            checked.said += ", and each that an event names"
    return checked


def _check_names(connection: Connection, checked: Checked) -> None:
    there = (photo_names.c.coop_id == photos.c.coop_id) & (photo_names.c.photo_id == photos.c.photo_id)
    gone = select(photo_names).where(~select(photos.c.photo_id).where(there).exists())
    for row in connection.execute(gone.order_by(photo_names.c.position)):
        where = f"position {row.position}, co-op {row.coop_id}"
        checked.fault(f"{where}: photo {row.photo_id}, which is named there, is gone")
