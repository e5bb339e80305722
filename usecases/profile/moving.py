"""One's mail address changed: whoever has the new mailbox says yes by a link sent there, and the old one is told."""

from kernel.command import Asked
from kernel.log.history import History
from kernel.refused import Refused, Unknown
from people.person import Person, change_person, person, person_by_email
from people.sign_in import LinkSpent, use_link
from sending.outbox import Letter, write_letter
from usecases.coming_in.links import Move, intent_of


class AddressTaken(Refused):
    """Somebody here has this address already."""


def move(history: History, token: str, asked: Asked) -> Person:
    """Use a link up that was sent to a new address: it is hers from now on. Return her profile.

    Refuses with `LinkSpent`, also where her address is no more the one it was asked from, with `Unknown` for a link of
    another kind or of somebody erased, and with `AddressTaken`.
    """

    def work(joined: History) -> Person:
        link = use_link(joined.connection, token, asked.at)
        intent = intent_of(link)
        if not isinstance(intent, Move) or (known := person(joined.connection, intent.person_id)) is None:
            raise Unknown
        if link.email == known.email:
            return known
        if intent.former != known.email:
            raise LinkSpent  # her address was changed or given back since: who asked before is signed out too
        if person_by_email(joined.connection, link.email):
            raise AddressTaken
        change_person(joined.connection, known.person_id, email=link.email)
        letter = Letter(
            letter_id=asked.command_id,
            coop_id=None,
            template="address_changed",
            address=known.email,
            facts={"about": "", "lang": known.language},
        )
        write_letter(joined.connection, letter, asked.at)
        return known

    return history.together(work)
