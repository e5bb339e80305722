"""Reading what people typed: strictly, with a sentence for each field that cannot be read, nothing lost."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import IO, Self, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from kernel.money import EURO, Money, decimals_of
from kernel.period import Period
from kernel.refused import Refused
from kernel.text import N_, PLAIN, composed, whole_number

T = TypeVar("T")

RELOAD = N_("Reload the page and try again.")
AGAIN = "_again"  # sent with what was kept: its form is shown as typed, and nothing is done
BESIDE_WHAT_IS_TYPED = {"_csrf_token", "command_id", AGAIN}
TOO_FAR = N_("This day is too far away.")
OUT_OF_BOUNDS = N_("This number is too small or too large.")
LIKE, LIKE_WHOLE = N_("Type an amount, like 12,50."), N_("Type a whole amount, like 1500.")
NOT_WHOLE = N_("Type a whole number.")
MOST_CHARACTERS = 10_000  # of any one field; each command says what of it its own may hold


class Misread(ValueError):  # noqa: N818 - it names what was read, not a fault of ours
    """One or several fields could not be read: field → English sentence, or refusal, said beside each.

    `parts` are the fields of the command that they were read for: all its others can still be read. `instead` is what
    a field holds when it is asked back: what was probably meant.
    """

    def __init__(
        self,
        errors: Mapping[str, str | Refused],
        parts: Collection[str] = (),
        *,
        instead: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors
        self.parts = parts
        self.instead = instead or {}


class Faults:
    """What cannot be read of a form, gathered so that all of it is said at once: what is read within goes on after."""

    def __init__(self) -> None:
        self.errors: dict[str, str | Refused] = {}
        self.parts: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> bool:
        if not isinstance(error, Misread):
            return False
        self.errors = {**self.errors, **error.errors}
        self.parts |= {*error.parts}
        return True

    def check(self) -> None:
        """Refuse (`Misread`) when anything could not be read."""
        if self.errors:
            raise Misread(self.errors, self.parts)


def read_parts(parts: Mapping[str, object]) -> dict[str, object]:
    """Return parts of a command, by the names of its fields; `Misread` says what is wrong with any of them.

    A part that can be misread is a function that reads it; what is known already stands as it is.
    """
    found, faults = dict[str, object](), Faults()
    for name, part in parts.items():
        with faults:
            found[name] = part() if callable(part) else part
    faults.parts = {*parts}
    faults.check()
    return found


class Unfinished(Exception):  # noqa: N818 - it names a form under way, not a fault of ours
    """What was sent is a form that goes on: its page is to be shown again with what was typed, and nothing is done.

    `errors` says beside which field what is to be done first, where it was sent as if it were finished.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__()
        self.errors = errors


class Limits(msgspec.Struct, frozen=True):
    """What a form's field may hold: at most so many characters, from `low` to `high` for a number."""

    required: bool = False
    maxlength: int | None = None
    low: int | None = None
    high: int | None = None


ANYTHING = Limits()


