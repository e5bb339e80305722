"""What every way in says yes to: a form as a page shows it, a program's example with what is real here."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tests.front.bodies import body_for
from tests.front.forms import NAMED, Shown, sendable
from tests.front.ids import CODE
from tests.front.lived import LATER, PHOTO
from tests.front.ways import Way

Forms = Mapping[str, Shown]


def content_for(way: Way, forms: Forms, ids: dict[str, str]) -> Any:
    """Return what a way in is sent: a form's fields, or a program's body."""
    if way.method == "GET":
        return None
    if not way.is_api:
        return sendable(forms[way.name]) if way.name in forms else {}
    described = way.route.described
    if described is None or described.body is bytes:
        return PHOTO
    return msgspec.json.encode(well_made(way, ids))


def well_made(way: Way, ids: dict[str, str]) -> dict[str, Any]:
    """Return the body of a program's command, which can be carried out by whoever may."""
    assert way.route.described is not None
    return body_for(way.route.described, ids) | _here(ids).get(way.name.removeprefix("api."), {})


def _here(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return what an example cannot know: today, the odometers, the plates, who shares what."""
    now = LATER.isoformat()
    return {
        "bookings.correct_readings": {"odometer_out_km": 10_000, "odometer_in_km": 10_040},
        "bookings.take_keys": {"taken_at": now, "odometer_km": 10_000},
        "bookings.return_vehicle": {"returned_at": now, "odometer_km": 10_200},
        "coming_in.open_code": {"ticket": ids["ticket"], "code": CODE},
        "coming_in.open_session": {"token": ids["token"]},
        "expenses.record_expense": {"split": "equal", "among": {ids["coop_id"]: 1}},
        "vehicles.move_home": {"home": {"text": "Rue du Viaduc, Die"}},
        "settlement.confirm_paid": {"cents": 1},
        "settlement.declare_paid": {"cents": 1},
        "settlement.issue_plan": {"as_of": LATER.date().isoformat()},
        "vehicles.add_vehicle": {
            "plate": NAMED["plate"],
            "sharing": "lent",
            "owners": [{"member_id": ids["member_id"], "parts": 1}],
        },
    }
