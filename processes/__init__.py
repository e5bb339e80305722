"""What follows from what: an event of one context has an act of another done.

Each file says one thing: when this happens, do that. `PROCESSES` lists them by event, in the order they run;
`PROJECTIONS` has the read models of each context.
"""

import booking.read_models
import fleet.read_models
import governance.read_models
import ledger.read_models
from booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingPutBack,
    BookingRefused,
    CalendarClosed,
    CalendarLimited,
    DriverOwes,
    ReadingsAccepted,
    ReadingsCorrected,
    RequestExpired,
    TripEnded,
    TripPutBack,
    TripStarted,
    VehicleBooked,
)
from fleet.events import PaperFiled, PaperNearsEnd, PapersAskedFor, VehicleEnteredService, VehicleLeftService
from governance.events import (
    BookingsSuspended,
    ErasureAsked,
    ErasureReminded,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    NewRulesTold,
    ProposalClosed,
    ProposalOpened,
    ProposalWithdrawn,
    RuleEnacted,
    RulesAdopted,
    SuspensionLifted,
    VehicleRulesAdopted,
)
from governance.recovery.events import AddressRecovered, RecoveryDropped, RecoveryRefused, RecoveryVouched
from kernel.log.follower import listed
from kernel.read_models.projection import Projections
from ledger.contesting.events import (
    BurdenContested,
    BurdenDropped,
    ContestAgreedTo,
    ContestDecided,
    ContestTakenBack,
    TimeToContestGiven,
)
from ledger.entries.events import EntryPosted, EntryReversed, PartLifted
from ledger.rhythm.events import PeriodEnded, PeriodOverdue
from ledger.settlement.events import (
    PlanDrafted,
    PlanIssued,
    PlanLineDeclared,
    PlanLineDenied,
    PlanLineProven,
    PlanLinePutBack,
    PlanWithdrawn,
)
from ledger.spending.events import (
    ExpenseAgreed,
    ExpenseRecorded,
    ExpenseRefused,
    ExpenseWithdrawn,
    SpreadPartPosted,
    SpreadPartWithdrawn,
)
from processes.admit_drivers import admit_driver, remove_driver, suspend_driver
from processes.apply_rules import apply_rules, limit_balances, price_new_vehicle
from processes.follow_trips import (
    accept_odometer,
    charge_accepted,
    charge_corrected,
    charge_trip,
    read_odometer_in,
    read_odometer_out,
    set_odometer_right,
    undo_charge,
    withdraw_reading,
)
from processes.money.settle_in_time import begin_rhythm, draw_plan, remind_treasurer, set_rhythm
from processes.money.tell_of_contests import tell_of_contest, tell_of_its_end
from processes.money.tell_of_expenses import ask_for_yes, tell_of_refusal, tell_of_withdrawal
from processes.money.tell_who_bears import give_time_to_contest, tell_who_bears
from processes.money.undo_parts import lift_dropped, lift_given_back, lift_next_part, undo_part
from processes.money.warn_owing import note_all_owing, note_contested, note_owing, warn_owing
from processes.open_calendars import close_calendar, limit_calendar, open_calendar
from processes.release_hours import release_hours
from processes.tell_drivers import tell_passed_on, tell_without_papers, tell_without_vehicle
from processes.tell_leavers import tell_of_erasure
from processes.tell_of_papers import tell_paper_ends, tell_papers_asked
from processes.tell_of_readings import ask_of_readings, tell_who_loses
from processes.tell_of_recovery import tell_not_recovered, tell_of_recovered, tell_of_recovery
from processes.undoing.tell_undone import (
    tell_given_back,
    tell_no_vote,
    tell_not_denied,
    tell_put_back,
    tell_trip_goes_on,
)
from processes.write_letters import (
    call_to_vote,
    show_draft,
    tell_denied,
    tell_driver,
    tell_of_new_rules,
    tell_owners,
    tell_proven,
    tell_receiver,
    tell_result,
    tell_suspended,
    tell_who_pays,
    tell_withdrawn,
)

PROJECTIONS: Projections = {
    "fleet": fleet.read_models.project,
    "booking": booking.read_models.project,
    "ledger": ledger.read_models.project,
    "governance": governance.read_models.project,
}

