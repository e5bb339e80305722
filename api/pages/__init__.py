"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import (
    accounts,
    bookings,
    community,
    expenses,
    home,
    keys,
    members,
    proposals,
    settlement,
)
from api.pages.declared import PAGES

__all__ = [
    "PAGES",
    "accounts",
    "bookings",
    "community",
    "expenses",
    "home",
    "keys",
    "members",
    "proposals",
    "settlement",
]
