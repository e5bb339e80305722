"""Letters that could not leave say why and what they were about; a sign-in link lives from when its letter leaves."""

import sqlalchemy as sa
from alembic import op

from kernel.tables import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; of letters that were given up before it is known that they were, not why."""
    op.add_column("outbox", sa.Column("trouble", sa.String(20)))
    op.add_column("outbox", sa.Column("reason", sa.String(200)))
    op.add_column("outbox", sa.Column("subject", sa.String(200)))
    op.add_column("sign_in_links", sa.Column("sent_at", Instant))
    op.execute("UPDATE outbox SET trouble = 'letter', reason = 'given up by an earlier version' WHERE next_at IS NULL")
