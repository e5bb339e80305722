"""How large what is asked of the ledger may be, where more than one group asks it."""

from typing import Annotated

from msgspec import Meta

from kernel.text import PLAIN

Cents = Annotated[
    int, Meta(ge=1, le=100_000_000, description="Whole minor units of the co-op's currency: cents, francs")
]
Weight = Annotated[int, Meta(ge=0, le=100_000)]
Words = Annotated[str, Meta(max_length=500, pattern=PLAIN)]
