"""A sign-in letter carries a code for the page that waits for it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the digests, and how often a code was tried: links that were mailed before have none."""
    op.add_column("sign_in_links", sa.Column("ticket", sa.LargeBinary(32)))
    op.add_column("sign_in_links", sa.Column("code", sa.LargeBinary(32)))
    op.add_column("sign_in_links", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.create_index("sign_in_links_by_ticket", "sign_in_links", ["ticket"], unique=True)
