"""The JSON door of places not yet built: each file declares the endpoints of one context."""

from api.endpoints import booking, governance, ledger, settlement, spending, votes
from api.web.declared import Declared, routes
from api.web.routes import Route

DECLARED: list[Declared] = [
    *governance.DECLARED,
    *votes.DECLARED,
    *booking.DECLARED,
    *ledger.DECLARED,
    *spending.DECLARED,
    *settlement.DECLARED,
]

ENDPOINTS: list[Route] = routes(DECLARED)
