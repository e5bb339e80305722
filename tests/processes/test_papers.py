"""Papers are asked for, run out and come back: the vehicle waits, and whoever looks after it is told in time, once."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from booking.application import Bookings
from booking.commands import BookVehicle
from booking.policies import WaitsForPapers
from fleet.commands import PaperOnFile
from kernel.period import Period
from tests.kit.village import COOP, LETTER, PAPERS, Village
from tests.processes.acts import (
    calendar_of,
    count,
    enter,
    entered_before,
    failed,
    file_paper,
    leave_service,
    owned_by,
    start_coop,
)

ENDS = date(2027, 1, 20)
NOUMEA, MARTINIQUE = ZoneInfo("Pacific/Noumea"), ZoneInfo("America/Martinique")
INSURED_UNTIL = PaperOnFile(kind="insurance", valid_until=ENDS)
OTHERS = tuple(paper for paper in PAPERS if paper.kind != "insurance")


def at_eight(days_before: int, end: date = ENDS) -> datetime:
    """Return 8 o'clock in Die, in winter, so many days before."""
    day = end - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def wait_until(village: Village, instant: datetime) -> None:
    village.clock.now = instant
    village.pass_time()


def subjects(village: Village, name: str) -> list[str]:
    """Return what the letters to someone are about, the oldest first."""
    return [letter.subject.replace("\u00a0", " ") for letter in reversed(village.letters_to(name))]


def book(village: Village, vehicle_id: UUID, day: date) -> None:
    """Let Nadia book it from 17 to 19 o'clock (UTC) of a day."""
    start = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    command = BookVehicle(coop_id=COOP, vehicle_id=vehicle_id, period=Period(start, start + timedelta(hours=2)))
    Bookings(village.site.history).book_vehicle(command, village.asked("Nadia"), "Europe/Paris")
    village.settle()


def test_a_vehicle_that_enters_without_papers_waits_for_them(village: Village) -> None:
    vehicle_id = enter(village, papers=())
    assert calendar_of(village, vehicle_id).missing == "insurance consent inspection"
    with pytest.raises(WaitsForPapers):
        book(village, vehicle_id, date(2026, 11, 3))
    file_paper(village, vehicle_id, "insurance", ENDS)
    file_paper(village, vehicle_id, "consent", given_on=date(2026, 10, 1), photo_id=LETTER)
    assert calendar_of(village, vehicle_id).missing == "inspection"
    file_paper(village, vehicle_id, "inspection", first_registered_on=date(2025, 4, 1))
    assert calendar_of(village, vehicle_id).missing == ""
    assert calendar_of(village, vehicle_id).papers_until == ENDS
    book(village, vehicle_id, date(2026, 11, 3))
    village.pass_time(days=1)
    assert count(village, "fleet.PapersAskedFor") == 0


def test_until_its_first_inspection_is_due_a_young_vehicle_is_booked_without(village: Village) -> None:
    young = PaperOnFile(kind="inspection", first_registered_on=date(2023, 1, 15))
    vehicle_id = enter(village, papers=(*(paper for paper in PAPERS if paper.kind != "inspection"), young))
    row = calendar_of(village, vehicle_id)
    assert (row.missing, row.papers_until, row.paper) == ("", date(2027, 1, 14), "inspection")


@pytest.mark.parametrize("kind", ["e_bike", "trailer"])
def test_what_has_no_motor_waits_for_nothing(village: Village, kind: str) -> None:
    energy = "electric" if kind == "e_bike" else "none"
    vehicle_id = enter(village, kind=kind, energy=energy, plate=None, papers=())
    assert not calendar_of(village, vehicle_id).missing
    book(village, vehicle_id, date(2026, 11, 3))


def test_one_of_before_has_thirty_days_and_its_owner_is_told(village: Village) -> None:
    vehicle_id = entered_before(village, sharing="lent", owners=owned_by(village, "Jean"))
    book(village, vehicle_id, date(2026, 12, 24))
    for _ in range(2):
        village.pass_time(minutes=1)
    assert (count(village, "fleet.PapersAskedFor"), failed(village)) == (1, [])
    assert subjects(village, "Jean")[-1] == "Berlingo: its papers are asked for until 2 December 2026"
    assert subjects(village, "Nadia")[-1].startswith("Berlingo waits for papers: your booking")
    assert subjects(village, "Claire") == []
    book(village, vehicle_id, date(2026, 12, 2))
    with pytest.raises(WaitsForPapers):
        book(village, vehicle_id, date(2026, 12, 3))
    village.pass_time(days=31)
    with pytest.raises(WaitsForPapers):
        book(village, vehicle_id, date(2026, 12, 5))


def test_the_co_op_s_own_of_before_are_asked_of_its_referents(village: Village) -> None:
    vehicle_id = entered_before(village)
    village.pass_time(minutes=1)
    assert subjects(village, "Claire") == ["Berlingo: its papers are asked for until 2 December 2026"]
    for kind, more in (
        ("insurance", {"until": ENDS}),
        ("consent", {"given_on": ENDS - timedelta(days=90), "photo_id": LETTER}),
        ("inspection", {"until": ENDS}),
    ):
        file_paper(village, vehicle_id, kind, **more)
    assert calendar_of(village, vehicle_id).waits_after is None
    village.pass_time(days=40)
    book(village, vehicle_id, date(2026, 12, 24))


