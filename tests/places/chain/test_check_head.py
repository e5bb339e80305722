"""A member checks the line she kept by a program of its own, which asks nothing of the site nor of any library."""

import ast
import subprocess
import sys
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kernel.log.heads import SignedHead
from tests.hosting.repository import ROOT
from tests.kit.village import COOP, ELSEWHERE, Village

PROGRAM = ROOT / "docs" / "check_head.py"
HERE = f"/coops/{COOP}"

# RFC 8032, section 7.1: public key, message, signature of its tests 1, 2, 3 and SHA(abc)
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595b"
            "be24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb430"
            "2aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716e"
            "d28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643c"
            "e80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138a"
            "c17ad9bef1177331a704"
        ),
    ),
)


class Kept:
    """What Nadia has in her hands: the line and the key of an earlier day, and a file of links."""

    def __init__(self, village: Village, folder: Path) -> None:
        told = village.as_("Nadia").api("GET", f"{HERE}/checkpoint").json()
        self.head, self.key = str(told["head"]), str(told["public_key"])
        self.file = folder / "links.txt"
        village.booked("Nadia", "Kangoo")
        self.file.write_bytes(village.as_("Nadia").get(f"{HERE}/links").content)

    def check(self, *heads: str) -> tuple[int, str]:
        """Run the program by itself; return its status and what it says."""
        asked = [sys.executable, "-I", str(PROGRAM), str(self.file), self.key, *(heads or (self.head,))]
        ended = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=self.file.parent)
        return ended.returncode, ended.stdout + ended.stderr

    def change(self, number: int, part: int, value: str) -> None:
        """Write another value into a line of the file."""
        lines = [line.split() for line in self.file.read_text().splitlines()]
        lines[number][part] = value
        self.file.write_text("".join(f"{' '.join(line)}\n" for line in lines))


@pytest.fixture
def kept(village: Village, tmp_path: Path) -> Kept:
    return Kept(village, tmp_path)


