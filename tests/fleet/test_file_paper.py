from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.application import Fleet
from fleet.catalogue import PaperState
from fleet.commands import FilePaper, LeaveService, PaperOnFile
from fleet.papers.policies import (
    ConsentNeedsProof,
    FarDay,
    InsurersConsent,
    LastDayNeeded,
    NotYetGiven,
    OfAnotherPaper,
    PastDay,
    check_days,
    filed_paper,
    uninspected_until,
)
from fleet.papers.queries import PaperRow, papers_on_file
from fleet.queries import vehicles_in_service
from fleet.vehicle import OutOfService
from kernel.refused import Refused
from tests.fleet.conftest import Reader
from tests.fleet.garage import CLIO, COOP, TODAY, asked, but, entered

PAST = PaperOnFile(kind="inspection", valid_until=TODAY - timedelta(days=1))
CONSENT = PaperOnFile(kind="consent", given_on=TODAY, photo_id=UUID(int=1))
NEXT_YEAR = PaperOnFile(kind="inspection", valid_until=TODAY.replace(year=2027))


def test_a_renewed_inspection_takes_the_place_of_the_past_one(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet, but(CLIO, papers=(PAST,)))
    assert read(vehicles_in_service, COOP, on=TODAY)[0].past_due == ("inspection",)
    fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=NEXT_YEAR), asked())
    assert read(vehicles_in_service, COOP, on=TODAY)[0].past_due == ()
    on_file = {row.kind: row for row in read(papers_on_file, COOP, vehicle_id, of="car", on=TODAY)}
    assert on_file["inspection"] == PaperRow(
        kind="inspection",
        state="in_order",
        valid_until=date(2027, 5, 4),
        days_left=365,
        insurer_consents=False,
        needed=True,
        given_on=None,
        has_file=False,
        first_registered_on=None,
    )


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "past_due"), (0, "soon"), (60, "soon"), (61, "in_order"), (-4000, "past_due")]
)
def test_a_paper_is_judged_at_a_date(fleet: Fleet, read: Reader, days: int, state: PaperState) -> None:
    paper = PaperOnFile(kind="insurance", valid_until=TODAY + timedelta(days=days), insurer_consents=True)
    vehicle_id = entered(fleet, but(CLIO, papers=(paper,)))
    on_file = {row.kind: row for row in read(papers_on_file, COOP, vehicle_id, of="car", on=TODAY)}
    insurance = on_file["insurance"]
    assert (insurance.state, insurance.valid_until, insurance.days_left) == (state, paper.valid_until, days)
    assert insurance.insurer_consents
    assert (on_file["inspection"].state, on_file["inspection"].days_left) == ("missing", None)


def test_a_registration_has_no_end(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet, but(CLIO, papers=(PaperOnFile(kind="registration"),)))
    on_file = {row.kind: row.state for row in read(papers_on_file, COOP, vehicle_id, of="car", on=TODAY)}
    missing = dict.fromkeys(("insurance", "consent", "inspection"), "missing")
    assert on_file == {**missing, "registration": "in_order"}


def test_an_insurer_s_consent_is_on_file_with_its_day(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet)
    fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=CONSENT), asked())
    (consent,) = (row for row in read(papers_on_file, COOP, vehicle_id, of="car", on=TODAY) if row.kind == "consent")
    assert (consent.state, consent.given_on, consent.lacks) == ("in_order", TODAY, False)


@pytest.mark.parametrize("kind", ["bike", "e_bike", "cargo_bike", "trailer"])
def test_what_has_no_motor_needs_no_paper(fleet: Fleet, read: Reader, kind: Any) -> None:
    assert not any(row.needed or row.lacks for row in read(papers_on_file, COOP, entered(fleet), of=kind, on=TODAY))


@pytest.mark.parametrize(
    ("registered", "last_day"),
    [
        ("2024-05-04", "2028-05-03"),
        ("2024-03-01", "2028-02-29"),
        ("2024-02-29", "2028-02-28"),
        ("2096-02-29", "2100-02-28"),  # 2100 has no 29th of February
        ("2024-01-01", "2027-12-31"),
    ],
)
def test_a_first_inspection_is_due_before_the_fourth_anniversary(registered: str, last_day: str) -> None:
    """Code de la route, R323-22: within the six months before four years since the first registration are over."""
    assert uninspected_until(date.fromisoformat(registered)) == date.fromisoformat(last_day)


@given(st.dates(max_value=date(9000, 1, 1)))
def test_four_years_are_1460_or_1461_days_less_the_anniversary(registered: date) -> None:
    assert (uninspected_until(registered) - registered).days in (1459, 1460)


