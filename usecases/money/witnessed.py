"""What the two pay by whose word one's mail address was given back: for some days one does not say that it has come.

They may have been wrong about who she is, or not wrong: whoever has the account would write off what they owe.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from governance.member import member_id_of
from governance.queries import names_of, persons_behind
from kernel.refused import Refused
from usecases.actor import Actor
from usecases.profile.recovering import IBAN_KEPT, lately_recovered


class WitnessPays(Refused):
    """Your mail address was given back by the word of {name}: until {until}, you do not say that this has come."""


def check_no_witness_pays(actor: Actor, debtor: UUID) -> None:
    """Refuse (`WitnessPays`) to say that a transfer has come from one of the two, for some days."""
    if until := witnesses_among(actor, (debtor,)).get(debtor):
        raise WitnessPays(name=names_of(actor.connection, actor.coop_id, (debtor,)).get(debtor), until=until)


def witnesses_among(actor: Actor, debtors: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return until when the reader does not say that money of some debtors has come: hers who asked, or vouched."""
    owing, kept = {*debtors}, dict[UUID, datetime]()
    if not owing:
        return kept
    for recovered in lately_recovered(actor.connection, actor.my_person.person_id, actor.now):
        two = [member_id for member_id in (recovered.asked_by, recovered.vouched_by) if member_id]
        persons = persons_behind(actor.connection, recovered.coop_id, two).values()
        here = {*two, *(member_id_of(actor.coop_id, person_id) for person_id in persons)}
        kept |= dict.fromkeys(owing & here, recovered.done_at + IBAN_KEPT)
    return kept
