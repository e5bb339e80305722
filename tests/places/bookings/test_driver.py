"""Who drove, for a fine, of a driver who was erased: a référent may see it, all are told, for fifteen months alone."""

from uuid import UUID

from governance.roles import Role
from people.sealed_drivers import forget_drivers, sealed_driver
from tests.kit.browser import Seen
from tests.kit.databases import on_both
from tests.kit.erasing import erased
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
FINE = {"reason": "Fine 42 of 2 November"}


def drove_and_was_erased(village: Village, name: str = "Nadia") -> UUID:
    booking_id = village.drove(name, "Zoé", 100)
    village.leave(name)
    erased(village.site.history, COOP, village.member(name), village.now)
    village.settle()
    return booking_id


def ask(village: Village, by: str, booking_id: UUID) -> Seen:
    return village.as_(by).api("POST", f"{HERE}/bookings/{booking_id}/driver", FINE)


@on_both
def test_a_referent_opens_who_made_the_trip(village: Village) -> None:
    booking_id = drove_and_was_erased(village)
    found = ask(village, "Claire", booking_id).json()
    assert (found["name"], found["email"], found["phone"]) == ("Nadia", "nadia@example.org", None)
    assert (found["started_at"], found["ended_at"]) == ("2026-11-02T08:00:00Z", "2026-11-02T10:00:00Z")


@on_both
def test_it_is_for_the_trip_alone_and_for_fifteen_months(village: Village) -> None:
    first = village.drove("Nadia", "Zoé", 100)
    village.pass_time(days=100)
    later = drove_and_was_erased(village)
    village.clock.now = village.now.replace(year=2028, month=2, day=2, hour=9, minute=59)
    assert ask(village, "Claire", first).status == 200
    village.pass_time(minutes=1)
    assert ask(village, "Claire", first).code == "driver-forgotten"
    assert ask(village, "Claire", later).status == 200
    with village.site.writing() as connection:
        forget_drivers(connection, village.now)  # as each hour brings
    assert village.ask(sealed_driver, village.site.keyring, COOP, village.member("Nadia")) is not None
    village.pass_time(days=101)
    with village.site.writing() as connection:
        forget_drivers(connection, village.now)
    assert village.ask(sealed_driver, village.site.keyring, COOP, village.member("Nadia")) is None
    assert ask(village, "Claire", later).code == "driver-forgotten"


@on_both
def test_nobody_else_may_and_nobody_is_opened_who_is_still_known(village: Village) -> None:
    of_jean, booking_id = village.drove("Jean", "Zoé", 10), drove_and_was_erased(village)
    for name in ("Paul", "Jean"):
        assert ask(village, name, booking_id).code == "not-your-role"
    assert ask(village, "Olga", booking_id).code == "not-a-member"
    assert ask(village, "Claire", of_jean).code == "driver-forgotten"


@on_both
def test_a_referent_who_looks_too_often_is_stopped(village: Village) -> None:
    booking_id = drove_and_was_erased(village)
    assert [ask(village, "Claire", booking_id).status for _ in range(6)] == [200] * 5 + [429]


def test_who_never_drove_is_kept_nowhere(village: Village) -> None:
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    assert village.ask(sealed_driver, village.site.keyring, COOP, village.member("Nadia")) is None


def test_the_page_asks_why_shows_it_once_and_all_read_that_it_was_opened(village: Village) -> None:
    here, claire = f"{HERE}/bookings/{drove_and_was_erased(village)}", village.as_("Claire")
    assert "A fine came: who drove?" in claire.get(here).text
    assert "Nadia" not in claire.get(here).text
    assert claire.post(f"{here}/driver").status == 422
    shown = claire.post(f"{here}/driver", **FINE)
    assert "Nadia" in shown.text
    assert "nadia@example.org" in shown.text
    assert "Nadia" not in claire.get(here).text
    said = "Claire looked up who drove, for a fine: Fine 42 of 2 November"
    assert said in village.as_("Jean").get(f"{HERE}/community").text


def test_only_a_referent_is_offered_it_and_of_the_erased_alone(village: Village) -> None:
    of_jean = village.drove("Jean", "Zoé", 10)
    here = f"{HERE}/bookings/{drove_and_was_erased(village)}"
    village.give_role("Paul", Role.TREASURER)
    assert "who drove?" not in village.as_("Paul").get(here).text
    assert "who drove?" not in village.as_("Claire").get(f"{HERE}/bookings/{of_jean}").text
