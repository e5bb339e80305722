"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import (
    accounts,
    community,
    expenses,
    installation,
    joining,
    leaving,
    members,
    profile,
    proposals,
    settlement,
    sign_in,
)
from api.pages.declared import PAGES

__all__ = [
    "PAGES",
    "accounts",
    "community",
    "expenses",
    "installation",
    "joining",
    "leaving",
    "members",
    "profile",
    "proposals",
    "settlement",
    "sign_in",
]
