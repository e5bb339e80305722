"""Money for programs: balances, lines with their proofs, the journal, months, prices."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from api.pages.accounts import everyone
from api.speech.explained import Speaker
from api.web.declared import Read, Write
from api.web.forms import Form
from api.web.visit import Visit
from kernel.period import Aware
from kernel.refused import NotYours
from ledger.application import Ledger
from ledger.entries import commands as c
from ledger.entries import queries
from ledger.entries.books import MonthAlreadyClosed, MonthNotOver
from ledger.entries.causes import Explanation
from ledger.entries.causes.gift import TooLittleOwed
from ledger.entries.entry import AlreadyReversed
from ledger.pricing.events import Sharing
from ledger.pricing.queries import TariffRow, tariffs

MOST_LINES = 1000


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """An account's whole cents, positive owed to it; `account` is a member's id or the co-op's."""

    account: UUID
    name: str
    cents: int
    currency: str = "EUR"


class Balances(msgspec.Struct, frozen=True, kw_only=True):
    """Every balance, at the end of the day `on` or now; `total_cents` is the sum of all lines ever: zero, always."""

    on: date | None
    total_cents: int
    balances: list[Balance]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of my account. `because` is its whole explanation, `text` what it is called, `words` what was noted."""

    entry_id: UUID
    kind: str
    legal_nature: str
    effective_on: date
    recorded_at: datetime
    cents: int
    currency: str
    vehicle_id: UUID | None
    because: Explanation
    text: str
    words: str | None
    reverses: UUID | None
    reversed_by: UUID | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with all its sides, which sum to zero."""

    entry_id: UUID
    kind: str
    legal_nature: str
    effective_on: date
    recorded_at: datetime
    posted_by: UUID | None
    vehicle_id: UUID | None
    because: Explanation
    text: str
    words: str | None
    postings: tuple[queries.PostingRow, ...]
    reverses: UUID | None
    reversed_by: UUID | None


class Tariff(msgspec.Struct, frozen=True, kw_only=True):
    """A vehicle's price in force, who receives it by which shares, and since when the next one holds, if voted."""

    vehicle_id: UUID
    sharing: Sharing
    receivers: dict[UUID, int]
    per_km: str
    per_hour: str
    day_cap_hours: int | None
    since: datetime
    rulebook_version: int
    decision_id: UUID | None
    changes_at: datetime | None


def _day(visit: Visit, name: str) -> date | None:
    sent = visit.sent.query.get(name)
    return Form({name: [sent]}).day(name) if sent else None


def _instant(visit: Visit, name: str) -> datetime:
    sent = visit.sent.query.get(name)
    return Form({name: [sent]}).instant(name) if sent else visit.now


def _balance(visit: Visit) -> Balance:
    cents = queries.balance(visit.connection, visit.coop_id, visit.me, _day(visit, "on"))
    return Balance(account=visit.me, name=visit.my_person.name, cents=cents)


def _balances(visit: Visit) -> Balances:
    on = _day(visit, "on")
    shown = [
        Balance(account=row["account"], name=row["name"], cents=row["balance"].cents) for row in everyone(visit, on)
    ]
    return Balances(on=on, total_cents=queries.books_total(visit.connection, visit.coop_id), balances=shown)


def _lines(visit: Visit) -> list[Line]:
    limit = visit.sent.query.get("limit")
    lines = queries.statement(
        visit.connection,
        visit.coop_id,
        visit.me,
        since=_day(visit, "since"),
        until=_day(visit, "until"),
    )[: Form({"limit": [limit]}).whole("limit", 1, MOST_LINES) if limit else MOST_LINES]
    speaker = Speaker(visit)
    return [_line(visit, speaker, line) for line in lines]


def _line(visit: Visit, speaker: Speaker, line: queries.LineRow) -> Line:
    shown = {name: getattr(line, name) for name in Line.__struct_fields__ if name not in ("because", "text", "words")}
    because, words = _opened(visit, line.because)
    return Line(**shown, because=because, words=words, text=speaker.line(line))


def _entry(visit: Visit) -> Entry:
    speaker = Speaker(visit)
    return _told(visit, speaker, speaker.look_up(visit.place("entry_id")))


def _journal(visit: Visit) -> list[Entry]:
    speaker = Speaker(visit)
    since, until = _day(visit, "since"), _day(visit, "until")
    found = queries.journal(visit.connection, visit.coop_id, since=since, until=until)
    return [_told(visit, speaker, each) for each in found]


