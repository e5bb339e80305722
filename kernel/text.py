"""Text that people write: what of it every database keeps and every page shows; and text that they are told."""

import re
from typing import Literal, get_args

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""What the pages and letters speak."""


def N_(sentence: str) -> str:  # noqa: N802 - the usual name of this mark
    """Mark an English sentence that is said later, in the reader's language, so that it is found and translated."""
    return sentence


END = r"$(?!\n)"
"""The end of a text: `$` alone lets one more line break pass."""

PLAIN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
"""Line breaks and tabs are part of a text; other control characters are not."""

VISIBLE = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
"""The same, with at least something to see."""

_WITHIN_A_LINE = r"[^\x00-\x1F\x7F\x85\u2028\u2029]*"
ONE_LINE = rf"^{_WITHIN_A_LINE}[^\s\x00-\x1F\x7F\x85\u2028\u2029]{_WITHIN_A_LINE}{END}"
"""Something to see, without any control character or line break, those of Unicode included: no letter's subject may
hold one."""

ONE_LINE_OR_NOTHING = f"^{END}|{ONE_LINE}"

_ENDINGS = "app|biz|click|com|dev|eu|fr|info|io|link|net|online|org|page|shop|site|top|xyz"  # addresses by themselves
_ADDRESS = (
    "://|https?[:：]|www[.．。｡]"
    r"|[^\s@＠][@＠][^\s@＠]+[.．。｡][^\s@＠]"
    r"|\w[.．。｡][^\W\d_]{2,}(?:[/／?#]|[:：][0-9])"
    rf"|\w[.．。｡](?:{_ENDINGS})(?![\w-])"
)
NAME = rf"^(?!.*(?i:{_ADDRESS})){ONE_LINE.removeprefix('^')}"
"""One line without any address, of a page or of mail: it stands in letters, and in their subjects, which a stranger may
be sent."""

NAME_OR_NOTHING = f"^{END}|{NAME}"
IS_NAME = {"format": "name"}
"""What a type says of itself beside the pattern, so that a sentence can be told."""

_ATOM = r"(?:[A-Za-z0-9!#$%&'*+/?^_`{|}~-]|=(?!\?))+"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
MAIL_ADDRESS = rf"^(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+{END}"
"""An address that any mail server takes, in ASCII (RFC 5321): whether it exists, a letter finds out. Left out of what
the standards allow are quotes, and `=?`, by which mail programs read something else."""


def whole_number(text: str) -> int:
    """Return the whole number that a text writes in plain digits; `ValueError` otherwise: `int` reads `1_0` too."""
    if not re.fullmatch("-?[0-9]+", text):
        raise ValueError(text)
    return int(text)
