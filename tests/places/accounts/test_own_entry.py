"""A line by whose undoing the treasurer gains: another speaks for the co-op, and is offered to undo it."""

from uuid import UUID, uuid4

from booking.trip import trip_id
from governance.roles import Role
from kernel.money import Money
from ledger.entries.causes.fuel import fuel_id
from tests.kit.browser import Seen
from tests.kit.databases import on_both, once
from tests.kit.money import HERE, charged, lent, owed
from tests.kit.village import MEMBERS, Village

FORM = "Undo this line"


def of(entry_id: UUID) -> str:
    return f"{HERE}/entries/{entry_id}"


def driven(village: Village, by: str = "Claire") -> str:
    """Let someone owe the purse 50.00 for a trip; return the page of its charge."""
    return of(charged(village.drove(by, "Zoé", 200, hours=4)))


def undo(village: Village, by: str, line: str) -> Seen:
    seen = village.as_(by).api("POST", f"{line}/reversal", {"reason": "Misread"})
    village.settle()
    return seen


def offered(village: Village, line: str, *names: str) -> set[str]:
    return {name for name in names or MEMBERS if FORM in village.as_(name).get(line).text}


@on_both
def test_where_nobody_else_holds_a_role_any_other_member_undoes_it(village: Village) -> None:
    line = driven(village)
    assert offered(village, line) == {*MEMBERS} - {"Claire"}
    refused = undo(village, "Claire", line)
    assert (refused.status, refused.code, owed(village, "Claire")) == (403, "not-yours", -5_000)
    assert undo(village, "Luc", line).status == 201
    assert owed(village, "Claire") == 0


@on_both
def test_the_same_sent_twice_is_answered_twice_and_undone_once(village: Village) -> None:
    line, key, luc = driven(village), uuid4(), village.as_("Luc")
    for _ in range(2):
        assert luc.api("POST", f"{line}/reversal", {"reason": "Misread"}, key=key).status == 201
        village.settle()
    assert (owed(village, "Claire"), undo(village, "Luc", line).code) == (0, "already-reversed")
    assert undo(village, "Claire", line).code == "not-yours"


@on_both
def test_a_referent_undoes_it_and_before_her_another_treasurer(village: Village) -> None:
    line = driven(village)
    village.give_role("Amina", Role.REFERENT)
    assert offered(village, line) == {"Amina"}
    village.give_role("Paul", Role.TREASURER)
    assert offered(village, line) == {"Paul"}
    assert [undo(village, name, line).status for name in ("Claire", "Amina", "Luc", "Paul")] == [403, 403, 403, 201]


@on_both
def test_the_only_member_undoes_her_own(village: Village) -> None:
    line = driven(village)
    for name in MEMBERS[1:]:
        village.leave(name)
    assert offered(village, line, "Claire") == {"Claire"}
    assert undo(village, "Claire", line).status == 201


@on_both
def test_one_by_whose_undoing_she_loses_or_is_even_is_hers_to_undo(village: Village) -> None:
    assert offered(village, of(lent(village, "Nadia"))) == {"Claire"}
    booking_id = village.drove("Claire", "Zoé", 100, paid=Money(6_000))  # the purse owes Claire 60.00 for the fuel
    assert undo(village, "Claire", of(fuel_id(trip_id(booking_id)))).status == 201


@on_both
def test_fuel_that_the_purse_owes_her_another_who_speaks_for_it_undoes_too(village: Village) -> None:
    line = of(fuel_id(trip_id(village.drove("Claire", "Zoé", 100, paid=Money(6_000)))))
    assert offered(village, line) == {*MEMBERS}
    village.give_role("Amina", Role.REFERENT)
    assert offered(village, line) == {"Claire", "Amina"}
    assert (undo(village, "Luc", line).status, undo(village, "Amina", line).status) == (403, 201)
    assert owed(village, "Claire") == -2_500
    by_nadia = of(fuel_id(trip_id(village.drove("Nadia", "Zoé", 100, paid=Money(6_000)))))
    assert offered(village, by_nadia) == {"Claire"}


@on_both
def test_her_own_gift_is_not_hers_to_take_back(village: Village) -> None:
    village.drove("Claire", "Zoé", 100, paid=Money(6_000))
    gift = village.as_("Claire").api("POST", f"{HERE}/contributions", {"cents": 500}).json()["id"]
    assert undo(village, "Claire", of(gift)).status == 403
    assert undo(village, "Nadia", of(gift)).status == 201


@once
def test_whoever_may_not_reads_who_can(village: Village) -> None:
    line = driven(village)
    others = "a neighbour who gains nothing by it can undo this one"
    assert others in village.as_("Claire").get(line).text
    village.give_role("Amina", Role.REFERENT)
    for name in ("Claire", "Luc"):
        assert "Tell Amina: a line is never edited, but can be undone." in village.as_(name).get(line).text
    undo(village, "Amina", line)
    assert others not in village.as_("Claire").get(line).text
    assert offered(village, line) == set()
