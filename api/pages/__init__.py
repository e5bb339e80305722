"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import bookings, home, installation, joining, keys, sign_in, vehicles
from api.routes import PAGES

__all__ = ["PAGES", "bookings", "home", "installation", "joining", "keys", "sign_in", "vehicles"]
