"""France's communes for programs, for everyone: an open list asks for no sign-in."""

from api.web.declared import Read, Write
from api.web.visit import Visit
from territory.communes import Commune, NoSuchCommune, commune, search


def _found(visit: Visit) -> tuple[Commune, ...]:
    return search(visit.sent.query.get("q", ""))


def _commune(visit: Visit) -> Commune:
    return commune(str(visit.sent.places["code"]))


DECLARED: list[Write | Read] = [
    Read(
        name="api_communes",
        path="/communes",
        answer=_found,
        returns=tuple[Commune, ...],
        summary="Up to ten communes for a name, a postcode or a code, whole or begun, without minding accents",
        parameters={"q": (str, "what someone typed: die, 26150, saint denis 974")},
    ),
    Read(
        name="api_commune",
        path="/communes/{code:str}",
        answer=_commune,
        returns=Commune,
        summary="A commune by its INSEE code",
        refuses=(NoSuchCommune,),
    ),
]
