"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import (
    community,
    installation,
    joining,
    leaving,
    members,
    profile,
    proposals,
    sign_in,
)
from api.pages.declared import PAGES

__all__ = [
    "PAGES",
    "community",
    "installation",
    "joining",
    "leaving",
    "members",
    "profile",
    "proposals",
    "sign_in",
]
