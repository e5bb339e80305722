"""The version of the tables that cannot be made again, and the steps from each to the next.

Alembic keeps the version in the database and finds the steps. All steps of an upgrade are one transaction: killed in
the middle, nothing has happened.
"""

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from kernel.database import create_tables
from kernel.privacy import Keyring

HERE = Path(__file__).parent
AS_RELEASED = "0001"  # 0.1.0, which kept no version

State = Literal["empty", "older", "current", "newer"]


def state_of(connection: Connection) -> State:
    """Tell how a database stands to this version; `newer` is one that a later version has upgraded."""
    if not inspect(connection).has_table("events"):
        return "empty"
    steps = ScriptDirectory.from_config(config_of(connection))
    version = MigrationContext.configure(connection).get_current_revision() or AS_RELEASED
    if version not in {step.revision for step in steps.walk_revisions()}:
        return "newer"
    return "current" if version == steps.get_current_head() else "older"


def upgrade_tables(connection: Connection, keyring: Keyring) -> None:
    """Make the tables what this version needs, in the transaction of `connection`; an empty database gets them all.

    What a step seals, it seals by `keyring`.
    """
    config, state = config_of(connection), state_of(connection)
    config.attributes["keyring"] = keyring
    if state == "empty":
        create_tables(connection)
        command.stamp(config, "head")
    if state == "older":
        if MigrationContext.configure(connection).get_current_revision() is None:
            command.stamp(config, AS_RELEASED)
        command.upgrade(config, "head")


def config_of(connection: Connection) -> Config:
    """Return where Alembic finds the steps, and the connection they are carried out on."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_locations", str(HERE / "steps"))
    config.set_main_option("path_separator", "newline")  # a folder's name may hold anything else
    return config
