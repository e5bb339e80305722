"""Photos, against the digests beside them, and against the events that name them: none was changed or taken away.

Those of who was erased went with her, but for what outlives her; a vehicle's papers, with the last of its owners.
"""

import hmac

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, func, select

from checks.checked import Checked
from fleet.read_models import owners
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
    goes = case((photo_names.c.of_paper.is_not(None), _owners_are_erased()), else_=~photo_names.c.outlives & erased)
    gone = ~select(photos.c.photo_id).where(there).exists() & ~goes
    named_last = func.max(photo_names.c.position).label("position")
    of_each = select(photo_names.c.coop_id, photo_names.c.photo_id, named_last).where(gone)
    for row in connection.execute(of_each.group_by(photo_names.c.coop_id, photo_names.c.photo_id).order_by(named_last)):
        where = f"position {row.position}, co-op {row.coop_id}"
        checked.fault(f"{where}: photo {row.photo_id}, which is named there, is gone")


def _owners_are_erased() -> ColumnElement[bool]:
    """Tell whether a paper's vehicle had owners, and each of them was erased."""
    its = and_(owners.c.coop_id == photo_names.c.coop_id, owners.c.vehicle_id == photo_names.c.vehicle_id)
    owner = and_(members.c.coop_id == owners.c.coop_id, members.c.member_id == owners.c.member_id)
    here = select(owners.c.member_id).join(members, owner).where(its, members.c.erased_at.is_(None))
    return select(owners.c.member_id).where(its).exists() & ~here.exists()
