from datetime import date, timedelta

import pytest

from fleet.application import Fleet
from fleet.catalogue import PaperState
from fleet.commands import FilePaper, LeaveService, PaperOnFile
from fleet.policies import InsurersConsent, LastDayNeeded
from fleet.queries import PaperRow, papers_on_file, papers_to_renew, vehicles_in_service
from fleet.vehicle import OutOfService
from kernel.refused import Refused
from tests.fleet.conftest import Reader
from tests.fleet.garage import CLIO, COOP, TODAY, asked, but, entered

PAST = PaperOnFile(kind="inspection", valid_until=TODAY - timedelta(days=1))
NEXT_YEAR = PaperOnFile(kind="inspection", valid_until=TODAY.replace(year=2027))


def test_a_renewed_inspection_takes_the_place_of_the_past_one(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet, but(CLIO, papers=(PAST,)))
    assert read(vehicles_in_service, COOP, on=TODAY)[0].past_due == ("inspection",)
    fleet.file_paper(FilePaper(coop_id=COOP, vehicle_id=vehicle_id, paper=NEXT_YEAR), asked())
    assert read(vehicles_in_service, COOP, on=TODAY)[0].past_due == ()
    assert read(papers_on_file, COOP, vehicle_id, on=TODAY)[0] == PaperRow(
        kind="inspection", state="in_order", valid_until=date(2027, 5, 4), days_left=365, insurer_consents=False
    )


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "past_due"), (0, "soon"), (60, "soon"), (61, "in_order"), (-4000, "past_due")]
)
def test_a_paper_is_judged_at_a_date(fleet: Fleet, read: Reader, days: int, state: PaperState) -> None:
    paper = PaperOnFile(kind="insurance", valid_until=TODAY + timedelta(days=days), insurer_consents=True)
    vehicle_id = entered(fleet, but(CLIO, papers=(paper,)))
    on_file = {row.kind: row for row in read(papers_on_file, COOP, vehicle_id, on=TODAY)}
    insurance = on_file["insurance"]
    assert (insurance.state, insurance.valid_until, insurance.days_left) == (state, paper.valid_until, days)
    assert insurance.insurer_consents
    assert (on_file["inspection"].state, on_file["inspection"].days_left) == ("missing", None)


def test_a_registration_has_no_end(fleet: Fleet, read: Reader) -> None:
    vehicle_id = entered(fleet, but(CLIO, papers=(PaperOnFile(kind="registration"),)))
    on_file = {row.kind: row.state for row in read(papers_on_file, COOP, vehicle_id, on=TODAY)}
    assert on_file == {"inspection": "missing", "insurance": "missing", "registration": "in_order"}


def test_the_first_to_end_is_the_first_to_renew(fleet: Fleet, read: Reader) -> None:
    soon = PaperOnFile(kind="insurance", valid_until=TODAY + timedelta(days=7))
    vehicle_id = entered(fleet, but(CLIO, papers=(soon, PAST, PaperOnFile(kind="registration"))))
    sold = entered(fleet, but(CLIO, plate="ZZ-999-ZZ", papers=(PAST,)))
    fleet.leave_service(LeaveService(coop_id=COOP, vehicle_id=sold), asked())
    renew = read(papers_to_renew, COOP, on=TODAY)
    assert {(ending.vehicle_id, ending.vehicle_name) for ending in renew} == {(vehicle_id, "Clio")}
    assert [(ending.paper.kind, ending.paper.days_left) for ending in renew] == [("inspection", -1), ("insurance", 7)]


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        (PaperOnFile(kind="inspection"), LastDayNeeded),
        (PaperOnFile(kind="inspection", valid_until=TODAY, insurer_consents=True), InsurersConsent),
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
