"""The links by which a letter's reader does what it asks, each for one act."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from kernel.privacy import Keyring
from sending.outbox import Letter
from usecases.mailed.link import MailedAct, ToDo, act_token

GOOD_FOR = timedelta(days=14)
"""How long a link acts at most; what it asks may be due sooner."""

_ACTS: Mapping[str, tuple[MailedAct, ...]] = {
    "booking_requested": ("approve", "refuse"),
    "booking_held_again": ("approve", "refuse"),
    "proposal_opened": ("vote",),
    "transfer_said_paid": ("receive",),
    "expense_awaits_yes": ("agree",),
}


def links_of(keyring: Keyring, letter: Letter, now: datetime, base_url: str) -> dict[MailedAct, str]:
    """Return the links of a letter, by what they do; none of most letters."""
    if letter.coop_id is None or letter.person_id is None:
        return {}
    given, due = letter.facts.get("until"), now + GOOD_FOR
    until = min(datetime.fromisoformat(given), due) if given else due
    line_id = UUID(letter.facts["line"]) if "line" in letter.facts else UUID(int=0)
    return {
        act: f"{base_url}/coops/{letter.coop_id}/mailed/"
        + act_token(
            keyring,
            ToDo(
                act=act,
                coop_id=letter.coop_id,
                person_id=letter.person_id,
                about=about_of(letter),
                line_id=line_id,
                until=until,
            ),
        )
        for act in _ACTS.get(letter.template, ())
    }


def about_of(letter: Letter) -> UUID:
    """Return the thing that a letter is about; one written by an earlier version holds its address instead."""
    return UUID(letter.facts.get("about") or letter.facts["path"].rpartition("/")[2])
