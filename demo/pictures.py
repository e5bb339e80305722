"""The demo's photos: of each vehicle as it enters, and of its insurer's letter, by which it agrees to sharing."""

import io
from uuid import UUID, uuid5

from demo.cast.bodies import PAINTS, WOOD
from demo.cast.pictures import draw_vehicle
from demo.cast.receipts import draw_letter
from demo.cast.vehicles import Model
from demo.clock import Clock
from fleet.commands import PaperOnFile
from people.photos import keep_photo
from people.pictures import plain_jpeg


def keep_portrait(clock: Clock, coop_id: UUID, model: Model) -> UUID:
    """Keep a vehicle's photo; return its id."""
    paint = PAINTS[model.colour] if model.colour else WOOD
    return _keep(clock, coop_id, f"photo of {model.name}", draw_vehicle(model.name, model.body, paint))


def keep_letter(clock: Clock, coop_id: UUID, model: Model) -> PaperOnFile:
    """Keep the letter about a vehicle, of today; return the paper that names it."""
    letter = draw_letter(clock.today, model.plate or model.name)
    photo_id = _keep(clock, coop_id, f"letter about {model.name}", letter)
    return PaperOnFile(kind="consent", given_on=clock.today, photo_id=photo_id)


def _keep(clock: Clock, coop_id: UUID, what: str, png: bytes) -> UUID:
    history, photo_id = clock.history, uuid5(coop_id, what)
    keep_photo(history.connection, history.keyring, coop_id, photo_id, plain_jpeg(io.BytesIO(png)), clock.now)
    return photo_id
