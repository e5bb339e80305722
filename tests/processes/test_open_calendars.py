"""A vehicle that enters service can be booked, by its kind of sharing, while its papers hold, until it leaves."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from booking.policies import NotInService, PapersExpired
from booking.queries import booking
from fleet.commands import PaperOnFile
from tests.kit.village import COOP, UNTIL, Village
from tests.processes.acts import calendar_of, enter, file_paper, leave_service, owned_by

LATE_IN_NOVEMBER = datetime(2026, 11, 20, 17, tzinfo=UTC)
MIDDLE_OF_NOVEMBER = date(2026, 11, 15)


def papers(insurance: date, inspection: date) -> tuple[PaperOnFile, ...]:
    return (
        PaperOnFile(kind="insurance", valid_until=insurance, insurer_consents=True),
        PaperOnFile(kind="inspection", valid_until=inspection),
        PaperOnFile(kind="registration"),
    )


def limit(village: Village, vehicle_id: UUID) -> tuple[date | None, str | None]:
    row = calendar_of(village, vehicle_id)
    return row.papers_until, row.paper


def test_a_lent_vehicle_opens_with_its_owners_approval(village: Village) -> None:
    row = calendar_of(village, enter(village, sharing="lent", owners=owned_by(village, "Paul")))
    assert (row.open, row.approval, row.owners) == (True, "owner", [str(village.member("Paul"))])


@pytest.mark.parametrize(("sharing", "owners"), [("co_owned", ("Paul", "Luc")), ("group", ())])
def test_the_others_open_to_everyone(village: Village, sharing: str, owners: tuple[str, ...]) -> None:
    row = calendar_of(village, enter(village, sharing=sharing, owners=owned_by(village, *owners)))
    assert (row.open, row.approval, len(row.owners)) == (True, "everyone", len(owners))


@pytest.mark.parametrize("ends_first", ["insurance", "inspection"])
def test_the_paper_that_ends_first_is_the_limit(village: Village, ends_first: str) -> None:
    ending = {"insurance": UNTIL, "inspection": UNTIL} | {ends_first: MIDDLE_OF_NOVEMBER}
    assert limit(village, enter(village, papers=papers(**ending))) == (MIDDLE_OF_NOVEMBER, ends_first)


def test_nobody_books_beyond_the_limit_and_everyone_once_it_is_renewed(village: Village) -> None:
    file_paper(village, village.vehicle("Zoé"), "inspection", MIDDLE_OF_NOVEMBER)
    with pytest.raises(PapersExpired):
        village.booked("Nadia", "Zoé", LATE_IN_NOVEMBER)
    file_paper(village, village.vehicle("Zoé"), "inspection", date(2029, 1, 1))
    assert limit(village, village.vehicle("Zoé")) == (UNTIL, "insurance")
    village.booked("Nadia", "Zoé", LATE_IN_NOVEMBER)


def test_a_bike_has_no_such_limit(village: Village) -> None:
    assert limit(village, village.vehicle("Biporteur")) == (None, None)


def test_a_vehicle_that_leaves_takes_no_bookings_and_keeps_those_it_promised(village: Village) -> None:
    promised = village.booked("Nadia", "Zoé", LATE_IN_NOVEMBER)
    leave_service(village, village.vehicle("Zoé"))
    with pytest.raises(NotInService):
        village.booked("Nadia", "Zoé")
    assert village.ask(booking, village.site.keyring, COOP, promised).status == "confirmed"
