"""A co-op lives its first month, by nine people's programs and JSON alone, in both databases."""

from litestar import Litestar

from tests.kit.databases import on_both
from tests.kit.still_site import client_of
from tests.kit.village import Clock, StillSite, settings_of
from tests.places.month.neighbours import Neighbours
from tests.places.month.whole import live_the_month


@on_both
def test_neighbours_live_a_whole_month_through_json_alone(database_url: str, front_door: Litestar) -> None:
    clock = Clock()
    site = StillSite(settings_of(database_url), clock)
    front_door.state.site = site
    with client_of(front_door) as client:
        live_the_month(Neighbours(site, client, clock))
