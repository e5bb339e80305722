"""La preuve: a member sees where the chain stands, keeps it, and is told how to check it."""

import re

from kernel.log.heads import SignedHead, Signer
from tests.kit.village import COOP, ELSEWHERE, Village

HERE = f"/coops/{COOP}"


def test_my_accounts_tell_where_the_chain_stands_folded_and_lead_to_how_one_checks(village: Village) -> None:
    last = village.as_("Nadia").api("GET", f"{HERE}/checkpoint").json()
    accounts = village.as_("Nadia").get(f"{HERE}/accounts")
    (folded,) = re.findall(r"(?s)<details class=\"small soft.*?</details>", accounts.html)
    assert f"No. {last['position']}, fingerprint {last['hash'][:12]}" in folded
    assert f'data-copy="{last["head"]}"' in folded
    assert f'href="{HERE}/proof"' in folded


def test_the_page_of_the_proof_shows_the_line_to_keep_the_key_and_what_to_do(village: Village) -> None:
    last = village.as_("Nadia").api("GET", f"{HERE}/checkpoint").json()
    shown = village.as_("Nadia").get(f"{HERE}/proof")
    assert last["head"] in shown.text
    assert last["public_key"] in shown.text
    assert "check_head.py" in shown.text
    assert Signer(village.site.keyring).has_signed(SignedHead.read(last["head"]))


def test_it_is_said_in_french_too(village: Village) -> None:
    nadia = village.as_("Nadia")
    nadia.cookies["lang"] = "fr"
    assert "Pour vérifier une ligne gardée" in nadia.get(f"{HERE}/proof").text


def test_the_file_of_fingerprints_is_a_text_to_take_away(village: Village) -> None:
    taken = village.as_("Nadia").get(f"{HERE}/links")
    assert taken.headers["content-disposition"] == 'attachment; filename="links-2026-11-02.txt"'
    assert taken.headers["content-type"].startswith("text/plain")
    beginning, *lines = taken.content.decode().splitlines()
    assert beginning.split() == [COOP.hex, "0", "0" * 64]
    assert lines[-1].split()[2] == village.as_("Nadia").api("GET", f"{HERE}/checkpoint").json()["hash"]


def test_the_file_says_nothing_of_anybody(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    taken = village.as_("Nadia").get(f"{HERE}/links").content.decode()
    assert re.fullmatch(r"[0-9a-f]{32} 0 0{64}\n(\d+ [0-9a-f]{64} [0-9a-f]{64}\n)+", taken)


def test_another_co_ops_members_see_none_of_it(village: Village) -> None:
    for page in ("proof", "links"):
        assert village.as_("Olga").get(f"{HERE}/{page}").status == 403
        assert village.as_("Olga").get(f"/coops/{ELSEWHERE}/{page}").status == 200
