"""A long list of governance is read by its index, slice by slice, on SQLite that has not counted its tables yet too."""

from governance.queries import invitations_slice
from tests.governance.given import COOP, NOON
from tests.governance.village import Village
from tests.kit.databases import on_sqlite
from tests.kit.plans import plan_of

pytestmark = on_sqlite


def test_an_index_answers_invitations_without_sorting(village: Village) -> None:
    for _ in range(3):
        village.invitation()
    with village.reading() as connection:
        first = invitations_slice(connection, COOP, NOON, most=1)
        plan = plan_of(connection, lambda: invitations_slice(connection, COOP, NOON, after=first.after, most=1))
    assert plan.startswith("SEARCH governance_invitations USING INDEX governance_invitations_by_issue (coop_id=?")
    assert "\n" not in plan
