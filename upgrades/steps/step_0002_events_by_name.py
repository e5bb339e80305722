"""Find a co-op's events of one kind at once: what the chronicle of a large co-op asks."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the index, unless a version between releases has done so."""
    op.create_index("events_by_name", "events", ["coop_id", "name", "position"], if_not_exists=True)
