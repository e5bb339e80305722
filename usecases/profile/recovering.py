"""A mail address given back to who cannot open its mailbox any more, though she alone could change it.

A référent asks and another member vouches, neither of whom may gain by it; whoever has the new mailbox says yes by a
link. Her former address is told, and for three days she can refuse, from there or signed in. Then the clock does it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from governance.member import member_id_of
from governance.queries import known_coop, member, persons_behind
from governance.recovery.application import Recoveries
from governance.recovery.commands import (
    AskRecovery,
    CompleteRecovery,
    ConfirmMailbox,
    NoteFormerTold,
    VouchForMember,
)
from governance.recovery.events import Obstacle
from governance.recovery.queries import (
    Addresses,
    Recovered,
    UntoldRecovery,
    addresses_of_recovery,
    last_asked,
    recovered_since,
    recoveries_untold,
)
from governance.recovery.recovery import recovery_id_of
from kernel.command import Asked, Done
from kernel.log.history import History
from kernel.refused import Refused, Unknown
from people.limits import RECOVERIES
from people.person import Person, change_person, normal_email, person, person_by_email
from people.sign_in import forget_signing_in, make_link, use_link
from sending.outbox import Letter, has_left, write_letter
from sending.unsent import LETTERS_KEPT
from usecases.actor import Actor
from usecases.coming_in.links import Recover, intent_of
from usecases.profile.moving import AddressTaken
from usecases.profile.refusal_link import ToRefuse, refusal_token
from usecases.profile.witnesses import check_asking, check_vouching, what_hinders

IBAN_KEPT = timedelta(days=14)
"""How long a member is paid where she was, her address given back, and does nothing that gives the two money."""


DONE_WITHIN = LETTERS_KEPT
"""How long what was asked may be done: a letter that is older might have been deleted without having left."""


class SameAddress(Refused):
    """Mail for her goes to this address already."""


class IbanKept(Refused):
    """Your mail address was given back to you: until {until}, you are paid where you were."""


def ask_recovery(actor: Actor, command: AskRecovery, asked: Asked) -> Done:
    """Ask, as a référent, that mail for a member go to a new address: a link is sent there.

    Refuses with `TooNew`, `OpenTransfer`, `OpenContest`, `SameAddress`, `TooManyRecoveries`, and as governance does.
    """

    def work(within: Actor) -> Done:
        within.stay_member()
        herself = _person_behind(within.connection, command.coop_id, command.member_id)
        check_asking(within, herself)
        if normal_email(command.email) == herself.email:
            raise SameAddress
        done = Recoveries(within.history).ask_recovery(command, asked, within.zone)
        _mail_link(within, command, herself, asked)
        return done

    return actor.counted(RECOVERIES, command, asked, work)


def confirm_mailbox(history: History, token: str, asked: Asked) -> UUID:
    """Use a link up that was sent to the new address: whoever has its mailbox says yes. Return for which member.

    Refuses with `LinkSpent`, `Unknown` for a link of another kind, `AddressTaken`, and as governance does.
    """

    def work(joined: History) -> UUID:
        link = use_link(joined.connection, token, asked.at)
        intent = intent_of(link)
        if not isinstance(intent, Recover):
            raise Unknown
        if person_by_email(joined.connection, link.email):
            raise AddressTaken
        confirm = ConfirmMailbox(coop_id=intent.coop_id, member_id=intent.member_id, number=intent.number)
        Recoveries(joined).confirm_mailbox(confirm, asked)
        return intent.member_id

    return history.together(work)


def vouch_for_member(actor: Actor, command: VouchForMember, asked: Asked) -> Done:
    """Vouch for a member, as another than who asked; from here on she has her time to refuse.

    Neither may gain by it now. Refuses with `TooNew`, `OpenTransfer`, `OpenContest`, `BroughtIn`, `ByOneWay`, and as
    governance does.
    """

    def work(within: Actor) -> Done:
        within.stay_member()
        herself = _person_behind(within.connection, command.coop_id, command.member_id)
        check_vouching(within, herself, command.member_id)
        done = Recoveries(within.history).vouch_for_member(command, asked, within.zone, address=herself.email)
        if done.changed:
            _mail_refusal(within, command, herself, asked)
        return done

    return actor.once(command, asked, work)


def recoveries_told(connection: Connection) -> Iterator[UntoldRecovery]:
    """Give those of which the letter to the former address has left, and it is not noted yet."""
    for untold in recoveries_untold(connection):
        if has_left(connection, _refusal_letter(untold.member_id, untold.number)):
            yield untold


def note_former_told(history: History, command: NoteFormerTold, asked: Asked) -> Done:
    """Let the time in which she can refuse begin: the letter that says so has left."""
    coop = known_coop(history.connection, command.coop_id)
    return Recoveries(history).note_former_told(command, asked, ZoneInfo(coop.time_zone))


def complete_recovery(history: History, command: CompleteRecovery, asked: Asked) -> Done:
    """Give the address back, its hour having come: whoever was signed in as her is signed out, links of before end.

    Dropped, where mail for her goes elsewhere than when somebody vouched, where the new address is another's, where she
    or one of the two is no member any more or might gain by it, and where it was asked too long ago.
    """

    def work(joined: History) -> Done:
        connection, named = joined.connection, (command.coop_id, command.member_id)
        addresses = addresses_of_recovery(connection, joined.keyring, *named)
        row = member(connection, *named, asked.at)
        herself = person(connection, row.person_id) if row and row.is_member and row.person_id else None
        obstacle = _obstacle(connection, command, herself, addresses, asked.at)
        done = Recoveries(joined).complete_recovery(command, asked, obstacle)
        if done.changed and herself and addresses.new and not obstacle:
            _give_back(connection, herself, addresses.new, asked)
        return done

    return history.together(work)


def _obstacle(
    connection: Connection, command: CompleteRecovery, herself: Person | None, addresses: Addresses, at: datetime
) -> Obstacle | None:
    asking = last_asked(connection, command.coop_id, command.member_id)
    if herself is None or asking is None or addresses.new is None:
        return "she_left"
    if herself.email != addresses.former:
        return "mailbox_changed"
    if at >= asking.asked_at + DONE_WITHIN:
        return "too_late"
    taken: Obstacle | None = "address_taken" if person_by_email(connection, addresses.new) else None
    return what_hinders(connection, command.coop_id, herself, asking, at) or taken


def check_iban_may_change(connection: Connection, person_id: UUID, now: datetime) -> None:
    """Refuse with `IbanKept` for some days after somebody's address was given back, in whichever of her co-ops."""
    if until := iban_kept_until(connection, person_id, now):
        raise IbanKept(until=until)