class Form:
    """The fields of a form: texts (a name may come several times) and files. It remembers what was read of it."""

    def __init__(
        self, texts: Mapping[str, Sequence[str]] | None = None, files: Mapping[str, IO[bytes]] | None = None
    ) -> None:
        self.texts = texts or {}
        self.files = files or {}
        self.currency = EURO  # until the visit says in which co-op it was typed
        self._texts_read: set[str] = set()
        self._files_read: set[str] = set()

    def check_all_read(self) -> None:
        """Refuse what was filled in under a name that nobody reads: it came from a page that is too old."""
        filled = {name for name, values in self.texts.items() if any(map(str.strip, values))} - BESIDE_WHAT_IS_TYPED
        if unread := (filled - self._texts_read) | (self.files.keys() - self._files_read):
            raise Misread(dict.fromkeys(sorted(unread), RELOAD))

    def typed(self) -> dict[str, str]:
        """Return what was typed, to show it again."""
        return {name: values[-1] for name, values in self.texts.items() if values and name != "command_id"}

    @property
    def typed_id(self) -> str | None:
        """The id that the page gave what was sent, `None` when it gave none."""
        return next(iter(self.texts.get("command_id", ())), None)

    def text(self, name: str) -> str:
        """Return a text without the spaces around it, empty when it was not sent; `Misread` for two that differ."""
        values = {composed(text) for text in self.texts_of(name)}
        if len(values) > 1:
            raise Misread({name: N_("This came twice, and not the same. Write it once.")})
        value = next(iter(values), "").strip()
        if len(value) > MOST_CHARACTERS or not re.search(PLAIN, value):
            raise Misread({name: N_("This text is too long, or holds a character that cannot be kept.")})
        return value

    def understood(self) -> None:
        """Refuse until she has said that she understands: what follows cannot be undone."""
        if not self.ticked("understood"):
            raise Misread({"understood": N_("Say that you understand: this cannot be undone.")})

    def check_found(self) -> None:
        """Refuse to go on (`Unfinished`) while it asks for somebody: by its button, or by a name typed since."""
        pressed, name, found = self.ticked("search"), self.text("find"), self.text("found")
        if pressed:
            raise Unfinished({})
        if name and name != found:
            raise Unfinished({"find": N_("Choose whom you looked for, or nobody, and send it again.")})

    def texts_of(self, name: str) -> list[str]:
        """Return every value sent under a name (boxes ticked), in order."""
        self._texts_read.add(name)
        return [value.strip() for value in self.texts.get(name, ()) if value.strip()]

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return bool(self.text(name))

    def file(self, name: str) -> IO[bytes] | None:
        """Return a file, or `None` when none was chosen."""
        self._files_read.add(name)
        return self.files.get(name)

    def needed(self, name: str) -> str:
        """Return a text that must be there."""
        value = self.text(name)
        if not value:
            raise Misread({name: N_("Fill this in.")})
        return value

    def uuid(self, name: str) -> UUID:
        """Return an id sent by the page itself."""
        return self._read(name, UUID, RELOAD)

    def whole(self, name: str, of: Limits = ANYTHING) -> int:
        """Return a whole number within its limits, spaces allowed inside."""
        number = self._read(name, lambda text: whole_number("".join(text.split())), NOT_WHOLE)
        if (of.low is not None and number < of.low) or (of.high is not None and number > of.high):
            raise Misread({name: OUT_OF_BOUNDS})
        return number

    def money(self, name: str, *, least: int = 1) -> Money:
        """Return an amount of at least so many cents, above zero unless told, typed as people do."""
        like = LIKE if decimals_of(self.currency) else LIKE_WHOLE
        amount = self._read(name, lambda text: Money.parse(text, self.currency), like)
        if not least <= amount.cents <= 100_000_000:  # noqa: PLR2004 - a million euros
            raise Misread({name: like})
        return amount

    def day(self, name: str) -> date:
        """Return a day."""
        return self._read(name, date.fromisoformat, N_("Choose a day."))

    def degrees(self, name: str, most: int) -> Decimal | None:
        """Return degrees of latitude or longitude to a metre, or `None` when not given."""
        if not self.text(name):
            return None
        value = self._read(name, Decimal, N_("This is not a position."))
        if not value.is_finite() or abs(value) > most:
            raise Misread({name: N_("This is not a position.")})
        return round(value, 5)

    def position(self) -> tuple[Decimal, Decimal] | None:
        """Return a latitude and a longitude in degrees, or `None` when neither is given; `Misread` for one alone."""
        latitude, longitude = self.degrees("latitude", 90), self.degrees("longitude", 180)
        if latitude is not None and longitude is not None:
            return latitude, longitude
        if latitude is None and longitude is None:
            return None
        missing = "latitude" if latitude is None else "longitude"
        raise Misread({missing: N_("Write both numbers of the position, or none.")})

    def instant(self, name: str) -> datetime:
        """Return an instant a page put in its own form, aware."""
        value = self._read(name, datetime.fromisoformat, N_("Choose a day and an hour."))
        if value.tzinfo is None:
            raise Misread({name: N_("Choose a day and an hour.")})
        return value

    def _read(self, name: str, read: Callable[[str], T], sentence: str) -> T:
        try:
            return read(self.needed(name))
        except Refused as refusal:
            raise Misread({name: refusal}) from refusal
        except (ValueError, InvalidOperation) as error:
            if isinstance(error, Misread):
                raise
            raise Misread({name: sentence}) from error


def ids_among(texts: Iterable[str]) -> list[UUID]:
    """Return the ids that some texts are; what is no id is left to whoever reads the form to refuse."""
    return [UUID(text) for text in texts if _is_id(text)]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def inside(path: str) -> str | None:
    """Return an address of this site as it is, or `None`: nobody is sent elsewhere.

    Browsers read a backslash as a slash and drop tabs and line ends: with those, it could be another site's after all.
    """
    return path if re.fullmatch(r"/(?!/)[^\\\x00-\x20\x7F]*", path) else None


def local_instant(form: Form, day: str, hour: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a local day and hour typed in two fields.

    Of an hour that comes twice (end of summer time) the first is meant; one that does not exist is refused.
    """
    wall = datetime.combine(form.day(day), _time(form, hour))
    try:
        instant = wall.replace(tzinfo=zone).astimezone(UTC)
        exists = instant.astimezone(zone).replace(tzinfo=None) == wall
    except OverflowError as error:
        raise Misread({day: TOO_FAR}) from error
    if not exists:
        raise Misread({hour: N_("This hour does not exist: clocks jump forward that night.")})
    return instant


def exact_period(form: Form) -> Period:
    """Return the period a page put in its own form or address (`start`, `end`)."""
    start, end = form.instant("start"), form.instant("end")
    if end <= start:
        raise Misread({"end": N_("The end must come after the start.")})
    return period_of(start, end, "start")


def period_of(start: datetime, end: datetime, name: str) -> Period:
    """Return a period of two instants; `Misread` at the field `name` where it cannot be counted."""
    try:
        return Period(start, end)
    except ValueError as error:
        raise Misread({name: TOO_FAR}) from error


def _time(form: Form, name: str) -> time:
    try:
        return time.fromisoformat(form.needed(name))
    except ValueError as error:
        raise Misread({name: N_("Choose an hour.")}) from error
