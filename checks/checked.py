"""What a check says: what it looked at, and the faults it found."""

import msgspec
from sqlalchemy import exc

UNREADABLE = (msgspec.MsgspecError, LookupError, ValueError, TypeError, exc.IntegrityError, exc.DataError)
"""What a value raises that the product never writes where it stands: SQLite keeps anything in any column."""

MOST = 20  # faults told one by one: of a table that was emptied, the rest are counted


class Checked(msgspec.Struct, kw_only=True):
    """A check as it goes on: what is looked at, in a sentence, and what is wrong with it."""

    said: str = ""
    told: list[str] = []
    count: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.count

    def fault(self, sentence: str) -> None:
        """Note a fault, in a sentence that names where."""
        self.count += 1
        if self.count <= MOST:
            self.told.append(sentence)

    def lines(self) -> list[str]:
        """Return all it has to say, a line each."""
        more = [f"  and {self.count - MOST} more"] if self.count > MOST else []
        return [self.said, *(f"  {sentence}" for sentence in self.told), *more]
