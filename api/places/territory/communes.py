"""France's communes for programs, for everyone: an open list asks for no sign-in."""

from typing import Annotated

import msgspec

from api.web.routes import question
from kernel.slice import Slice
from territory.communes import Commune, FoundCommune, commune, search
from usecases.actor import Actor
from usecases.copied import copied


class Typed(msgspec.Struct, frozen=True):
    """What someone typed."""

    q: Annotated[str, msgspec.Meta(description="what someone typed: die, 26150, saint denis 974")] = ""


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What someone typed, and which slice of what is found is asked for."""

    q: Annotated[str, msgspec.Meta(description="what someone typed: die, 26150, marseille 8, châlons sur marne")] = ""
    after: Annotated[str | None, msgspec.Meta(description="the `after` of the slice before; none: the first")] = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100, description="at most so many")] = 10


@question("/found-communes", who="everyone")
def found_communes(_: Actor, query: Asking) -> Slice[FoundCommune]:
    """Communes for a name of today or of the past, an arrondissement, a postcode or a code, without minding accents."""
    return search(query.q, query.limit, query.after)


@question("/communes", who="everyone")
def communes(_: Actor, query: Typed) -> tuple[Commune, ...]:
    """Up to ten communes for a name, a postcode or a code, whole or begun, without minding accents."""
    return tuple(copied(found, Commune) for found in search(query.q).items)


@question("/communes/{code:str}", who="everyone")
def one_commune(_: Actor, code: str) -> Commune:
    """A commune by its INSEE code."""
    return commune(code)