PROCESSES = listed(
    (VehicleEnteredService, open_calendar),
    (VehicleEnteredService, price_new_vehicle),
    (PaperFiled, limit_calendar),
    (PapersAskedFor, limit_calendar),
    (VehicleLeftService, close_calendar),
    (MemberJoined, admit_driver),
    (MemberReturned, admit_driver),
    (MemberLeft, remove_driver),
    (MemberLeft, release_hours),
    (BookingsSuspended, suspend_driver),
    (SuspensionLifted, suspend_driver),
    (RulesAdopted, apply_rules),
    (RulesAdopted, limit_balances),
    (RulesAdopted, set_rhythm),
    (VehicleRulesAdopted, apply_rules),
    (RuleEnacted, apply_rules),
    (RuleEnacted, limit_balances),
    (RuleEnacted, set_rhythm),
    (RuleEnacted, note_all_owing),
    (TripStarted, read_odometer_out),
    (TripEnded, charge_trip),
    (TripEnded, read_odometer_in),
    (TripPutBack, undo_charge),
    (TripPutBack, withdraw_reading),
    (ReadingsAccepted, accept_odometer),
    (ReadingsAccepted, charge_accepted),
    (ReadingsCorrected, set_odometer_right),
    (ReadingsCorrected, charge_corrected),
    (SpreadPartWithdrawn, undo_part),
    (EntryPosted, note_owing),
    (EntryPosted, begin_rhythm),
    (EntryReversed, note_owing),
    (PartLifted, lift_given_back),
    (PartLifted, note_owing),
    (BurdenContested, note_contested),
    (ContestTakenBack, note_contested),
    (ContestDecided, note_contested),
    (PeriodOverdue, draw_plan),
    (VehicleBooked, tell_owners),
    (BookingApproved, tell_driver),
    (BookingRefused, tell_driver),
    (RequestExpired, tell_driver),
    (BookingCancelled, tell_given_back),
    (BookingPutBack, tell_put_back),
    (TripPutBack, tell_trip_goes_on),
    (NewRulesTold, tell_of_new_rules),
    (ProposalOpened, call_to_vote),
    (ProposalClosed, tell_result),
    (ProposalWithdrawn, tell_no_vote),
    (PlanIssued, tell_who_pays),
    (BookingsSuspended, tell_suspended),
    (TripEnded, tell_passed_on),
    (TripEnded, ask_of_readings),
    (ReadingsCorrected, ask_of_readings),
    (ReadingsCorrected, tell_who_loses),
    (CalendarClosed, tell_without_vehicle),
    (CalendarLimited, tell_without_papers),
    (PapersAskedFor, tell_papers_asked),
    (PaperNearsEnd, tell_paper_ends),
    (PlanWithdrawn, tell_withdrawn),
    (PlanLineProven, tell_proven),
    (PlanLineDeclared, tell_receiver),
    (PlanLineDenied, tell_denied),
    (PlanLinePutBack, tell_not_denied),
    (PlanDrafted, show_draft),
    (ErasureAsked, tell_of_erasure),
    (ErasureReminded, tell_of_erasure),
    (RecoveryVouched, tell_of_recovery),
    (RecoveryRefused, tell_not_recovered),
    (RecoveryDropped, tell_not_recovered),
    (AddressRecovered, tell_of_recovered),
    (DriverOwes, warn_owing),
    (PeriodEnded, remind_treasurer),
    (BurdenDropped, lift_dropped),
    (SpreadPartPosted, lift_next_part),
    (ExpenseRecorded, ask_for_yes),
    (ExpenseRecorded, give_time_to_contest),
    (ExpenseAgreed, give_time_to_contest),
    (ExpenseRefused, tell_of_refusal),
    (EntryPosted, give_time_to_contest),
    (EntryReversed, give_time_to_contest),
    (TimeToContestGiven, tell_who_bears),
    (ExpenseWithdrawn, tell_of_withdrawal),
    (BurdenContested, tell_of_contest),
    (ContestTakenBack, tell_of_its_end),
    (ContestAgreedTo, tell_of_its_end),
    (ContestDecided, tell_of_its_end),
)
