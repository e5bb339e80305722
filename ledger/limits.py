"""How large what is asked of the ledger may be, where more than one group asks it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from kernel.text import PLAIN

Cents = Annotated[int, Meta(ge=1, le=100_000_000, description="Whole cents of euro")]
Weight = Annotated[int, Meta(ge=0, le=100_000)]
Instant = Annotated[datetime, Meta(tz=True)]
Words = Annotated[str, Meta(max_length=500, pattern=PLAIN)]
