"""Every sentence a person may read, as `make texts` finds them: by the mapping of `babel.cfg`."""

from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).parents[3]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "N_": None}


@cache
def extracted() -> frozenset[str]:
    """Return the English sentences, each the key of its translation (a plural under its singular)."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    messages = (message for _file, _line, message, _comments, _context in found)
    return frozenset(message if isinstance(message, str) else message[0] for message in messages)
