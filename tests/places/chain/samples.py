"""The page of the co-op's chain as it would be shown."""

from api.places.chain.checkpoint import Chain, Checkpoint
from api.web.answers import View
from tests.api.samples import ID

CHECKPOINT = Checkpoint(
    coop_id=ID,
    position=4352,
    hash="8d4fd3a1" * 8,
    signature="5b" * 64,
    head=f"{ID.hex}:4352:{'8d4fd3a1' * 8}:{'5b' * 64}",
    public_key="d75a980182b10ab7" * 4,
)

PAGES: dict[str, View] = {"proof-of-the-past": Chain(checkpoint=CHECKPOINT)}
