"""The tables that cannot be made again, as 0.1.0 released them: it kept no version, so this is its name."""

import sqlalchemy as sa
from alembic import op

from kernel.tables import Instant

revision = "0001"
down_revision = None

POSITION = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the log, what was asked, people and sign-in, letters, photos, and how far each process is."""
    _log()
    _people()
    _letters()
    _progress()


def _log() -> None:
    op.create_table(
        "events",
        sa.Column("position", POSITION, primary_key=True, autoincrement=False),
        sa.Column("coop_id", sa.Uuid, nullable=False),
        sa.Column("stream_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("stream_id", "version"),
    )
    op.create_index("events_by_coop", "events", ["coop_id", "position"])
    head = op.create_table("log_head", sa.Column("position", sa.BigInteger, nullable=False))
    op.bulk_insert(head, [{"position": 0}])
    op.create_table(
        "commands",
        sa.Column("command_id", sa.Uuid, primary_key=True),
        sa.Column("coop_id", sa.Uuid, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("stream_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
    )
    op.create_table(
        "personal_keys",
        sa.Column("coop_id", sa.Uuid, primary_key=True),
        sa.Column("subject", sa.Uuid, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("phone", sa.String(30)),
        sa.Column("iban", sa.String(34)),
        sa.Column("iban_holder", sa.String(70)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("latitude", sa.Numeric(8, 5)),
        sa.Column("longitude", sa.Numeric(8, 5)),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("intent", sa.LargeBinary, nullable=False),
        sa.Column("asked_from", sa.String(64), nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
    )
    op.create_index("sign_in_links_by_email", "sign_in_links", ["email", "asked_at"])
    op.create_index("sign_in_links_by_origin", "sign_in_links", ["asked_from", "asked_at"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("device", sa.String(120), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "photos",
        sa.Column("coop_id", sa.Uuid, primary_key=True),
        sa.Column("photo_id", sa.Uuid, primary_key=True),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
    )


def _letters() -> None:
    op.create_table(
        "outbox",
        sa.Column("letter_id", sa.Uuid, primary_key=True),
        sa.Column("coop_id", sa.Uuid),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("address", sa.String(254)),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", Instant),
    )
    op.create_index("outbox_by_time", "outbox", ["next_at"])
    op.create_table(
        "mailbox",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )


def _progress() -> None:
    op.create_table(
        "followers",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "parked",
        sa.Column("follower", sa.String(40), primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("process", sa.String(80), primary_key=True),
        sa.Column("coop_id", sa.Uuid, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", Instant, nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
    )
    op.create_table("turns", sa.Column("name", sa.String(40), primary_key=True))
