"""Every name and attribute in a template is one its view has: no contract stands in a comment."""

import pytest

from api import places
from api.web.answers import View
from api.web.frame import environment
from api.web.routes import every_route
from tests.architecture.template_types import Reader

every_route(places)
VIEWS = sorted(
    (view for view in View.__subclasses__() if view.__module__.startswith("api.")), key=lambda view: view.template
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.template)
def test_a_template_names_only_what_its_view_has(view: type[View]) -> None:
    assert Reader(view).faults == []


def test_every_page_among_the_templates_has_a_view() -> None:
    assert environment.loader is not None
    pages = {
        name
        for name in environment.list_templates(extensions=["html"])
        if "/" in name and '{% extends "base.html" %}' in environment.loader.get_source(environment, name)[0]
    }
    assert pages == {view.template for view in VIEWS if "/" in view.template}