def _told(visit: Visit, speaker: Speaker, found: queries.EntryRow) -> Entry:
    shown = {name: getattr(found, name) for name in Entry.__struct_fields__ if name not in ("because", "text", "words")}
    because, words = _opened(visit, found.because)
    return Entry(**shown, because=because, words=words, text=speaker.entry(found.entry_id, found.because))


def _opened(visit: Visit, because: Explanation) -> tuple[Explanation, str | None]:
    """Return an explanation without what is sealed in it, and that text apart, opened."""
    for name in ("note", "reason"):
        sealed = getattr(because, name, None)
        if sealed is not None:
            return msgspec.structs.replace(because, **{name: None}), visit.site.keyring.open(visit.connection, sealed)
    return because, None


def _tariffs(visit: Visit) -> list[Tariff]:
    at = _instant(visit, "at")
    found = tariffs(visit.connection, visit.coop_id, at)
    return [_tariff(each, at) for each in found.values()]


def _tariff(row: TariffRow, at: datetime) -> Tariff:
    rate = row.rate
    return Tariff(
        vehicle_id=row.vehicle_id,
        sharing=row.sharing,
        receivers=row.receivers,
        per_km=str(rate.per_km),
        per_hour=str(rate.per_hour),
        day_cap_hours=rate.day_cap_hours,
        since=rate.since,
        rulebook_version=rate.rulebook_version,
        decision_id=rate.decision_id,
        changes_at=min((each.since for each in row.rates if each.since > at), default=None),
    )


_DAY = (date, "a day; now when not said")
_SPAN = {"since": (date, "first day"), "until": (date, "last day, included")}

DECLARED: list[Write | Read] = [
    Read(
        name="api_balance",
        path="/coops/{coop_id:uuid}/balance",
        answer=_balance,
        returns=Balance,
        summary="What I am owed or owe, now or at the end of a day",
        parameters={"on": _DAY},
    ),
    Read(
        name="api_balances",
        path="/coops/{coop_id:uuid}/balances",
        answer=_balances,
        returns=Balances,
        summary="Everyone's balance, and the books' total, which is zero",
        parameters={"on": _DAY},
    ),
    Read(
        name="api_lines",
        path="/coops/{coop_id:uuid}/lines",
        answer=_lines,
        returns=list[Line],
        summary="My lines, newest first, each with its whole explanation",
        parameters=_SPAN | {"limit": (int, f"at most so many lines, up to {MOST_LINES}")},
    ),
    Read(
        name="api_journal",
        path="/coops/{coop_id:uuid}/entries",
        answer=_journal,
        returns=list[Entry],
        summary="The journal: every entry with its sides, in the order of their days",
        parameters=_SPAN,
    ),
    Read(
        name="api_entry",
        path="/coops/{coop_id:uuid}/entries/{entry_id:uuid}",
        answer=_entry,
        returns=Entry,
        summary="One entry and its proof",
    ),
    Write(
        name="api_reverse_entry",
        path="/coops/{coop_id:uuid}/entries/{entry_id:uuid}/reversal",
        command=c.ReverseEntry,
        carry_out=lambda a, it, asked: Ledger(a.site.history).reverse_entry(it, asked),
        summary="Undo an entry by its exact opposite, once",
        refuses=(AlreadyReversed,),
        example={"reason": "Compteur mal lu au retour."},
    ),
    Write(
        name="api_contribute",
        path="/coops/{coop_id:uuid}/contributions",
        command=c.Contribute,
        carry_out=lambda a, it, asked: Ledger(a.site.history).contribute(it, asked),
        summary="Give part of what I am owed to the co-op",
        refuses=(TooLittleOwed, NotYours),
        example={"cents": 1500},
    ),
    Read(
        name="api_months",
        path="/coops/{coop_id:uuid}/months",
        answer=lambda a: queries.months(a.connection, a.coop_id),
        returns=list[queries.MonthRow],
        summary="The months of the books, newest first, and whether they are closed",
    ),
    Write(
        name="api_close_month",
        path="/coops/{coop_id:uuid}/months",
        command=c.ClosePeriod,
        carry_out=lambda a, it, asked: Ledger(a.site.history).close_period(it, asked),
        summary="Close a month that is over, and all before it",
        refuses=(MonthNotOver, MonthAlreadyClosed),
        example={"month": "2026-10-01"},
    ),
    Read(
        name="api_tariffs",
        path="/coops/{coop_id:uuid}/tariffs",
        answer=_tariffs,
        returns=list[Tariff],
        summary="The price of each vehicle in force at an instant, and who receives it",
        parameters={"at": (Aware, "an instant; now when not said")},
    ),
]
