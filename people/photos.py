"""Photos: kept beside the log, small, without the place and device they were taken with. PDFs of papers are kept alike.

Each is kept first and named by an event afterwards; one that no event ever named goes after a day. Beside each stands a
digest that nobody makes without the secret, so that another picture in its place is found.
"""

import hmac
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, LargeBinary, Table, Uuid, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from kernel.event import Event, Recorded
from kernel.privacy import Keyring
from kernel.read_models.projection import Set, Write
from kernel.refused import CommandReused, Refused
from kernel.tables import Instant, derived, precious
from people.pictures import PDF_BEGINS, NotAPhoto

photos = Table(
    "photos",
    precious,
    Column("coop_id", Uuid, primary_key=True),
    Column("photo_id", Uuid, primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("digest", LargeBinary(32)),
    Index("photos_by_time", "kept_at", "coop_id", "photo_id"),
)
"""`jpeg` holds the bytes, which are a PDF's of some papers and receipts."""

photo_names = Table(
    "photo_names",
    derived,
    Column("coop_id", Uuid, primary_key=True),
    Column("photo_id", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("named_by", Uuid),
    Column("outlives", Boolean, nullable=False),
    Column("of_paper", Boolean),
    Column("vehicle_id", Uuid),
)
"""Every photo that an event ever named, those replaced since included: where, by whom, and whether it stays when she
is erased. One `of_paper` is not for every member to see: it goes with those whose vehicle it is, whoever filed it."""

PURPOSE = "digests of photos"
UNNAMED_LASTS = timedelta(days=1)
AT_ONCE = 500  # deleted in one transaction


class NoSuchPhoto(Refused):
    """One of the photos is not there. Send it again."""


def digest_of(keyring: Keyring, coop_id: UUID, photo_id: UUID, jpeg: bytes) -> bytes:
    """Return what stands beside a photo: HMAC with SHA-256 over its co-op, its id and its bytes."""
    return hmac.digest(keyring.key_for(PURPOSE), coop_id.bytes + photo_id.bytes + jpeg, "sha256")


def keep_photo(
    connection: Connection, keyring: Keyring, coop_id: UUID, photo_id: UUID, jpeg: bytes, at: datetime
) -> None:
    """Keep a photo that `pictures.plain_jpeg` made.

    The same photo sent again changes nothing; another one under a known id is refused with `CommandReused`.
    """
    digest = digest_of(keyring, coop_id, photo_id, jpeg)
    row = {"coop_id": coop_id, "photo_id": photo_id, "jpeg": jpeg, "kept_at": at, "digest": digest}
    adding = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(photos)
    connection.execute(adding.on_conflict_do_nothing(), row)  # it may be sent twice at the same instant
    if photo(connection, coop_id, photo_id) != jpeg:
        raise CommandReused


def photo(connection: Connection, coop_id: UUID, photo_id: UUID) -> bytes | None:
    """Return a photo of a co-op as JPEG bytes, a paper or a receipt maybe as a PDF's; or `None`."""
    mine = (photos.c.coop_id == coop_id) & (photos.c.photo_id == photo_id)
    return connection.execute(select(photos.c.jpeg).where(mine)).scalar()


def is_of_paper(connection: Connection, coop_id: UUID, photo_id: UUID) -> bool:
    """Tell whether a photo was ever named as a vehicle's paper: only who looks after the vehicle sees it, there."""
    its = (photo_names.c.coop_id == coop_id) & (photo_names.c.photo_id == photo_id)
    return connection.execute(select(photo_names.c.photo_id).where(its, photo_names.c.of_paper)).first() is not None


def check_kept(connection: Connection, coop_id: UUID, *photo_ids: UUID | None) -> None:
    """Refuse with `NoSuchPhoto` unless each photo or PDF named (`None`: none) is kept in this co-op, and keep it so.

    To be called in the transaction that names them: none of them goes before it ends.
    """
    for photo_id in filter(None, photo_ids):
        mine = (photos.c.coop_id == coop_id) & (photos.c.photo_id == photo_id)
        kept = select(photos.c.photo_id).where(mine).with_for_update(read=True, key_share=True)
        if connection.execute(kept).first() is None:
            raise NoSuchPhoto


def check_photos(connection: Connection, coop_id: UUID, *photo_ids: UUID | None) -> None:
    """Refuse with `NoSuchPhoto` what `check_kept` does, with `NotAPhoto` a PDF: it is to be seen."""
    check_kept(connection, coop_id, *photo_ids)
    if pdfs_among(connection, coop_id, [photo_id for photo_id in photo_ids if photo_id]):
        raise NotAPhoto


def pdfs_among(connection: Connection, coop_id: UUID, photo_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of some photos that are PDFs. One statement, or none."""
    if not photo_ids:
        return frozenset()
    mine = (photos.c.coop_id == coop_id) & photos.c.photo_id.in_(photo_ids)
    begins = func.substr(photos.c.jpeg, 1, len(PDF_BEGINS), type_=LargeBinary)
    return frozenset(connection.execute(select(photos.c.photo_id).where(mine, begins == PDF_BEGINS)).scalars())


def check_papers(connection: Connection, coop_id: UUID, *photo_ids: UUID | None) -> None:
    """Refuse with `NoSuchPhoto` what `check_kept` does, and a photo that all members see: it would be hidden."""
    check_kept(connection, coop_id, *photo_ids)
    for photo_id in filter(None, photo_ids):
        its = (photo_names.c.coop_id == coop_id) & (photo_names.c.photo_id == photo_id)
        if connection.execute(select(photo_names.c.photo_id).where(its, photo_names.c.of_paper.is_(None))).first():
            raise NoSuchPhoto


def named(recorded: Recorded[Event], *photo_ids: UUID | None, outlives: bool = False) -> Iterator[Write]:
    """Say which photos an event names (`None`: none), for its context's read models to keep.

    What proves what others bear, or is a vehicle's, `outlives` who sent it.
    """
    for photo_id in filter(None, photo_ids):
        key = {"coop_id": recorded.coop_id, "photo_id": photo_id, "position": recorded.position}
        yield Set(photo_names, key, {"named_by": recorded.by, "outlives": outlives})


def kept_among(connection: Connection, coop_id: UUID, photo_ids: Collection[UUID]) -> tuple[UUID, ...]:
    """Return those of some photos that are still there, in their order. One statement, or none."""
    if not photo_ids:
        return ()
    query = select(photos.c.photo_id).where(photos.c.coop_id == coop_id, photos.c.photo_id.in_(photo_ids))
    there = {*connection.execute(query).scalars()}
    return tuple(photo_id for photo_id in photo_ids if photo_id in there)


def drop_photos_of(connection: Connection, coop_id: UUID, member_id: UUID) -> None:
    """Delete the photos that a member alone named, but what outlives her, and papers of vehicles."""
    naming = select(photo_names.c.photo_id).where(photo_names.c.coop_id == coop_id)
    hers = photo_names.c.named_by == member_id
    kept = photo_names.c.outlives | photo_names.c.of_paper.is_not(None)
    stays = naming.where(kept | ~hers | photo_names.c.named_by.is_(None))
    goes = photos.c.photo_id.in_(naming.where(hers)) & ~photos.c.photo_id.in_(stays)
    connection.execute(delete(photos).where(photos.c.coop_id == coop_id, goes))


def drop_papers_of(connection: Connection, coop_id: UUID, vehicle_ids: Collection[UUID]) -> None:
    """Delete the papers of some vehicles, those replaced since included, but what is another vehicle's too."""
    naming = select(photo_names.c.photo_id).where(photo_names.c.coop_id == coop_id)
    theirs, stays = photo_names.c.vehicle_id.in_(vehicle_ids), photo_names.c.vehicle_id.not_in(vehicle_ids)
    goes = photos.c.photo_id.in_(naming.where(theirs)) & ~photos.c.photo_id.in_(naming.where(stays))
    connection.execute(delete(photos).where(photos.c.coop_id == coop_id, goes))


def named_paper(recorded: Recorded[Event], *photo_ids: UUID | None) -> Iterator[Write]:
    """Say which photos, or PDFs, a vehicle's event names as its papers (`None`: none)."""
    for photo_id in filter(None, photo_ids):
        key = {"coop_id": recorded.coop_id, "photo_id": photo_id, "position": recorded.position}
        its = {"of_paper": True, "vehicle_id": recorded.stream_id}
        yield Set(photo_names, key, {"named_by": recorded.by, "outlives": False, **its})


def drop_unnamed(connection: Connection, at: datetime) -> int:
    """Delete photos that were kept a day ago and that no event ever named; return how many.

    To be called while the log is held and `photo_names` knows all of it: one that is about to be named is left out.
    """
    key = (photos.c.coop_id, photos.c.photo_id)
    known = (photo_names.c.coop_id == photos.c.coop_id) & (photo_names.c.photo_id == photos.c.photo_id)
    never_named = ~select(photo_names.c.photo_id).where(known).exists()
    old = select(*key).where(photos.c.kept_at <= at - UNNAMED_LASTS, never_named).limit(AT_ONCE)
    found = connection.execute(old.with_for_update(of=photos, skip_locked=True)).all()
    for row in found:
        connection.execute(delete(photos).where(photos.c.coop_id == row.coop_id, photos.c.photo_id == row.photo_id))
    return len(found)
