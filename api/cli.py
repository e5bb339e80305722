"""The `voisiture` command: upgrade, serve, rebuild, verify, see to letters, make a secret."""

import argparse
import base64
import secrets
import socket
import sys
from collections.abc import Sequence

from granian import Granian
from granian.constants import Interfaces

from api.settings import SettingsError, is_local, settings_from
from api.site import wall_clock
from checks.everything import check_everything, not_known
from kernel.database import open_database, reading, writing
from kernel.log.heads import NotAHeadError, SignedHead
from kernel.log.rebuild import rebuild
from kernel.privacy import Keyring
from processes import PROJECTIONS
from sending.unsent import send_again, unsent_count
from upgrades.ready import NotReadyError, check_readable, check_ready, telling_why, upgrade
from upgrades.refilling import PATIENCE
from usecases.unsent_letters import unsent_letters

MOST_LISTED = 1_000
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
    verifying = commands.add_parser("verify", help="check that nobody touched the past, and what follows from it")
    verifying.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="HEAD",
        help="a head from a letter, co-op:position:hash:signature; may be given several times",
    )
    letters = commands.add_parser("letters", help="list the letters that could not leave, and why")
    letters.add_argument("--send-again", action="store_true", help="have all of them tried again by the servers")
    commands.add_parser("secret", help="make a value for VOISITURE_SECRET")
    chosen = parser.parse_args(arguments)
    try:
        return COMMANDS[chosen.command](chosen)
    except (SettingsError, NotAHeadError, NotReadyError) as error:
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


def _verify(chosen: argparse.Namespace) -> int:
    settings, heads = settings_from(), [SignedHead.read(line) for line in chosen.against]
    keyring, faults = Keyring(settings.secret), 0
    engine = open_database(settings.database_url)
    with telling_why():
        with reading(engine) as connection:
            check_readable(connection, keyring)
        for checked in check_everything(engine, keyring, heads):
            faults += checked.count
            print("\n".join(checked.lines()))  # noqa: T201
    print("\n".join(not_known(heads)))  # noqa: T201
    print(f"{faults} faults")  # noqa: T201
    return 1 if faults else 0


def _letters(chosen: argparse.Namespace) -> int:
    engine = open_database(settings_from().database_url)
    with writing(engine) as connection:
        for letter in unsent_letters(connection, None, most=MOST_LISTED).items:
            when = f"{letter.written_at:%Y-%m-%d %H:%M}, tried {letter.attempts} times"
            print(f"{when}, to {letter.address}: {letter.subject or letter.letter_id} ({letter.reason})")  # noqa: T201
        count = send_again(connection, wall_clock()) if chosen.send_again else unsent_count(connection)
    print(f"{count} letters {'are tried again' if chosen.send_again else 'could not leave'}")  # noqa: T201
    return 0


def _secret(_: argparse.Namespace) -> int:
    print(base64.b64encode(secrets.token_bytes(32)).decode())  # noqa: T201
    return 0


COMMANDS = {
    "upgrade": _upgrade,
    "serve": _serve,
    "rebuild": _rebuild,
    "verify": _verify,
    "letters": _letters,
    "secret": _secret,
}