@pytest.fixture(scope="module")
def program() -> ModuleType:
    spec = spec_from_file_location("check_head", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_short_and_needs_nothing_but_python() -> None:
    text = PROGRAM.read_text()
    assert len(text.splitlines()) < 100
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {name.name if isinstance(node, ast.Import) else str(node.module) for node in imports for name in node.names}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_are_judged_as_rfc_8032_does(program: ModuleType, key: str, message: str, signature: str) -> None:
    of, said, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert program.is_signed(of, said, signed)
    assert not program.is_signed(of, said + b"\0", signed)
    for bit in (0, 300, 511):
        changed = bytearray(signed)
        changed[bit // 8] ^= 1 << bit % 8
        assert not program.is_signed(of, said, bytes(changed))


@given(secret=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_signatures_of_a_library_are_good_here_too(program: ModuleType, secret: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(secret)
    assert program.is_signed(key.public_key().public_bytes_raw(), message, key.sign(message))


def test_one_signature_has_no_other_writing(program: ModuleType) -> None:
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    more = int.from_bytes(signature[32:], "little") + program.ORDER
    for other in (signature[:32] + more.to_bytes(32, "little"), signature + b"\0"):
        assert not program.is_signed(key, message, other)


@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64, bytes(65)])
def test_what_is_no_signature_is_none(program: ModuleType, signature: bytes) -> None:
    assert not program.is_signed(bytes.fromhex(VECTORS[0][0]), b"", signature)


def test_a_line_kept_fits_a_past_that_only_went_on(kept: Kept) -> None:
    said = f"Line 1: it fits. What your co-op wrote down from No. 0 to No. {_position(kept)} is what it was then.\n"
    assert kept.check() == (0, said)


def test_a_line_broken_by_a_mail_fits_too(kept: Kept) -> None:
    assert kept.check(f"{kept.head[:70]}\n{kept.head[70:]}")[0] == 0


def test_a_past_written_anew_is_found(kept: Kept) -> None:
    lines = [line.split() for line in kept.file.read_text().splitlines()]
    lines[3][1] = "00" * 32
    link = lines[2][2]
    for line in lines[3:]:
        line[2] = link = _link(link, line[1])
    kept.file.write_text("".join(f"{' '.join(line)}\n" for line in lines))
    status, said = kept.check()
    assert (status, "it, or what came before, was written anew" in said) == (1, True)


def test_a_file_that_does_not_follow_is_found_where_it_does_not(kept: Kept) -> None:
    kept.change(5, 1, "00" * 32)
    status, said = kept.check()
    assert (status, "The file itself is not sound: No. 5 does not follow from No. 4." in said) == (1, True)


def test_a_file_that_begins_at_the_line_itself_tells_nothing_of_before(kept: Kept) -> None:
    signed = SignedHead.read(kept.head).head
    after = kept.file.read_text().partition(f"{signed.hash.hex()}\n")[2]
    kept.file.write_text(f"{COOP.hex} {signed.position} {signed.hash.hex()}\n{after}")
    said = f"Line 1: the file begins only there, at No. {signed.position}: it tells nothing of what came before.\n"
    assert kept.check() == (1, said)


def test_a_file_that_begins_later_says_from_where_it_tells(kept: Kept) -> None:
    first, *lines = [line.split() for line in kept.file.read_text().splitlines()]
    later = [[first[0], lines[4][0], lines[4][2]], *lines[5:]]
    kept.file.write_text("".join(f"{' '.join(line)}\n" for line in later))
    status, said = kept.check()
    assert (status, f"from No. {lines[4][0]} to No. {_position(kept)}" in said) == (0, True)


@pytest.mark.parametrize("position", [3, 4])
def test_a_file_whose_positions_do_not_rise_is_not_sound(kept: Kept, position: int) -> None:
    kept.change(5, 0, str(position))
    status, said = kept.check()
    assert (status, f"No. {position} does not follow from No. 4." in said) == (1, True)


def test_an_end_cut_off_is_found(kept: Kept) -> None:
    lines = kept.file.read_text().splitlines(keepends=True)
    kept.file.write_text("".join(lines[:10]))
    status, said = kept.check()
    assert (status, "the file ends before" in said) == (1, True)


def test_a_forged_line_is_said_to_be_forged(kept: Kept) -> None:
    forged = SignedHead.read(kept.head)
    line = f"{COOP.hex}:{forged.head.position - 1}:{forged.head.hash.hex()}:{forged.signature.hex()}"
    status, said = kept.check(kept.head, line)
    assert status == 1
    assert [part.split(".")[0] for part in said.splitlines()] == [
        "Line 1: it fits",
        "Line 2: it is not signed with this key: altered or made up, or the key is not the one of your letters",
    ]


def test_another_co_ops_line_is_told_apart(village: Village, kept: Kept) -> None:
    line = village.as_("Olga").api("GET", f"/coops/{ELSEWHERE}/checkpoint").json()["head"]
    assert kept.check(line) == (1, "Line 1: it is another co-op's than the file.\n")


@pytest.mark.parametrize("content", ["", "no links at all\n", "a\n", "caf\u00e9 1 2\n"])
def test_a_file_that_is_none_is_told_in_a_sentence(kept: Kept, content: str) -> None:
    kept.file.write_text(content)
    status, said = kept.check()
    assert (status, "This could not be read" in said, "Traceback" in said) == (2, True, False)


@pytest.mark.parametrize("head", ["", "a:b", "a:1:b:zz", "my letter"])
def test_a_line_that_is_none_is_told_in_a_sentence(kept: Kept, head: str) -> None:
    status, said = kept.check(head)
    assert (status != 0, "Traceback" in said) == (True, False)


def test_asked_without_a_line_it_says_how_to_ask(kept: Kept) -> None:
    ended = subprocess.run([sys.executable, "-I", str(PROGRAM)], capture_output=True, text=True, check=False)
    assert (ended.returncode, "check_head.py FILE KEY HEAD" in ended.stdout) == (2, True)
    asked = [sys.executable, "-I", str(PROGRAM), str(kept.file), kept.key]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 1


def _position(kept: Kept) -> int:
    return SignedHead.read(kept.head).head.position


def _link(before: str, digest: str) -> str:
    return sha256(bytes.fromhex(before + digest)).hexdigest()
