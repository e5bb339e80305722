"""All that is checked, one after the other; and, said each time, what nobody can know from the database alone."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Engine

from checks.chain import check_chain
from checks.checked import UNREADABLE, Checked
from checks.commands import check_commands
from checks.followers import check_followers
from checks.photos import check_photos
from checks.read_models import check_read_models
from checks.seals import check_seals
from kernel.log.heads import SignedHead, Signer
from kernel.privacy import Keyring
from processes import PROJECTIONS

NOT_CONTENT = Checked(said="All else: not compared with a log that is not as it was written. Put back a backup.")
WITHOUT_HEADS = (
    "Not known without a head: whether somebody who can write here wrote the past anew with every link after it, cut "
    "its end off, put an older copy back, or added what nobody asked for, and made all the rest fit. Hold heads from "
    "letters against it: voisiture verify --against HEAD"
)
SINCE_HEADS = (
    "Not known: what somebody who can write here added or changed after position {position}, where the newest of "
    "these heads stands, and made all the rest fit."
)
OUTSIDE = (
    "Not checked, for nothing else tells what it should be: people's names, addresses and places; sessions and sign-in "
    "links (who can write here can sign in as anyone); letters that wait; what a command asked, beside its answer; a "
    "follower set back, which does again, once, what was done."
)


def check_everything(engine: Engine, keyring: Keyring, heads: Sequence[SignedHead]) -> Iterator[Checked]:
    """Give each check once it is done. What the log says is looked at only where the log is as it was written."""
    chain = check_chain(engine, Signer(keyring), heads)
    yield chain
    yield _said("Followers", check_followers, engine)
    if chain.sound:
        yield _said("Commands", check_commands, engine)
        yield _said("Seals", check_seals, engine, keyring)
        yield _said("Photos", check_photos, engine, keyring, PROJECTIONS)
        yield _said("Read models", check_read_models, engine, PROJECTIONS)
    else:
        yield NOT_CONTENT


def _said(name: str, check: Callable[..., Checked], *given: object) -> Checked:
    """Return what a check says; where it meets what cannot even be read, it ends there, and that is the fault."""
    try:
        return check(*given)
    except UNREADABLE as error:
        broken = Checked(said=f"{name}: not looked at to the end")
        broken.fault(f"something stands there that cannot be read: {type(error).__name__}: {error}")
        return broken


def not_known(heads: Sequence[SignedHead]) -> tuple[str, str]:
    """Return what remains unknown, in sentences."""
    newest = max((signed.head.position for signed in heads), default=0)
    return (SINCE_HEADS.format(position=newest) if heads else WITHOUT_HEADS, OUTSIDE)
