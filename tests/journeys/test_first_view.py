"""The first view on a phone costs at most five requests and 30 kB over the wire, and its bar is one line of words."""

import pytest

from tests.journeys.lived import HERE, Lived

MOST_REQUESTS, MOST_BYTES = 5, 30_000
HEIGHTS = "(words) => words.map((each) => each.getBoundingClientRect().height)"


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


@pytest.mark.parametrize("width", [360, 390])
def test_no_word_of_the_five_places_is_broken_when_it_is_bold(busy: Lived, width: int) -> None:
    page = busy.device("Nadia", viewport={"width": width, "height": 844}, service_workers="block").new_page()
    for place in ("", "availability", "bookings", "accounts", "community"):
        page.goto(f"{HERE}/{place}")
        heights = page.locator(".places span").evaluate_all(HEIGHTS)
        assert (len(heights), len(set(heights))) == (5, 1), place
