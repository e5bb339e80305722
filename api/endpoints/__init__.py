"""The JSON door of places not yet built: each file declares the endpoints of one context."""

from api.endpoints import governance, people, photos, territory
from api.web.declared import Declared, routes
from api.web.routes import Route

DECLARED: list[Declared] = [
    *people.DECLARED,
    *governance.DECLARED,
    *territory.DECLARED,
]

ENDPOINTS: list[Route] = [*routes(DECLARED), *photos.ROUTES]
