"""The catalogue is whole: every sentence has its French, with the same braces and French typography."""

import re
from pathlib import Path
from string import Formatter

import polib  # type: ignore[import-untyped]
import pytest

from api.speech.charter import charter
from api.speech.texts import LOCALES, best_language, gettext, isolated, ngettext, translations, translator
from governance.rules.catalogue import CATALOGUE
from tests.api.speech.extracted import extracted

FRENCH = polib.pofile(str(LOCALES / "fr.po"))


def braces(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def french_forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_has_its_french() -> None:
    known = {entry.msgid for entry in FRENCH if all(french_forms(entry))}
    assert sorted(extracted() - known) == []


def test_every_french_sentence_is_still_said() -> None:
    assert sorted({entry.msgid for entry in FRENCH} - extracted()) == []


def test_what_is_said_later_is_marked_where_it_stands() -> None:
    marked = extracted()
    voted = {text for rule in CATALOGUE.values() for text in (rule.template, rule.label, *rule.choices.values())}
    assert sorted({*voted, *charter("en")} - marked) == []


def test_no_entry_is_fuzzy_nor_twice() -> None:
    assert [entry.msgid for entry in FRENCH if entry.fuzzy] == []
    assert len({entry.msgid for entry in FRENCH}) == len(FRENCH)


def test_the_french_fills_only_the_braces_of_the_english() -> None:
    strangers = [
        (entry.msgid, form)
        for entry in FRENCH
        for form in french_forms(entry)
        if braces(form) - braces(entry.msgid) - braces(entry.msgid_plural or "")
    ]
    assert strangers == []


def test_the_french_drops_no_figure_of_the_english() -> None:
    lost = [entry.msgid for entry in FRENCH if not entry.msgid_plural and braces(entry.msgid) - braces(entry.msgstr)]
    assert lost == []


def test_french_punctuation_never_starts_a_line() -> None:
    breaking = re.compile(r" [;:?!»%€]|« ")
    assert [form for entry in FRENCH for form in french_forms(entry) if breaking.search(form)] == []


def test_the_page_never_says_avec_succes() -> None:
    assert "succès" not in Path(LOCALES / "fr.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "Vous devez 3\u00a0€"), ("en", "You owe 3\u00a0€"), ("eo", "You owe 3\u00a0€")]
)
def test_a_sentence_is_said_in_the_readers_language(lang: str, said: str) -> None:
    assert translator(lang)("You owe {amount}", amount="3\u00a0€") == said


def test_a_sentence_without_translation_stays_english() -> None:
    assert gettext("Nobody wrote this {noun}", "fr", noun="sentence") == "Nobody wrote this sentence"


def test_without_values_braces_are_left_alone() -> None:
    assert gettext("a {brace", "fr") == "a {brace"


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [("fr", 0, "0 jour"), ("fr", 1, "1 jour"), ("fr", 2, "2 jours"), ("en", 0, "0 days"), ("en", 1, "1 day")],
)
def test_counts_agree_as_each_language_wants(lang: str, count: int, said: str) -> None:
    assert ngettext("{count} day", "{count} days", count, lang) == said


def test_an_untranslated_plural_stays_english() -> None:
    assert ngettext("{count} whale", "{count} whales", 2, "fr") == "2 whales"


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("You owe {amount}") == "You owe {amount}"


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [("en-GB,en;q=0.9", "en"), ("de,en;q=0.5,fr;q=0.1", "en"), ("de", "fr"), ("", "fr"), ("fr-CA", "fr")],
)
def test_a_browser_gets_the_first_language_we_speak(accepted: str, lang: str) -> None:
    assert best_language(accepted) == lang


def test_a_name_from_right_to_left_turns_nothing_beside_it_around() -> None:
    assert gettext("{name} says yes or no", "en", name="محمد") == "\u2068محمد\u2069 says yes or no"
    assert isolated(isolated("שלום 12")) == "\u2068שלום 12\u2069"
    assert isolated("Zoé, 12,50 €") == "Zoé, 12,50 €"
