"""The JSON door of places not yet built: each file declares the endpoints of one context."""

from api.endpoints import booking, governance, ledger, people, photos, settlement, spending, territory
from api.web.declared import Declared, routes
from api.web.routes import Route

DECLARED: list[Declared] = [
    *people.DECLARED,
    *governance.DECLARED,
    *booking.DECLARED,
    *ledger.DECLARED,
    *spending.DECLARED,
    *settlement.DECLARED,
    *territory.DECLARED,
]

ENDPOINTS: list[Route] = [*routes(DECLARED), *photos.ROUTES]
