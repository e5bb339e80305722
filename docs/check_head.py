"""Check that nobody wrote your co-op's past anew: `python3 check_head.py FILE KEY HEAD [HEAD ...]`.

FILE is your co-op's file of fingerprints, taken from the site; KEY and HEAD stand in your letters, a HEAD on one line:
`co-op:position:hash:signature`. Nothing here asks the site, nor any library but Python's own (3.9 or newer). It ends
with 0 when every HEAD fits, 1 when one does not, 2 when it was not asked so.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

P = 2**255 - 19  # Ed25519, as RFC 8032 has it in section 5.1, on plain coordinates (x, y): slow but short
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points of the curve."""
    (a, b), (c, d) = one, other
    t = D * a * b * c * d % P
    return (a * d + b * c) * pow(1 + t, -1, P) % P, (b * d + a * c) * pow(1 - t, -1, P) % P


def times(number: int, point: Point) -> Point:
    """Return a point added to itself so many times."""
    result = (0, 1)
    while number:
        result = add(result, point) if number & 1 else result
        point, number = add(point, point), number >> 1
    return result


def point_of(encoded: bytes) -> Point:
    """Return the point that 32 bytes stand for; `ValueError` when they stand for none (section 5.1.3)."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(encoded) != 32 or y >= P or (x * x - square) % P or (sign and not x):
        raise ValueError
    return (x if x % 2 == sign else P - x), y


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is good (section 5.1.7)."""
    try:
        public, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    base = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little")
    return len(signature) == 64 and s < ORDER and times(s, base) == add(r, times(k, public))


def follow(lines: Iterator[str]) -> tuple[str, dict[int, str]]:
    """Return the co-op of a file and the links of its chain by position, each computed from the one before it."""
    coop, start, link = next(lines).split()
    last, links = int(start), {int(start): link}
    for line in lines:
        position, digest, written = line.split()
        link = hashlib.sha256(bytes.fromhex(link + digest)).hexdigest()
        if int(position) <= last or link != written:
            sys.exit(f"The file itself is not sound: No. {position} does not follow from No. {last}.")
        last = int(position)
        links[last] = link
    return coop, links


def judge(head: str, key: bytes, coop: str, links: dict[int, str]) -> tuple[bool, str]:
    """Tell whether a head fits, and say so."""
    signed, _, signature = "".join(head.split()).rpartition(":")
    of, position, link = signed.split(":")
    if not is_signed(key, signed.encode(), bytes.fromhex(signature)):
        return False, "it is not signed with this key: altered or made up, or the key is not the one of your letters."
    if of != coop:
        return False, "it is another co-op's than the file."
    if int(position) > max(links):
        return False, f"the file ends before, at No. {max(links)}: its end was cut off or an older copy put back."
    if 0 < int(position) == min(links):
        return False, f"the file begins only there, at No. {position}: it tells nothing of what came before."
    if links.get(int(position)) != link:
        return False, f"No. {position} has another fingerprint in the file: it, or what came before, was written anew."
    return True, f"it fits. What your co-op wrote down from No. {min(links)} to No. {position} is what it was then."


if __name__ == "__main__":
    try:
        path, hers, *heads = sys.argv[1:]
        with Path(path).open(encoding="ascii") as file:
            followed = follow(file)
        judged = [judge(head, bytes.fromhex(hers), *followed) for head in heads]
    except (OSError, ValueError, StopIteration) as error:
        print(f"{__doc__}\nThis could not be read: {str(error) or 'an empty file'}")
        sys.exit(2)
    for number, (_, sentence) in enumerate(judged, start=1):
        print(f"Line {number}: {sentence}")
    sys.exit(0 if judged and all(fits for fits, _ in judged) else 1)
