"""PostgreSQL keeps an event as it is written, for it takes long to shrink one that names thousands.

What was kept before stays as it is: it is read all the same.
"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Have what is recorded from now on kept as it is written."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE events ALTER COLUMN state SET STORAGE EXTERNAL")
