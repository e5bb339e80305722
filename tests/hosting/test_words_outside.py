"""What is published speaks of the product only: not of how, where or by whom it was made."""

import re
from pathlib import Path

import pytest

from tests.hosting.repository import lines_of, published

SELF = "tests/hosting/test_words_outside.py"
FORBIDDEN = {
    "the number of an issue": r"\b(?:issues?|ticket|PR|pull request) (?:no\.? )?#?\d+\b|\b(?:fix\w*|closes?|see) #\d+",
    "a working session": r"\b(?:this|previous|next|last|my) session (?:work|brief|report|note)|\bsession \d+\b",
    "an assistant": r"\b(?:claude|anthropic|openai|chatgpt|gpt-?\d|copilot|llm|language model|ai assistant)\b",
    "a path of one machine": r"(?<![\w.])/(?:work/|home/\w|root/|Users/\w)",
    "a file outside the repository": r"\.\./shared\b|\bBRIEF\.md\b",
    "a place to fetch packages from": r"--(?:default-|extra-)?index(?:-url)?\b|--(?:registry|find-links)\b"
    r"|\b(?:PIP|UV|NPM_CONFIG)_\w*(?:INDEX|REGISTRY)",
}

ADDRESS = re.compile(r"\w://(?:[^\s/@]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
READ = {"fsf.org", "github.com", "scripts.sil.org", "www.etalab.gouv.fr", "www.gnu.org", "www.w3.org"}  # licences
MADE_UP = re.compile(r"(?:.+\.)?example(?:\.org|\.fr)?|testserver\.local|127\.0\.0\.1|169\.254\.169\.254")
IMAGE = re.compile(r"^(?:FROM|\s+image:) +(\S+)")


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


def test_no_address_leads_elsewhere_than_to_a_licence_or_nowhere() -> None:
    assert [
        f"{path}:{number}: {host}"
        for path in published()
        for number, line in lines_of(path)
        for host in ADDRESS.findall(line)
        if host not in READ and not MADE_UP.fullmatch(host)
    ] == []


def test_an_image_is_named_without_the_place_it_comes_from() -> None:
    named = [
        found[1]
        for path in map(Path, ("Dockerfile", "compose.yaml"))
        for _, line in lines_of(path)
        if (found := IMAGE.match(line))
    ]
    assert len(named) == 3
    assert [image for image in named if "." in image.split("/")[0].split(":")[0] or image.count("/") > 1] == []


def test_no_name_of_a_file_holds_a_space_or_a_capital_inside_packages() -> None:
    odd = [str(path) for path in published() if path.suffix == ".py" and re.search(r"[A-Z\s-]", str(path))]
    assert odd == []
