"""An entry as its cause makes it: lines, what it is in law, and why; the books then say on which day it counts."""

from datetime import date
from typing import Generic, Literal, TypeVar
from uuid import UUID

import msgspec

from ledger.entries.posting import Posting

EntryKind = Literal["trip", "fuel", "expense", "settlement", "contribution"]
LegalNature = Literal[
    "co_owner_cost_share", "loan_fee_to_owner", "coop_service", "expense", "settlement", "voluntary_contribution"
]


class Because(msgspec.Struct, frozen=True, kw_only=True, tag_field="of"):
    """Why an entry is what it is: all it takes to do its sum again, kept with it always.

    One shape a cause, told apart by `of`, so that a page can answer "Why?" from the entry alone even after prices,
    shares and rules have changed. All say the day the thing really happened, which may lie in a month already closed.
    """

    true_day: date


B_co = TypeVar("B_co", bound=Because, covariant=True)


class Draft(msgspec.Struct, Generic[B_co], frozen=True, kw_only=True):
    """An entry that a cause asks for."""

    kind: EntryKind
    legal_nature: LegalNature
    postings: tuple[Posting, ...]
    because: B_co
    vehicle_id: UUID | None = None
