"""Every page is drawn from what its first comment promises: in both languages, CSP-clean and small."""

import re
from pathlib import Path

import pytest

from api.web.answers import View
from api.web.frame import environment
from tests.api.gallery import STATIC, draw, pages

TEMPLATES = STATIC.parent / "templates"
NAMES = sorted(pages())
PLACES = TEMPLATES.parent / "places"
BUILT = [*TEMPLATES.rglob("*.html"), *PLACES.rglob("*.html")]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_title_no_inline_style_and_no_inline_script(name: str, lang: str) -> None:
    page = draw(name, lang)
    assert page.count("<h1") == 1
    assert f'<html lang="{lang}"' in page
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?! src)|javascript:", page)


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_there_once_and_labels_find_them(name: str) -> None:
    page = draw(name)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r'\bfor="([^"]+)"', page)) | {
        word for found in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page) for word in found.split()
    }
    assert pointed - set(ids) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_changes_something_is_protected(name: str) -> None:
    for form in re.findall(r'<form method="post".*?</form>', draw(name), flags=re.DOTALL):
        assert 'name="csrf"' in form


@pytest.mark.parametrize("name", NAMES)
def test_every_class_is_in_the_style_sheet(name: str) -> None:
    css = (STATIC / "voisiture.css").read_text(encoding="utf-8")
    used = {word for found in re.findall(r'class="([^"]*)"', draw(name)) for word in found.split()}
    plain = {"tint-0", "accent-green", "over"}  # look as nothing is said
    assert {name for name in used if not re.search(rf"\.{name}\b", css)} <= plain


def test_every_template_is_in_the_gallery() -> None:
    shown = {sample.template if isinstance(sample, View) else sample[0] for sample in pages().values()}
    assert environment.loader is not None
    loaded = {
        name: environment.loader.get_source(environment, name)[0]
        for name in environment.list_templates(extensions=["html"])
    }
    assert {name for name, source in loaded.items() if '{% extends "base.html" %}' in source} == shown


@pytest.mark.parametrize("path", BUILT, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_has_100_lines_of_120_characters_at_most(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 100
    assert [line for line in lines if len(line) > 120 and "<path" not in line] == []
