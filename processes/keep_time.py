"""When an hour comes, what was due then is done: requests lapse, votes close, decisions bind, drafts and months end.

What is due is asked of the read models; each command has an id derived from what it is about, so that however often
and on however many machines this runs, each takes effect once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import structlog

from booking.application import Bookings
from booking.commands import CloseUndriven, ExpireRequest
from booking.queries import requests_due, undriven_due
from fleet.application import Fleet
from fleet.commands import AskForPapers, RemindOfPaper
from fleet.papers.queries import papers_ending, vehicles_not_asked
from governance.application import Governance
from governance.commands import CloseProposal, EnactRule, EraseMember, RemindOfErasure, TellOfNewRules
from governance.erasure.queries import erasures_due, erasures_to_remind
from governance.queries import every_coop
from governance.recovery.commands import CompleteRecovery, NoteFormerTold
from governance.recovery.queries import recoveries_due
from governance.rules.queries import coops_to_tell
from governance.votes.queries import decisions_to_enact, votes_to_close
from kernel.command import Asked
from kernel.database import reading
from kernel.log.follower import all_have_followed
from kernel.log.history import History
from kernel.log.rebuild import are_up_to_date
from kernel.log.recorder import hold_log
from kernel.log.turn import take_turn
from kernel.period import MORNING
from kernel.read_models.projection import Projections
from kernel.refused import Refused
from ledger.application import Ledger
from ledger.days import day_of, latest_day
from ledger.rhythm.commands import NoteOverdue
from ledger.rhythm.queries import periods_over, periods_overdue
from ledger.rhythm.rhythm import rhythm_id
from ledger.settlement.commands import IssueDraft
from ledger.settlement.queries import drafts_due
from ledger.spending.commands import PostSpreadPart
from ledger.spending.queries import coops_awaiting_parts, spread_parts_due
from people.photos import drop_unnamed
from usecases.copied import copied
from usecases.leaving import erase
from usecases.money.books import ledger_of
from usecases.money.settling import end_period
from usecases.profile.recovering import complete_recovery, note_former_told, recoveries_told

NIGHT = timedelta(hours=MORNING.hour)  # in which no letter about a day is written
DAYS_TO_FILE = 30  # that vehicles have which entered service before their papers were asked for
MOST_AT_ONCE = 5  # a tick's transaction holds the log: the rest waits for the next one

log = structlog.get_logger()


class DueAct(NamedTuple):
    """Something whose hour has come: what it is about, what is to be done, and how to do it."""

    about: UUID
    purpose: str
    carry_out: Callable[[Asked], object]


def tick(history: History, now: datetime) -> int:
    """Do what is due at `now`, if it is this process's turn; return how many things were done.

    One that fails is undone alone and logged; the others are done and kept, and only then is the first failure raised.
    Whoever ticks tells of it and does the others' rest soon: a loop in half a minute at most, however often it fails.
    """
    failures = list[Exception]()
    with take_turn(history.engine, "clock") as connection:
        if connection is None:
            return 0
        joined = history.bound_to(connection)
        done = 0
        for due in what_is_due(joined, now):
            done += _done(joined, due, now, failures)
            if done == MOST_AT_ONCE:
                break
    history.changed.set()
    if failures:
        raise failures[0]
    return done


def _done(joined: History, due: DueAct, now: datetime, failures: list[Exception]) -> bool:
    """Carry out what is due; one refused or added to `failures` is not counted: it keeps nothing else from its turn."""
    asked = Asked(command_id=uuid5(due.about, due.purpose), by=None, at=now)
    try:
        with joined.savepoint():
            due.carry_out(asked)
    except Refused as refusal:
        log.warning("due but refused", purpose=due.purpose, about=str(due.about), reason=str(refusal))
        return False
    except Exception as error:
        log.exception("due but failed", purpose=due.purpose, about=str(due.about))
        failures.append(error)
        return False
    return True


def forget_photos(history: History, projections: Projections, now: datetime) -> int:
    """Delete photos of a day ago that no event ever named, if it is this process's turn; return how many.

    Never while the read models are made anew, or anything that follows from the log has not followed yet.
    """
    with take_turn(history.engine, "clock") as connection:
        if connection is None:
            return 0
        hold_log(connection)
        if not (are_up_to_date(connection, projections) and all_have_followed(connection)):
            return 0
        return drop_unnamed(connection, now)


def is_due(history: History, now: datetime) -> bool:
    """Tell whether anything is due, without taking a lock."""
    with reading(history.engine) as connection:
        return next(what_is_due(history.bound_to(connection), now), None) is not None


def what_is_due(history: History, now: datetime) -> Iterator[DueAct]:
    """Give everything whose hour has come, the oldest kinds of promise first."""
    connection, bookings, governance = history.connection, Bookings(history), Governance(history)
    for coop_id, booking_id in requests_due(connection, now):
        expire = ExpireRequest(coop_id=coop_id, booking_id=booking_id)
        yield DueAct(booking_id, "expire request", partial(bookings.expire_request, expire))
    for coop_id, booking_id in undriven_due(connection, now):
        undriven = CloseUndriven(coop_id=coop_id, booking_id=booking_id)
        yield DueAct(booking_id, "close undriven", partial(bookings.close_undriven, undriven))
    for vote in votes_to_close(connection, now):
        close = CloseProposal(coop_id=vote.coop_id, proposal_id=vote.proposal_id)
        yield DueAct(vote.proposal_id, "close vote", partial(governance.close_proposal, close))
    for decision in decisions_to_enact(connection, now):
        enact = EnactRule(coop_id=decision.coop_id, proposal_id=decision.proposal_id)
        yield DueAct(decision.proposal_id, "enact rule", partial(governance.enact_rule, enact))
    yield from _drafts(history, now)
    yield from _papers(history, now)
    for coop_id in coops_to_tell(connection):
        tell = TellOfNewRules(coop_id=coop_id)
        tell_of = partial(governance.tell_of_new_rules, tell)
        yield DueAct(coop_id, f"tell of new rules on {now.date()}", tell_of)
    yield from _periods(history, now)
    yield from _spread_parts(history, now)
    yield from _erasures(history, now)
    yield from _recoveries(history, now)


def _drafts(history: History, now: datetime) -> Iterator[DueAct]:
    for coop_id, plan_id in drafts_due(history.connection, now):
        issue = IssueDraft(coop_id=coop_id, plan_id=plan_id)
        yield DueAct(plan_id, "issue plan", partial(ledger_of(history, coop_id).issue_draft, issue))


def _papers(history: History, now: datetime) -> Iterator[DueAct]:
    fleet = Fleet(history)
    not_asked = vehicles_not_asked(history.connection)
    endings = papers_ending(history.connection, latest_day(now))
    zones = _zones(history, {coop_id for coop_id, _ in not_asked} | {ending.coop_id for ending in endings})
    for coop_id, vehicle_id in not_asked:
        until = day_of(now, zones[coop_id]) + timedelta(days=DAYS_TO_FILE)
        ask = AskForPapers(coop_id=coop_id, vehicle_id=vehicle_id, until=until)
        yield DueAct(vehicle_id, "ask for papers", partial(fleet.ask_for_papers, ask))
    for ending in endings:
        zone = zones[ending.coop_id]
        days = ending.letter_due(day_of(now - NIGHT, zone), filed_on=day_of(ending.filed_at, zone))
        if days is None:
            continue
        remind = copied(ending, RemindOfPaper, days=days)
        purpose = f"remind of {ending.kind} filed at {ending.filed_at.isoformat()}, {days} days before"
        yield DueAct(ending.vehicle_id, purpose, partial(fleet.remind_of_paper, remind))


def _zones(history: History, coop_ids: Collection[UUID]) -> dict[UUID, ZoneInfo]:
    """Return by which clocks some co-ops live."""
    among = every_coop(history.connection, coop_ids) if coop_ids else ()
    return {coop.coop_id: ZoneInfo(coop.time_zone) for coop in among}


def _periods(history: History, now: datetime) -> Iterator[DueAct]:
    for coop_id in periods_over(history.connection, now):
        yield DueAct(rhythm_id(coop_id), f"end period by {now.date()}", partial(end_period, history, coop_id))
    for coop_id in periods_overdue(history.connection, now):
        overdue = partial(ledger_of(history, coop_id).note_overdue, NoteOverdue(coop_id=coop_id))
        yield DueAct(rhythm_id(coop_id), f"note overdue by {now.date()}", overdue)


def _spread_parts(history: History, now: datetime) -> Iterator[DueAct]:
    """Give the parts whose month has come by their co-op's own clocks: they are dated, not timed."""
    connection = history.connection
    alike = defaultdict[tuple[ZoneInfo, str], list[UUID]](list)
    for coop in every_coop(connection, among=coops_awaiting_parts(connection, latest_day(now))):
        alike[ZoneInfo(coop.time_zone), coop.currency].append(coop.coop_id)
    for (zone, currency), coop_ids in alike.items():
        ledger = Ledger(history, zone, currency)
        for part in spread_parts_due(connection, coop_ids, day_of(now, zone)):
            post = PostSpreadPart(coop_id=part.coop_id, expense_id=part.expense_id, part=part.part)
            yield DueAct(part.expense_id, f"post part {part.part}", partial(ledger.post_spread_part, post))


