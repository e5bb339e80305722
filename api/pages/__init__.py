"""The pages people use: each file declares the routes of one place, and importing it is enough."""

from api.pages import (
    installation,
    joining,
    leaving,
    profile,
    sign_in,
)
from api.pages.declared import PAGES

__all__ = [
    "PAGES",
    "installation",
    "joining",
    "leaving",
    "profile",
    "sign_in",
]
