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


def test_its_version_is_the_one_that_starting_a_co_op_accepts(village: Village) -> None:
    version = village.anyone().api("GET", "/charter").json()["version"]
    body = {"name": "Les Voisins", "commune_code": "26113", "charter_version": version}
    assert village.as_("Sacha").api("POST", "/coops", body).status == 201
    refused = village.as_("Sacha").api("POST", "/coops", body | {"charter_version": "2020-01"})
    assert (refused.status, refused.code) == (409, "charter-changed")