def _recoveries(history: History, now: datetime) -> Iterator[DueAct]:
    for untold in recoveries_told(history.connection):
        note = NoteFormerTold(coop_id=untold.coop_id, member_id=untold.member_id)
        purpose = f"note that of recovery {untold.number} the former address is told"
        yield DueAct(untold.member_id, purpose, partial(note_former_told, history, note))
    for due in recoveries_due(history.connection, now):
        complete = CompleteRecovery(coop_id=due.coop_id, member_id=due.member_id)
        purpose = f"recovery {due.due_at.isoformat()}"
        yield DueAct(due.member_id, purpose, partial(complete_recovery, history, complete))


def _erasures(history: History, now: datetime) -> Iterator[DueAct]:
    governance = Governance(history)
    for near in erasures_to_remind(history.connection, now):
        remind = RemindOfErasure(coop_id=near.coop_id, member_id=near.member_id)
        purpose = f"remind of erasure {near.due_at.isoformat()}"  # she may have asked before, and thought better of it
        yield DueAct(near.member_id, purpose, partial(governance.remind_of_erasure, remind))
    for due in erasures_due(history.connection, now):
        forget = EraseMember(coop_id=due.coop_id, member_id=due.member_id)
        yield DueAct(due.member_id, f"erase {due.due_at.isoformat()}", partial(erase, history, forget))
