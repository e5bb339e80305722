"""People by their names: namesakes are told apart wherever somebody is named."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the index."""
    op.create_index("people_by_name", "people", ["name"])
