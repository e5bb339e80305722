"""`python -m demo`: build the demo into the database of the settings, when it is empty."""

import sys
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import event, make_url

from api.settings import Settings, SettingsError, settings_from
from api.site import Site
from demo.build import build
from kernel.database import open_database
from kernel.log.recorder import Log
from kernel.privacy import Keyring
from upgrades.ready import upgrade

_BAR = 40  # characters


def main() -> int:
    """Build, unless there is a history already; return the exit status."""
    try:
        settings = settings_from()
    except SettingsError as error:
        return _tell(f"demo: {error}", 2)
    file = _file_of(settings)
    if file is None:
        return _build(settings)
    if file.exists() and _events(settings):
        return _tell("There is a history here already: nothing was added.")
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".partial")
    partial.unlink(missing_ok=True)
    status = _build(replace(settings, database_url=f"sqlite:///{partial}"), in_a_hurry=True)
    partial.replace(file)  # only a whole demo ever stands under its name
    return status


def _build(settings: Settings, *, in_a_hurry: bool = False) -> int:
    upgrade(settings.database_url, Keyring(settings.secret))
    site = Site(settings)
    if in_a_hurry:
        event.listen(site.engine, "connect", _do_not_wait_for_the_disk)
        site.engine.dispose()
    if site.history.log.max_notification_id():
        return _tell("There is a history here already: nothing was added.")
    built = build(site, _progress)
    site.engine.dispose()
    return _tell(f"\r{built.events} events of 18 months, until now.{' ' * _BAR}")


def _do_not_wait_for_the_disk(connection: object, _: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]  # a half-built demo is thrown away


def _events(settings: Settings) -> int | None:
    engine = open_database(settings.database_url)
    try:
        return Log(engine).max_notification_id()
    finally:
        engine.dispose()


def _file_of(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def _progress(done: float) -> None:
    full = round(done * _BAR)
    sys.stdout.write(f"\rLiving 18 months: {'█' * full}{'·' * (_BAR - full)} {done:4.0%}")
    sys.stdout.flush()


def _tell(sentence: str, status: int = 0) -> int:
    print(sentence, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
