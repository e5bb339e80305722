"""The `voisiture` command: upgrade, serve, rebuild, verify, make a secret."""

import argparse
import base64
import secrets
import socket
import sys
from collections.abc import Sequence

from granian import Granian
from granian.constants import Interfaces

from api.settings import SettingsError, is_local, settings_from
from kernel.database import open_database, reading
from kernel.log.rebuild import rebuild
from kernel.log.verify import NoLogError, verify
from kernel.privacy import Keyring
from ledger.entries.queries import not_adding_up
from processes import PROJECTIONS
from upgrades.ready import NotReadyError, check_ready, upgrade
from upgrades.refilling import PATIENCE

NOT_FOR_OTHERS = (
    "On {host} others would reach the demo, or the letters kept here, and be anyone: serve on 127.0.0.1, or set "
    "VOISITURE_BASE_URL and VOISITURE_SMTP_URL"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one `voisiture` command; return the exit status (2 when the settings or the database do not allow it)."""
    parser = argparse.ArgumentParser(prog="voisiture", description="Neighbours share vehicles as a commons.")
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve", help="serve pages and API")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--processes", type=int, default=1)
    commands.add_parser("upgrade", help="make the database what this version needs; to be run before serving it")
    commands.add_parser("rebuild", help="replay the whole log into the read models, beside running servers too")
    commands.add_parser("verify", help="check every co-op's hash chain")
    commands.add_parser("secret", help="make a value for VOISITURE_SECRET")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen)
    except (SettingsError, NoLogError, NotReadyError) as error:
        print(f"voisiture: {error}", file=sys.stderr)  # noqa: T201
        return 2


def _serve(chosen: argparse.Namespace) -> int:
    settings = settings_from()
    if settings.opens_every_account and not is_local(f"//{_in_an_address(chosen.host)}"):
        raise SettingsError(NOT_FOR_OTHERS.format(host=chosen.host))
    _check_port(chosen.host, chosen.port)
    engine = open_database(settings.database_url, waits_seconds=PATIENCE)  # for whoever makes it anew
    check_ready(engine, Keyring(settings.secret))
    engine.dispose()
    Granian(
        "api.app:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.processes,
        factory=True,
        log_access=False,
    ).serve()
    return 0


def _in_an_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check_port(host: str, port: int) -> None:
    """Refuse a port someone listens on: two servers would share its visitors without a word."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]
        raise SettingsError(f"{host}:{port} cannot be listened on ({why}): choose another --port") from error


def _upgrade(_: argparse.Namespace) -> int:
    settings = settings_from()
    count = upgrade(settings.database_url, Keyring(settings.secret), _tell_progress)
    print(f"\r{count} events replayed" if count else "The database is ready.")  # noqa: T201
    return 0


def _rebuild(_: argparse.Namespace) -> int:
    settings = settings_from()
    engine = open_database(settings.database_url)
    check_ready(engine, Keyring(settings.secret))
    print(f"\r{rebuild(engine, PROJECTIONS, _tell_progress)} events replayed")  # noqa: T201
    return 0


def _tell_progress(position: int) -> None:
    print(f"\r{position} events", end="", flush=True)  # noqa: T201


def _verify(_: argparse.Namespace) -> int:
    engine = open_database(settings_from().database_url)
    verified = verify(engine)
    for fault in verified.faults:
        print(f"position {fault.position}, co-op {fault.coop_id}, stream {fault.stream_id}: {fault.reason}")  # noqa: T201
    with reading(engine) as connection:
        off = not_adding_up(connection) if verified.events else frozenset()
    for coop_id in off:
        print(f"co-op {coop_id}: its books do not add up; make them anew by `voisiture rebuild`")  # noqa: T201
    print(f"{verified.events} events read, {len(verified.faults)} faults")  # noqa: T201
    return 1 if verified.faults or off else 0


def _secret(_: argparse.Namespace) -> int:
    print(base64.b64encode(secrets.token_bytes(32)).decode())  # noqa: T201
    return 0


COMMANDS = {"upgrade": _upgrade, "serve": _serve, "rebuild": _rebuild, "verify": _verify, "secret": _secret}
