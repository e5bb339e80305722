"""What a command names is of its own kind, co-op and vehicle: any other id in its body is refused, nothing is done."""

from collections.abc import Callable, Iterator

from governance.queries import members_of
from tests.front.bodies import Place, fields_of
from tests.front.ground import Ground
from tests.front.ids import ids_of
from tests.front.programs import Program, programs
from tests.kit.databases import on_both
from tests.kit.village import COOP, ELSEWHERE

CALLED_OTHERWISE = {"receipt": "photo_id", "photos": "photo_id", "among": "account_id", "paid": "account_id"}
"""Of what a field holds the id, or several, where its name does not say so."""

WRITTEN: dict[str, Callable[[str], object]] = {
    "uuid": lambda found: found,
    "list": lambda found: [found],
    "dict": lambda found: {found: 4_800},
}
"""How one id is written in a field, by its kind."""

pytestmark = on_both


def references(program: Program) -> Iterator[tuple[Place, str, str]]:
    """Give where a body holds ids, of what, and in which kind of field."""
    for place, kind, _ in fields_of(program.described):
        name = CALLED_OTHERWISE.get(str(place[-1]), str(place[-1]))
        if kind in WRITTEN and name.endswith("_id"):
            yield place, name, kind


def fitting(ground: Ground) -> dict[str, set[str]]:
    """Return the ids that fit under many names: members are drivers and proposers too, and have accounts."""
    members = {str(row.member_id) for row in ground.village.ask(members_of, COOP, ground.village.now)}
    return {"member_id": members, "account_id": {*members, str(COOP)}}


def test_no_reference_of_another_kind_or_co_op_passes(ground: Ground) -> None:
    mine, theirs = ids_of(ground.village, COOP, "Nadia"), ids_of(ground.village, ELSEWHERE, "Olga")
    fits, tried = fitting(ground), set[str]()
    for program in programs(ground):
        for place, name, kind in references(program):
            of_others = {known: found for known, found in mine.items() if known.endswith("_id") and known != name}
            for known, found in {**of_others, "theirs": theirs.get(name, str(ELSEWHERE))}.items():
                if found not in fits.get(name, ()):
                    response = program.send(place, WRITTEN[kind](found))
                    ground.check(response, (program.name, place, known))
                    assert response.status_code >= 400, (program.name, place, known)
            tried.add(f"{program.name.removeprefix('api.')} {'.'.join(map(str, place))}")
    assert {"bookings.take_keys photos", "expenses.record_expense paid", "vehicles.report_damage trip_id"} <= tried
