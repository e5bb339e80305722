"""What an installation knows of itself: which secret it was sealed with, what its read models were made by.

From here on those that are no more go by themselves; the one that went before has to be named.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table, empty: each value is written by whoever needs it."""
    op.create_table(
        "installation",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.drop_table("ledger_trips", if_exists=True)
