"""What somebody usually takes is offered before she asks, at home and in the search: two taps."""

import re
from datetime import timedelta

from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"
CHIP = re.compile(r'<a href="([^"]+)">([^<]+as usual)</a>')


def three_evenings(village: Village, vehicle: str = "Kangoo") -> None:
    """Let Nadia take a vehicle on three Mondays at 18:00, and today be the Tuesday after."""
    village.clock.now = village.now.replace(hour=17, minute=0)  # 18:00 here
    for _ in range(3):
        village.drove("Nadia", vehicle, 10)
        village.pass_time(days=7, hours=-2)
    village.settle()
    village.clock.now -= timedelta(days=6)


def test_it_is_one_tap_from_home_and_one_from_the_search(village: Village) -> None:
    three_evenings(village)
    nadia = village.as_("Nadia")
    for path in (f"{HERE}/", f"{HERE}/availability"):
        [(href, said)] = CHIP.findall(nadia.get(path).html)
        assert said.replace("\u00a0", " ") == "Monday 6–8 pm, as usual"
        confirm = nadia.get(href.replace("&amp;", "&"))
        assert "Book Kangoo" in confirm.text
        assert "Monday 6–8 pm" in confirm.text
        assert 'name="command_id"' in confirm.html


def test_where_its_vehicle_is_taken_others_are_offered(village: Village) -> None:
    three_evenings(village)
    [(href, _)] = CHIP.findall(village.as_("Nadia").get(f"{HERE}/").html)
    village.booked("Paul", "Kangoo", (village.now + timedelta(days=6)).replace(hour=17, minute=0))
    seen = village.as_("Nadia").get(href.replace("&amp;", "&"))
    assert "Already booked" in seen.text
    assert "Free at the same hours" in seen.text


def test_nothing_is_usual_for_who_took_nothing_often(village: Village) -> None:
    village.drove("Paul", "Kangoo", 10)
    village.settle()
    for path in (f"{HERE}/", f"{HERE}/availability"):
        assert "as usual" not in village.as_("Paul").get(path).text