def iban_kept_until(connection: Connection, person_id: UUID, now: datetime) -> datetime | None:
    """Return until when somebody says of no account where it is paid, for her address was given back; mostly `None`."""
    lately = lately_recovered(connection, person_id, now)
    return lately[-1].done_at + IBAN_KEPT if lately else None


def lately_recovered(connection: Connection, person_id: UUID, now: datetime) -> list[Recovered]:
    """Return by whom somebody's address was given back so lately that money stays apart, the last one last."""
    lately = recovered_since(connection, now - IBAN_KEPT)
    return [done for done in lately if done.member_id == member_id_of(done.coop_id, person_id)]


def _give_back(connection: Connection, herself: Person, address: str, asked: Asked) -> None:
    change_person(connection, herself.person_id, email=address)
    forget_signing_in(connection, herself.person_id, herself.email)
    letter = Letter(
        letter_id=asked.part("tell the former address").command_id,
        coop_id=None,
        template="address_changed",
        address=herself.email,
        facts={"about": "", "lang": herself.language},
    )
    write_letter(connection, letter, asked.at)


def _mail_link(actor: Actor, command: AskRecovery, herself: Person, asked: Asked) -> None:
    coop_id, member_id, connection = command.coop_id, command.member_id, actor.connection
    asking, by_name = last_asked(connection, coop_id, member_id), actor.my_person.name
    number = asking.number if asking else 0
    intent = Recover(coop_id=coop_id, member_id=member_id, number=number, name=herself.name, by_name=by_name)
    mark = str(recovery_id_of(member_id))  # counted for herself: what strangers ask for an address is not in her way
    email = normal_email(command.email)
    made = make_link(connection, email, msgspec.json.encode(intent), asked_from=mark, at=asked.at, mark=mark)
    letter = Letter(
        letter_id=asked.part("link").command_id,
        coop_id=coop_id,
        template="sign_in_to_recover",
        address=email,
        facts={"about": made.token, "lang": herself.language, "her_name": herself.name, "by_name": by_name},
    )
    write_letter(connection, letter, asked.at)


def _mail_refusal(actor: Actor, command: VouchForMember, herself: Person, asked: Asked) -> None:
    """Write the letter by which it is refused with what decides it: no hour counts before it has left."""
    asking = last_asked(actor.connection, command.coop_id, command.member_id)
    number = asking.number if asking else 0
    token = refusal_token(actor.keyring, ToRefuse(command.coop_id, command.member_id, number))
    letter = Letter(
        letter_id=_refusal_letter(command.member_id, number),
        coop_id=command.coop_id,
        template="recovery_begun",
        address=herself.email,
        facts={"about": token, "lang": herself.language},
    )
    write_letter(actor.connection, letter, asked.at)


def _refusal_letter(member_id: UUID, number: int) -> UUID:
    return uuid5(recovery_id_of(member_id), f"letter that refuses {number}")


def _person_behind(connection: Connection, coop_id: UUID, member_id: UUID) -> Person:
    person_id = persons_behind(connection, coop_id, (member_id,)).get(member_id)
    known = person(connection, person_id) if person_id else None
    if known is None:
        raise Unknown
    return known