def test_bikes_and_what_left_service_are_asked_for_nothing(village: Village) -> None:
    entered_before(village, kind="bike", energy="none", plate=None)
    leave_service(village, entered_before(village))
    village.pass_time(minutes=1)
    assert count(village, "fleet.PapersAskedFor") == 0


def test_letters_leave_at_eight_sixty_thirty_seven_and_no_days_before(village: Village) -> None:
    enter(village, sharing="lent", owners=owned_by(village, "Jean"), papers=(INSURED_UNTIL, *OTHERS))
    written = []
    for days in (61, 60, 59, 31, 30, 8, 7, 6, 1, 0, -1):
        wait_until(village, at_eight(days) - timedelta(seconds=1))
        wait_until(village, at_eight(days))
        written.append((days, len(subjects(village, "Jean"))))
    assert written == [(61, 0), (60, 1), (59, 1), (31, 1), (30, 2), (8, 2), (7, 3), (6, 3), (1, 3), (0, 4), (-1, 4)]
    assert {*subjects(village, "Jean")} == {"Berlingo: papers valid until 20 January 2027 (insurance)"}
    assert [subject for subject in subjects(village, "Claire") if "Berlingo" in subject] == []


def test_none_leaves_before_eight_in_the_morning(village: Village) -> None:
    enter(village, papers=(INSURED_UNTIL, *OTHERS))
    wait_until(village, at_eight(60) - timedelta(seconds=1))
    assert count(village, "fleet.PaperNearsEnd") == 0
    wait_until(village, at_eight(60))
    assert count(village, "fleet.PaperNearsEnd") == 1


def test_a_paper_filed_late_is_told_of_from_then_on(village: Village) -> None:
    soon = village.now.date() + timedelta(days=20)
    enter(village, papers=(PaperOnFile(kind="insurance", valid_until=soon), *OTHERS))
    told = []
    for days in (19, 7, 0):
        wait_until(village, at_eight(days, soon))
        told.append(count(village, "fleet.PaperNearsEnd"))
    assert told == [0, 1, 2]


def test_after_a_long_sleep_one_letter_says_how_it_stands(village: Village) -> None:
    enter(village, papers=(INSURED_UNTIL, *OTHERS))
    wait_until(village, at_eight(5))
    assert count(village, "fleet.PaperNearsEnd") == 1
    wait_until(village, at_eight(0))
    assert count(village, "fleet.PaperNearsEnd") == 2


def test_what_was_renewed_is_told_of_no_more_and_the_new_one_in_its_turn(village: Village) -> None:
    vehicle_id = enter(village, papers=(INSURED_UNTIL, *OTHERS))
    wait_until(village, at_eight(30))
    later = ENDS + timedelta(days=200)
    file_paper(village, vehicle_id, "insurance", later)
    wait_until(village, at_eight(-60))
    assert count(village, "fleet.PaperNearsEnd") == 1
    wait_until(village, at_eight(60, later) + timedelta(hours=1))
    assert count(village, "fleet.PaperNearsEnd") == 2


def test_a_first_inspection_is_called_so(village: Village) -> None:
    young = PaperOnFile(kind="inspection", first_registered_on=date(2023, 1, 21))
    enter(village, papers=(*(paper for paper in PAPERS if paper.kind != "inspection"), young))
    wait_until(village, at_eight(60))
    assert subjects(village, "Claire") == ["Berlingo: its first technical inspection, by 20 January 2027"]


def test_nothing_is_told_of_what_left_service(village: Village) -> None:
    leave_service(village, enter(village, papers=(INSURED_UNTIL, *OTHERS)))
    wait_until(village, at_eight(0))
    assert count(village, "fleet.PaperNearsEnd") == 0


@pytest.mark.parametrize(
    ("filed", "ends", "told"),
    [
        (datetime(2026, 11, 3, 6, tzinfo=NOUMEA), date(2026, 11, 10), [0, 1]),  # the day before, by UTC
        (datetime(2026, 11, 3, 21, tzinfo=MARTINIQUE), date(2026, 11, 11), [1, 2]),  # the day after
    ],
)
def test_how_many_days_were_left_as_it_was_filed_the_co_op_s_own_clocks_say(
    village: Village, filed: datetime, ends: date, told: list[int]
) -> None:
    village.clock.now = filed.astimezone(UTC)
    coop_id = start_coop(village, str(filed.tzinfo))
    insured = (PaperOnFile(kind="insurance", valid_until=ends),)
    enter(village, coop_id=coop_id, by=village.member("Sacha", coop_id), papers=insured)
    counted = []
    for days in (7, 0):
        eight = datetime.combine(ends - timedelta(days=days), time(8, 1), filed.tzinfo)
        wait_until(village, eight.astimezone(UTC))
        counted.append(count(village, "fleet.PaperNearsEnd"))
    assert counted == told
