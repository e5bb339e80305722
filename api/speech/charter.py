"""The charter every newcomer accepts: a few plain sentences, under the version that `governance.coop` names.

To change one is to give them all a new version. They promise nothing that this software lets nobody keep or see kept.
"""

from api.speech.texts import gettext
from kernel.text import N_

_SENTENCES = (
    N_("I take care of the vehicles as if my neighbour were watching, for they are hers too."),
    N_("I lend my keys to nobody: who books is who drives."),
    N_("I come back on time, and leave it as I would like to find it."),
    N_("What I break or see broken, I say at once. Fines and points are mine when I was driving."),
    N_("I settle what I owe, and I ask when I do not understand a line."),
    N_("We decide the rules together, one member one vote, and then they are everyone's."),
)


def charter(lang: str) -> tuple[str, ...]:
    """Return the sentences of the charter in a language."""
    return tuple(gettext(sentence, lang) for sentence in _SENTENCES)
