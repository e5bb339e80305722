"""All that is wrong with a form is said at once, each by the name of its field, with a link that leads there."""

import re

from tests.front.forms import sendable, way_of
from tests.front.ground import Ground, all_forms, told_beside
from tests.kit.databases import once

SUMMARY = re.compile(r'role="alert".*?</div>', re.DOTALL)
LINK = re.compile(r'<a href="#([\w-]+)">(.*?)</a>')


@once
def test_what_was_left_empty_is_named_at_once_by_links_that_lead_there(ground: Ground) -> None:
    """Who fills in all that is named is not sent back for more."""
    named = 0
    for someone, form in all_forms(ground):
        empty = dict.fromkeys(form.typed, "")
        response = someone.post(form.action, sendable(form, **empty))
        ground.check(response, form.action)
        if response.status_code != 422:
            continue
        summary = SUMMARY.search(response.text)
        assert summary, form.action
        links = dict(LINK.findall(summary[0]))
        assert links.keys() == told_beside(response), form.action
        for name, words in links.items():
            assert f'id="{name}"' in response.text, (form.action, name)
            assert " – " in words, (form.action, words)
        filled = {name: text for name, text in empty.items() if name not in links}
        again = someone.post(form.action, sendable(form, **filled))
        ground.check(again, form.action)
        assert again.status_code != 422, (form.action, way_of(form), links, told_beside(again))
        named += len(links)
    assert named > 20
