"""Which entries count: those the balances of a day hold, with what set one right since; of a trip, its last charge.

And what an entry moves still, with what undid it, and what was taken off either.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Exists, ScalarSelect, and_, exists, func, or_, select

from ledger.entries.read_models import ledger_entries, ledger_postings

entries = ledger_entries.c
original = ledger_entries.alias("original").c
_since, _line = ledger_entries.alias("since").c, ledger_postings.alias("line").c
_stem, _held = ledger_entries.alias("stem").c, ledger_entries.alias("held").c


def counts(as_of: date | ColumnElement[date], drawn: int | ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """Tell of an entry whether the balances at the end of a day hold it, by what stood before a place in the log.

    What undoes or lifts one that is held is held with it, whenever that was; so is what a trip was charged anew.
    """
    own = entries.effective_on <= as_of
    held = _held.effective_on <= as_of
    if drawn is not None:
        own, held = and_(own, entries.position < drawn), and_(held, _held.position < drawn)
    return or_(and_(entries.reverses.is_(None), own), _sets_right(held))


def counts_to_settle(
    as_of: date | ColumnElement[date], drawn: int | ColumnElement[int] | None = None
) -> ColumnElement[bool]:
    """Tell of an entry whether a plan counts it: what the balances of a day hold, and whatever was settled since."""
    return or_(entries.legal_nature == "settlement", counts(as_of, drawn))


def _sets_right(held: ColumnElement[bool]) -> Exists:
    """Tell of an entry whether it undoes one that is held, or charges anew a trip of which a charge is."""
    alike = or_(_held.entry_id == _stem.entry_id, _held.trip_id == _stem.trip_id)
    return exists().where(
        _stem.coop_id == entries.coop_id,
        _stem.entry_id == func.coalesce(entries.reverses, entries.entry_id),
        _held.coop_id == entries.coop_id,
        _held.reverses.is_(None),
        alike,
        held,
    )


def last_charge(connection: Connection, coop_id: UUID, trip_id: UUID) -> UUID | None:
    """Return the entry by which a trip was charged last; `None` where nothing was."""
    query = select(entries.entry_id).where(entries.coop_id == coop_id, entries.trip_id == trip_id)
    return connection.execute(query.order_by(entries.position.desc()).limit(1)).scalar()


def is_charged_anew(connection: Connection, coop_id: UUID, entry_id: UUID) -> bool:
    """Tell whether an entry undoes the charge of a trip that was charged anew since."""
    query = select(charged_anew()).where(entries.coop_id == coop_id, entries.entry_id == entry_id)
    return bool(connection.execute(query).scalar())


def charged_anew() -> Exists:
    """Tell of an entry whether it undoes the charge of a trip that was charged anew since."""
    return exists().where(
        entries.kind == "reversal",
        _stem.coop_id == entries.coop_id,
        _stem.entry_id == entries.reverses,
        _held.coop_id == entries.coop_id,
        _held.trip_id == _stem.trip_id,
        _held.position > entries.position,
    )


def still_moves(
    account: ColumnElement[UUID], *of_original: ColumnElement[bool], but_for: Collection[UUID] = ()
) -> ScalarSelect[int]:
    """Ask what some `original` entries move on an account, with all that undid them or was taken off since.

    Of what undid them, some may be left out.
    """
    with_it = or_(_since.entry_id == original.entry_id, _since.reverses == original.entry_id)
    asked_of = (original.entry_id.table, _since.entry_id.table, _line.entry_id.table)
    query = (
        select(func.coalesce(func.sum(_line.cents), 0))
        .select_from(original.entry_id.table)
        .join(_since.entry_id.table, and_(_since.coop_id == original.coop_id, with_it))
        .join(_line.entry_id.table, and_(_line.coop_id == _since.coop_id, _line.entry_id == _since.entry_id))
        .where(_line.account == account, _since.entry_id.not_in(but_for), *of_original)
    )
    return query.correlate_except(*asked_of).scalar_subquery()
