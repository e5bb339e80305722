"""Who drove, of somebody erased: sealed for a fine alone, and for a time."""

import sqlalchemy as sa
from alembic import op

from kernel.tables import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table, empty: of who was erased before nothing is known."""
    op.create_table(
        "sealed_drivers",
        sa.Column("coop_id", sa.Uuid, primary_key=True),
        sa.Column("member_id", sa.Uuid, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("until", Instant, nullable=False),
    )
    op.create_index("sealed_drivers_by_time", "sealed_drivers", ["until"])