def test_a_vehicle_never_inspected_is_in_order_until_then(fleet: Fleet, read: Reader) -> None:
    young = PaperOnFile(kind="inspection", first_registered_on=date(2023, 6, 1))
    vehicle_id = entered(fleet, but(CLIO, papers=(young,)))

    def inspection(on: date) -> PaperRow:
        return next(row for row in read(papers_on_file, COOP, vehicle_id, of="car", on=on) if row.kind == "inspection")

    assert (inspection(TODAY).state, inspection(TODAY).valid_until) == ("in_order", date(2027, 5, 31))
    assert inspection(date(2027, 6, 1)).state == "past_due"
    fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=NEXT_YEAR), asked())
    assert (inspection(TODAY).valid_until, inspection(TODAY).first_registered_on) == (NEXT_YEAR.valid_until, None)


def test_once_inspected_the_first_registration_counts_no_more() -> None:
    both = PaperOnFile(kind="inspection", valid_until=TODAY, first_registered_on=date(2026, 1, 1))
    assert (filed_paper(both).valid_until, filed_paper(both).first_registered_on) == (TODAY, None)


INSURANCE = PaperOnFile(kind="insurance", valid_until=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        (PAST, PastDay),
        (INSURANCE, PastDay),
        (PaperOnFile(kind="insurance", valid_until=date(2062, 5, 4)), FarDay),
        (PaperOnFile(kind="inspection", valid_until=date(2028, 5, 5)), FarDay),
        (PaperOnFile(kind="inspection", first_registered_on=date(2022, 5, 4)), PastDay),
        (PaperOnFile(kind="inspection", first_registered_on=date(9999, 12, 31)), NotYetGiven),
        (PaperOnFile(kind="consent", given_on=TODAY + timedelta(days=1), photo_id=UUID(int=1)), NotYetGiven),
    ],
)
def test_an_odd_day_is_asked_back(paper: PaperOnFile, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check_days((paper,), TODAY)


def test_an_odd_last_day_that_is_repeated_is_meant_and_another_is_not() -> None:
    repeated = PaperOnFile(kind="insurance", valid_until=INSURANCE.valid_until, confirmed=INSURANCE.valid_until)
    check_days((repeated,), TODAY)
    with pytest.raises(PastDay):
        check_days((PaperOnFile(kind="insurance", valid_until=date(2020, 1, 1), confirmed=PAST.valid_until),), TODAY)


@pytest.mark.parametrize(
    "paper",
    [
        PaperOnFile(kind="inspection", valid_until=TODAY),
        PaperOnFile(kind="insurance", valid_until=date(2028, 5, 4)),
        PaperOnFile(kind="inspection", first_registered_on=date(2022, 5, 5)),
        PaperOnFile(kind="inspection", first_registered_on=TODAY),
        PaperOnFile(kind="registration"),
    ],
)
def test_days_as_they_usually_are_pass(paper: PaperOnFile) -> None:
    check_days((paper,), TODAY)


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        (PaperOnFile(kind="inspection"), LastDayNeeded),
        (PaperOnFile(kind="inspection", valid_until=TODAY, insurer_consents=True), InsurersConsent),
        (PaperOnFile(kind="insurance", first_registered_on=TODAY), OfAnotherPaper),
        (PaperOnFile(kind="insurance", valid_until=TODAY, photo_id=UUID(int=1)), OfAnotherPaper),
        (PaperOnFile(kind="registration", given_on=TODAY), OfAnotherPaper),
        (PaperOnFile(kind="consent", given_on=TODAY), ConsentNeedsProof),
        (PaperOnFile(kind="consent", photo_id=UUID(int=1)), ConsentNeedsProof),
    ],
)
def test_a_paper_that_says_too_little_or_too_much_is_refused(
    fleet: Fleet, paper: PaperOnFile, refusal: type[Refused]
) -> None:
    command = FilePaper(coop_id=COOP, vehicle_id=entered(fleet), paper=paper)
    with pytest.raises(refusal):
        fleet.file_paper(command, asked())


def test_no_paper_is_filed_for_a_vehicle_out_of_service(fleet: Fleet) -> None:
    vehicle_id = entered(fleet)
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=vehicle_id), asked())
    with pytest.raises(OutOfService):
        fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=NEXT_YEAR), asked())


def test_asked_twice_it_is_filed_once(fleet: Fleet) -> None:
    asking = asked()
    command = FilePaper(coop_id=COOP, vehicle_id=entered(fleet), paper=NEXT_YEAR)
    assert fleet.file_paper(command, asking) == fleet.file_paper(command, asking)
    assert not fleet.file_paper(command, asked()).changed
