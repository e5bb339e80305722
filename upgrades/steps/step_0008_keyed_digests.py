"""What is kept of a command's content is a digest that nobody without the secret can try texts against."""

from uuid import UUID

import sqlalchemy as sa
from alembic import context, op

revision = "0008"
down_revision = "0007"

COMMANDS = sa.table("commands", sa.column("command_id", sa.Uuid), sa.column("fingerprint", sa.String))
BATCH = 1_000


def upgrade() -> None:
    """Digest each once more, under the secret: the same command sent again is still known."""
    connection = op.get_bind()
    of_one = COMMANDS.c.command_id == sa.bindparam("id")
    keep = sa.update(COMMANDS).where(of_one).values(fingerprint=sa.bindparam("digested"))
    following, last = sa.select(COMMANDS).order_by(COMMANDS.c.command_id).limit(BATCH), UUID(int=0)
    while rows := connection.execute(following.where(COMMANDS.c.command_id > last)).all():
        last = rows[-1].command_id
        keyring = context.config.attributes["keyring"]
        connection.execute(keep, [{"id": row.command_id, "digested": keyring.digest(row.fingerprint)} for row in rows])
