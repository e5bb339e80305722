"""The first view on a phone costs at most five requests and 30 kB over the wire, whichever page it is."""

import pytest

from tests.journeys.lived import HERE, Lived

MOST_REQUESTS, MOST_BYTES = 5, 30_000


@pytest.mark.parametrize(
    ("name", "path"), [(None, "/sign-in"), ("Nadia", f"{HERE}/"), ("Nadia", f"{HERE}/availability?when=tomorrow")]
)
def test_a_first_view_is_small(busy: Lived, name: str | None, path: str) -> None:
    context = busy.device(name, service_workers="block")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    assert 0 < len(sizes) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES
