"""Codes tried at the same instant: five tries are five, and of a code and its link one alone is good, once."""

from functools import partial

import pytest
from sqlalchemy import select

from people.codes import TRIES
from people.sign_in import sessions_of, sign_in_links
from tests.kit.races import at_once
from tests.kit.scale import LINKS
from tests.kit.village import Village, person_id_of
from tests.places.coming_in.links import code_in, token_in, wrong
from tests.places.conftest import village, village_rows
from tests.races.test_links import browsers

__all__ = ["village", "village_rows"]

pytestmark = pytest.mark.parametrize("number", range(LINKS))


def asked(village: Village) -> str:
    """Ask for a link for Nadia; return the path of the page that waits."""
    return village.anyone().post("/sign-in-links", email="nadia@example.org").path


def test_however_many_try_at_once_five_tries_are_counted(village: Village, number: int) -> None:
    waiting, code = asked(village), code_in(village, "Nadia")
    seen = at_once(*(partial(browser.post, waiting, code=wrong(code)) for browser in browsers(village, 9)))
    assert sorted(page.status for page in seen) == [409] * (9 - TRIES + 1) + [422] * (TRIES - 1), number
    with village.site.reading() as connection:
        assert connection.execute(select(sign_in_links.c.tries)).scalars().all() == [TRIES]
    assert village.anyone().post(waiting, code=code).status == 409


def test_the_right_code_typed_by_many_signs_in_one(village: Village, number: int) -> None:
    waiting, code = asked(village), code_in(village, "Nadia")
    devices = village.ask(sessions_of, person_id_of("Nadia"))
    hers = browsers(village, 4)
    seen = at_once(*(partial(browser.post, waiting, code=code) for browser in hers))
    assert sorted(page.status for page in seen) == [200] + [422] * 3, number
    assert len(village.ask(sessions_of, person_id_of("Nadia"))) == len(devices) + 1


def test_of_a_code_and_its_link_used_at_once_one_is_good(village: Village, number: int) -> None:
    waiting, code, token = asked(village), code_in(village, "Nadia"), token_in(village, "Nadia")
    here, there = browsers(village, 2)
    typed, pressed = at_once(partial(here.post, waiting, code=code), partial(there.post, "/sessions", token=token))
    assert (typed.status, pressed.status) in ((200, 410), (422, 200)), number
    assert bool(here.token) != bool(there.token)
