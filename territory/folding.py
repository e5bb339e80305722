"""Text as it is compared with what people type: without accents, case, hyphens or apostrophes."""

import re
import unicodedata

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_NTH = re.compile(r"\b(\d{1,2})(?: ?(?:e|er|ere|eme|ieme|nd|nde))?(?: (?:arr\w*|ardt))?\b")


def fold(text: str) -> str:
    """Return `text` without what people leave out; `St` becomes `saint`, `8ème arrondissement` becomes `8`."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = (letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    words = " ".join(_ABBREVIATIONS.get(word, word) for word in "".join(letters).split())
    return _NTH.sub(r"\1", words)
