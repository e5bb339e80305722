"""The charter for programs: for everyone, in the reader's language, under the version one accepts."""

import pytest

from governance.coop import CHARTER_VERSION
from tests.kit.village import Village


@pytest.mark.parametrize(
    ("lang", "begins"), [("en", "I take care of the vehicles"), ("fr", "Je prends soin des véhicules")]
)
def test_everyone_reads_the_charter_in_her_language(village: Village, lang: str, begins: str) -> None:
    told = village.client.get("/api/charter", headers={"accept-language": lang}).json()
    assert told["version"] == CHARTER_VERSION
    assert len(told["sentences"]) == 6
    assert told["sentences"][0].startswith(begins)
