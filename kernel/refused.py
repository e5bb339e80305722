"""A refusal: what someone asked for cannot be done, and the sentence that tells them so."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec


class Refused(Exception):  # noqa: N818 - not an error: the system works, and says no
    """This cannot be done."""

    def __init__(self, **details: object) -> None:
        """Keep the `details` that fill the braces of the sentence (the class docstring)."""
        super().__init__(*details.values())
        self.details = details

    @classmethod
    def code(cls) -> str:
        """Return the stable name of this refusal in kebab-case: `VehicleTaken` is `vehicle-taken`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def sentence(cls) -> str:
        """Return the sentence as written, braces unfilled: it is the key of its translations."""
        return " ".join((cls.__doc__ or "").split())

    def reason(self) -> "Reason":
        """Return this refusal as a value, to be kept in an answer."""
        return Reason(self.code(), self.details)

    def __str__(self) -> str:
        return self.sentence().format(**self.details)


class Reason(msgspec.Struct, frozen=True):
    """Why something cannot be done: the refusal's stable code, and the instants, amounts and names in its sentence."""

    code: str
    details: Mapping[str, Any]


def every_refusal(kind: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Give every refusal the loaded modules define, each once, before those made from it."""
    for refusal in kind.__subclasses__():
        yield refusal
        yield from every_refusal(refusal)


class Saying(msgspec.Struct, frozen=True):
    """A sentence said later, in the reader's language, and what fills its braces: numbers, amounts, instants."""

    sentence: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class Instead(msgspec.Struct, frozen=True):
    """What was meant, perhaps: a field of the command, the whole number it would hold, and how that is said."""

    field: str
    number: int
    saying: Saying


class Unlikely(Refused):
    """{odd} If it is so, confirm it."""

    def __init__(
        self,
        odd: Saying,
        *,
        field: str,
        number: int,
        instead: Instead | None = None,
        repeated_as: str = "confirmed",
    ) -> None:
        """Keep what is `odd`, the field in which it stands, and the whole number that confirms it when repeated.

        `repeated_as` is the command's field that repeats it: each question of one command has its own.
        """
        super().__init__(odd=odd)
        self.saying = odd
        self.field = field
        self.number = number
        self.instead = instead
        self.repeated_as = repeated_as

    def check(self, confirmed: int | None) -> None:
        """Refuse with this, unless the number was `confirmed` by being repeated."""
        if confirmed != self.number:
            raise self


class Unknown(Refused):
    """This address leads nowhere: some of it may be missing, or what it showed is gone."""


class Overtaken(Refused):
    """Someone else changed this at the same moment. Look at it again, then try once more."""


class CommandReused(Refused):
    """This request was already sent with other content. Reload the page and send it again."""


class Unreadable(Refused):
    """The request cannot be read: {what}."""


class TooLateToUndo(Refused):
    """This could be undone until {until}."""


class ActedOnSince(Refused):
    """Somebody has acted on it since: it cannot be undone any more."""


class NotYours(Refused):
    """Only the people concerned can do this."""
