"""Real ids for every name an address may hold, found in the read models by the name of their column."""

from uuid import UUID, uuid4

from sqlalchemy import select

from booking.read_models import bookings
from kernel.tables import derived
from people.photos import photos
from people.sign_in import sessions
from tests.kit.village import Village, person_id_of


def ids_of(village: Village, coop_id: UUID, name: str) -> dict[str, str]:
    """Return an id of each kind of thing a co-op has, and those of one of its people."""
    found: dict[str, str] = {}
    with village.site.reading() as connection:
        for table in (*derived.sorted_tables, photos):
            for column in table.c:
                if not column.name.endswith("_id") or column.name in found:
                    continue
                newest = select(column).where(table.c.coop_id == coop_id, column.is_not(None)).order_by(column).limit(1)
                if value := connection.execute(newest).scalar():
                    found[column.name] = str(value)
        waits = select(bookings.c.booking_id).where(bookings.c.coop_id == coop_id, bookings.c.status == "requested")
        if asked := connection.execute(waits).scalar():  # only this one has both a driver and one who answers
            found["booking_id"] = str(asked)
        device = connection.execute(select(sessions.c.session_id).limit(1)).scalar()
    mine = {"coop_id": coop_id, "member_id": village.member(name, coop_id), "person_id": person_id_of(name)}
    found |= {key: str(value) for key, value in mine.items()}
    return found | {"session_id": str(device or uuid4()), "token": "no-such-link"}
