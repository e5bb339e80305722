"""Text that people write: what of it every database keeps and every page shows; and text that they are told."""

import re
import unicodedata
from typing import Literal, get_args

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""What the pages and letters speak."""


def N_(sentence: str) -> str:  # noqa: N802 - the usual name of this mark
    """Mark an English sentence that is said later, in the reader's language, so that it is found and translated."""
    return sentence


END = r"$(?!\n)"
"""The end of a text: `$` alone lets one more line break pass."""

_CONTROL = r"\x00-\x08\x0B\x0C\x0E-\x1F\x7F"
_UNSEEN = (  # what shows nothing or turns the line around, and that no word needs
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    r"\ufff0-\ufff8"
)
_JOINERS = r"\u200c\u200d"  # they stand inside a word or an emoji, nowhere else
_BREAKS = r"\n\t\r\x85\u2028\u2029"
_JOINED = rf"(?<=[^\s{_JOINERS}])[{_JOINERS}](?=[^\s{_JOINERS}])"
_WITHIN_A_LINE = rf"[^{_CONTROL}{_UNSEEN}{_JOINERS}{_BREAKS}]*"
_PILED_UP = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}"  # five accents on a letter
_SEEN = rf"(?=[\s\S]*[^\s{_CONTROL}{_UNSEEN}{_JOINERS}\u2800\U000e0000-\U000e0fff])"

PLAIN = rf"^[^{_CONTROL}]*$"
"""Line breaks and tabs are part of a text; other control characters are not."""

VISIBLE = rf"^{_SEEN}{PLAIN.removeprefix('^')}"
"""The same, with at least something to see."""

ONE_LINE = rf"^{_SEEN}(?!.*{_PILED_UP}){_WITHIN_A_LINE}(?:{_JOINED}{_WITHIN_A_LINE})*{END}"
"""Something to see, without line breaks, those of Unicode included: no letter's subject may hold one. Nor anything that
cannot be seen, piles up or turns what stands beside it around."""

ONE_LINE_OR_NOTHING = f"^{END}|{ONE_LINE}"

_CALLED = r"(?=.*(?:[^\W_]|[\u203c-\u3299\U0001f000-\U0001faff]))"
_ENDINGS = "app|biz|click|com|dev|eu|fr|info|io|link|net|online|org|page|shop|site|top|xyz"  # addresses by themselves
_ADDRESS = (
    "://|https?[:：]|www[.．。｡]"
    r"|[^\s@＠][@＠][^\s@＠]+[.．。｡][^\s@＠]"
    r"|\w[.．。｡][^\W\d_]{2,}(?:[/／?#]|[:：][0-9])"
    rf"|\w[.．。｡](?:{_ENDINGS})(?![\w-])"
)
NAME = rf"^{_CALLED}(?!.*(?i:{_ADDRESS})){ONE_LINE.removeprefix('^')}"
"""One line with a letter, a digit or an emoji, and without any address, of a page or of mail: it stands in letters, and
in their subjects, which a stranger may be sent."""

NAME_OR_NOTHING = f"^{END}|{NAME}"
IS_NAME = {"format": "name"}
"""What a type says of itself beside the pattern, so that a sentence can be told."""

_ATOM = r"(?:[A-Za-z0-9!#$%&'*+/?^_`{|}~-]|=(?!\?))+"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAIL_ADDRESS = rf"^(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+{END}"
"""An address that any mail server takes, in ASCII (RFC 5321): whether it exists, a letter finds out. Left out of what
the standards allow are quotes, and `=?`, by which mail programs read something else."""


def composed(text: str) -> str:
    """Return a text as everybody else would write it: an e and its accent are one letter (Unicode's NFC).

    What cannot be seen is left out, as the spaces around a text are: programs for phone books and messages put such
    marks around names.
    """
    return unicodedata.normalize("NFC", re.sub(f"[{_UNSEEN}]", "", text))


def whole_number(text: str) -> int:
    """Return the whole number that a text writes in plain digits; `ValueError` otherwise: `int` reads `1_0` too."""
    if not re.fullmatch("-?[0-9]+", text):
        raise ValueError(text)
    return int(text)
