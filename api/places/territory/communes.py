"""France's communes for programs, for everyone: an open list asks for no sign-in."""

from typing import Annotated

import msgspec

from api.web.routes import question
from territory.communes import Commune, commune, search
from usecases.actor import Actor


class Typed(msgspec.Struct, frozen=True):
    """What someone typed."""

    q: Annotated[str, msgspec.Meta(description="what someone typed: die, 26150, saint denis 974")] = ""


@question("/communes", who="everyone")
def communes(_: Actor, query: Typed) -> tuple[Commune, ...]:
    """Up to ten communes for a name, a postcode or a code, whole or begun, without minding accents."""
    return search(query.q)


@question("/communes/{code:str}", who="everyone")
def one_commune(_: Actor, code: str) -> Commune:
    """A commune by its INSEE code."""
    return commune(code)
