"""The papers of the demo's vehicles that come with a file: an insurer's letter, by which it agrees to sharing."""

import io
from uuid import UUID, uuid5

from demo.cast.receipts import draw_letter
from demo.cast.vehicles import Model
from demo.clock import Clock
from fleet.commands import PaperOnFile
from people.photos import keep_photo
from people.pictures import plain_jpeg


def keep_letter(clock: Clock, coop_id: UUID, model: Model) -> PaperOnFile:
    """Keep the letter about a vehicle, of today; return the paper that names it."""
    history, photo_id = clock.history, uuid5(coop_id, f"letter about {model.name}")
    picture = plain_jpeg(io.BytesIO(draw_letter(clock.today, model.plate or model.name)))
    keep_photo(history.connection, history.keyring, coop_id, photo_id, picture, clock.now)
    return PaperOnFile(kind="consent", given_on=clock.today, photo_id=photo_id)
