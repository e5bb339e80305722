"""What people did within the last day of what costs others; and photos by their age, for what nobody named goes."""

import sqlalchemy as sa
from alembic import op

from kernel.tables import Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table, empty: nobody is counted for what went before; and the index."""
    op.create_table(
        "spent",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("whom", sa.Uuid, nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("photos_by_time", "photos", ["kept_at", "coop_id", "photo_id"])
    op.create_index("spent_by_whom", "spent", ["whom", "what", "at"])
