"""Photos, against the digests beside them, and against the events that name them: none was changed or taken away.

Those of who was erased went with her, but for what outlives her.
"""

import hmac

from sqlalchemy import Connection, Engine, func, select

from checks.checked import Checked
from governance.read_models import members
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
    her = (members.c.coop_id == photo_names.c.coop_id) & (members.c.member_id == photo_names.c.named_by)
    erased = select(members.c.member_id).where(her, members.c.erased_at.is_not(None)).exists()
    gone = ~select(photos.c.photo_id).where(there).exists() & (photo_names.c.outlives | ~erased)
    named_last = func.max(photo_names.c.position).label("position")
    of_each = select(photo_names.c.coop_id, photo_names.c.photo_id, named_last).where(gone)
    for row in connection.execute(of_each.group_by(photo_names.c.coop_id, photo_names.c.photo_id).order_by(named_last)):
        where = f"position {row.position}, co-op {row.coop_id}"
        checked.fault(f"{where}: photo {row.photo_id}, which is named there, is gone")
