"""Beside each photo stands a digest of it, so that another picture in its place is found."""

import sqlalchemy as sa
from alembic import context, op

from people.photos import digest_of

revision = "0007"
down_revision = "0006"

PHOTOS = sa.table(
    "photos",
    sa.column("coop_id", sa.Uuid),
    sa.column("photo_id", sa.Uuid),
    sa.column("jpeg", sa.LargeBinary),
    sa.column("digest", sa.LargeBinary),
)


def upgrade() -> None:
    """Take every photo that is there for what was sent: of those, nothing ever told."""
    op.add_column("photos", sa.Column("digest", sa.LargeBinary(32)))
    connection = op.get_bind()
    for key in connection.execute(sa.select(PHOTOS.c.coop_id, PHOTOS.c.photo_id)).all():
        one = (PHOTOS.c.coop_id == key.coop_id) & (PHOTOS.c.photo_id == key.photo_id)
        jpeg = connection.execute(sa.select(PHOTOS.c.jpeg).where(one)).scalar_one()
        digest = digest_of(context.config.attributes["keyring"], key.coop_id, key.photo_id, jpeg)
        connection.execute(sa.update(PHOTOS).where(one).values(digest=digest))
