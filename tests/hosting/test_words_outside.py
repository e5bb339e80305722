"""What is published speaks of the product only: not of how, where or by whom it was made."""

import re

import pytest

from tests.hosting.repository import lines_of, published

SELF = "tests/hosting/test_words_outside.py"
FORBIDDEN = {
    "the number of an issue": r"\b(?:issues?|ticket|PR|pull request) (?:no\.? )?#?\d+\b|\b(?:fix\w*|closes?|see) #\d+",
    "a working session": r"\b(?:this|previous|next|last|my) session (?:work|brief|report|note)|\bsession \d+\b",
    "an assistant": r"\b(?:claude|anthropic|openai|chatgpt|gpt-?\d|copilot|llm|language model|ai assistant)\b",
    "a path of one machine": r"(?<![\w.])/(?:work/|home/\w|root/|Users/\w)",
    "a file outside the repository": r"\.\./shared\b|\bBRIEF\.md\b",
    "the address of a registry": r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|index-url\s+\S*//|docker\.io/",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_published_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    assert [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in published()
        if str(path) != SELF
        for number, line in lines_of(path)
        if pattern.search(line)
    ] == []


def test_no_name_of_a_file_holds_a_space_or_a_capital_inside_packages() -> None:
    odd = [str(path) for path in published() if path.suffix == ".py" and re.search(r"[A-Z\s-]", str(path))]
    assert odd == []
