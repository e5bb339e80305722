"""Settings, read once from the environment: an installation is configured by nothing else."""

import base64
import os
import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

import msgspec

from kernel.text import MAIL_ADDRESS
from sending.mail import PORTS, is_loopback, name_and_address

Network = IPv4Network | IPv6Network


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What one installation is told. `secret` is 32 bytes; `smtp_url` is a mail server's, or empty.

    With no mail server, letters stay on this machine and are shown on the local mailbox page, which only a
    loopback address allows. `demo` lets anyone step in as anyone and is refused for a public address.
    `trusted_proxies` are the networks of those who may say for whom they ask. `founding` is whether co-ops are started.
    """

    database_url: str
    secret: bytes
    base_url: str = "http://localhost:8000"
    smtp_url: str = ""
    mail_from: str = "Voisiture <voisiture@localhost>"
    demo: bool = False
    trusted_proxies: tuple[Network, ...] = ()
    founding: bool = True

    @property
    def is_public(self) -> bool:
        """Whether others than this machine can reach it, as far as its own address says."""
        return not is_local(self.base_url)

    @property
    def is_encrypted(self) -> bool:
        """Whether people reach it by https."""
        return self.base_url.startswith("https")

    def cookie(self, name: str) -> str:
        """Return what a cookie is called; by https it is called so that no neighbouring site can plant it."""
        return f"__Host-{name}" if self.is_encrypted else name

    @property
    def keeps_letters(self) -> bool:
        """Whether letters stay here: no mail server is set, and only this machine reaches the installation."""
        return not (self.smtp_url or self.is_public)

    @property
    def opens_every_account(self) -> bool:
        """Whether whoever reaches it may be anyone: in the demo, or by the sign-in links of letters kept here."""
        return self.demo or self.keeps_letters


def is_local(address: str) -> bool:
    """Tell whether an address (`http://localhost:8000`, `//127.0.0.1`) names this machine."""
    try:
        return is_loopback(urlsplit(address).hostname or "")
    except ValueError:  # no address at all
        return False


class SettingsError(ValueError):
    """The environment lacks something, or says something that cannot be."""


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; `SettingsError` says in one sentence which variable to mend."""
    settings = Settings(
        database_url=environment.get("VOISITURE_DATABASE_URL", "sqlite:///var/voisiture.db"),
        secret=_secret(environment.get("VOISITURE_SECRET", "")),
        base_url=environment.get("VOISITURE_BASE_URL", "http://localhost:8000").rstrip("/"),
        smtp_url=environment.get("VOISITURE_SMTP_URL", ""),
        mail_from=environment.get("VOISITURE_MAIL_FROM", "Voisiture <voisiture@localhost>"),
        demo=environment.get("VOISITURE_DEMO", "") == "1",
        trusted_proxies=_networks(environment.get("VOISITURE_TRUSTED_PROXIES", "")),
        founding=_founding(environment.get("VOISITURE_FOUNDING", "open")),
    )
    _check_addresses(settings)
    _check_sender(settings.mail_from)
    if settings.is_public and settings.demo:
        raise SettingsError("VOISITURE_DEMO lets anyone in as anyone: it cannot run on a public VOISITURE_BASE_URL")
    if settings.is_public and not settings.smtp_url:
        raise SettingsError("VOISITURE_SMTP_URL is needed: without it nobody can sign in on a public address")
    return settings


def _check_addresses(settings: Settings) -> None:
    known = {
        "VOISITURE_DATABASE_URL": (settings.database_url, ("sqlite:///", "postgresql+psycopg://")),
        "VOISITURE_BASE_URL": (settings.base_url, ("https://", "http://")),
        "VOISITURE_SMTP_URL": (settings.smtp_url or "smtp://", tuple(f"{scheme}://" for scheme in PORTS)),
    }
    for name, (address, beginnings) in known.items():
        if not address.startswith(beginnings):
            raise SettingsError(f"{name} must begin with {' or '.join(beginnings)}")


def _check_sender(text: str) -> None:
    _, address = name_and_address(text)
    if not address.endswith("@localhost") and re.search(MAIL_ADDRESS, address) is None:
        raise SettingsError("VOISITURE_MAIL_FROM must be one mail address: Voisiture <voisiture@example.fr>")


def _founding(text: str) -> bool:
    if text not in ("open", "closed"):
        raise SettingsError("VOISITURE_FOUNDING must be open or closed")
    return text == "open"


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(f"VOISITURE_TRUSTED_PROXIES must be addresses or networks, by commas: {error}") from error


def _secret(text: str) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise SettingsError("VOISITURE_SECRET must be base64: make one with `voisiture secret`") from error
    if len(secret) != 32:  # noqa: PLR2004 - an AES-256 key
        raise SettingsError("VOISITURE_SECRET must be 32 bytes in base64: make one with `voisiture secret`")
    return secret
