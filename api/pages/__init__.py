"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import installation, joining, sign_in
from api.routes import PAGES

__all__ = ["PAGES", "installation", "joining", "sign_in"]
