"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import (
    accounts,
    bookings,
    expenses,
    home,
    installation,
    joining,
    keys,
    leaving,
    profile,
    settlement,
    sign_in,
)
from api.pages.declared import PAGES

__all__ = [
    "PAGES",
    "accounts",
    "bookings",
    "expenses",
    "home",
    "installation",
    "joining",
    "keys",
    "leaving",
    "profile",
    "settlement",
    "sign_in",
]
