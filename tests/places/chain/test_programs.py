"""Programs at the chain: where it stands, signed, and its links."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kernel.log.heads import Head, head_of
from tests.kit.village import COOP, Village

HERE = f"/coops/{COOP}"


def test_a_program_reads_where_the_chain_stands_and_can_check_who_says_so(village: Village) -> None:
    village.drove("Nadia", "Clio", 100)
    told = village.as_("Nadia").api("GET", f"{HERE}/checkpoint").json()
    head: Head = village.ask(head_of, COOP)
    assert (told["coop_id"], told["position"], told["hash"]) == (str(COOP), head.position, head.hash.hex())
    assert told["head"] == f"{COOP.hex}:{head.position}:{told['hash']}:{told['signature']}"
    signed, _, signature = told["head"].rpartition(":")
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["public_key"]))
    key.verify(bytes.fromhex(signature), signed.encode())


def test_what_happens_next_moves_it_on(village: Village) -> None:
    nadia = village.as_("Nadia")
    before = nadia.api("GET", f"{HERE}/checkpoint").json()
    village.booked("Nadia", "Kangoo")
    after = nadia.api("GET", f"{HERE}/checkpoint").json()
    assert after["position"] > before["position"]
    assert after["public_key"] == before["public_key"]


def test_a_program_takes_the_links_away(village: Village) -> None:
    nadia = village.as_("Nadia")
    links = nadia.api("GET", f"{HERE}/links").content
    assert links == nadia.get(f"{HERE}/links").content
    assert links.decode().splitlines()[-1].split()[-1] == nadia.api("GET", f"{HERE}/checkpoint").json()["hash"]
