"""A correction, told: it is called after what it undoes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from api.speech.causes.telling import Telling
from ledger.entries.causes.correction import Corrected


class CorrectionTelling(Telling[Corrected]):
    """The exact opposite of another entry."""

    @property
    def entries(self) -> tuple[UUID, ...]:
        """The entry it undoes."""
        return (self.because.entry_id,)

    @property
    def accounts(self) -> Sequence[UUID]:
        """Those that the entry it undoes names."""
        return self._undone.accounts

    @property
    def vehicles(self) -> Sequence[UUID | None]:
        """Those that the entry it undoes names."""
        return self._undone.vehicles

    def title(self) -> str:
        """Say what it undoes."""
        return self.say("Undone: {what}", what=self._undone.title())

    @property
    def _undone(self) -> Telling[Any]:
        return self.teller.tell(self.teller.entry(self.because.entry_id))
