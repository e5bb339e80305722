"""What a letter says of the thing it is about, as it is when the letter leaves: amount, reason, place and keys."""

from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from api.speech.called import called
from api.speech.labels import EXPENSES
from api.speech.mailed.links import about_of
from api.speech.texts import gettext
from api.speech.words import Words
from booking.queries import booking
from fleet.queries import VehicleCard, vehicle_page
from governance.queries import CoopRow, members_reached, names_of
from governance.votes.queries import proposals_by_id
from kernel.money import Money
from kernel.privacy import Keyring
from ledger.settlement.drawing import as_drafted, draft_lines
from ledger.settlement.queries import PlanLineRow, plan_lines
from ledger.spending.queries import expense
from sending.outbox import Letter


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A letter about something of a co-op, as it leaves: to which member, in which words."""

    connection: Connection
    keyring: Keyring
    coop: CoopRow
    sent: Letter
    words: Words
    reader: UUID

    @property
    def about(self) -> UUID:
        """The thing it is about."""
        return about_of(self.sent)

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return gettext(sentence, self.words.lang, **values)

    def money(self, cents: int) -> str:
        """Return minor units as an amount is said."""
        return self.words.money(Money(cents, self.coop.currency))

    def names(self, *members: UUID) -> list[str]:
        """Return what members are called; the co-op by its own name."""
        known = names_of(self.connection, self.coop.coop_id, members) | {self.coop.coop_id: self.coop.name}
        return [called(self.words, known.get(member)) for member in members]


def facts_of(letter: About) -> Mapping[str, str]:
    """Return what is told beside the facts of a letter; empty for letters that say everything themselves."""
    tells = _TOLD.get(letter.sent.template)
    return tells(letter) if tells else {}


def _approved(letter: About) -> Mapping[str, str]:
    held = booking(letter.connection, letter.keyring, letter.coop.coop_id, letter.about)
    if held is None:
        return {"place": "", "keys": ""}
    day = letter.words.local(letter.words.now).date()
    card = vehicle_page(letter.connection, letter.coop.coop_id, held.vehicle_id, on=day).card
    return {"place": card.home.text, "keys": _keys(letter, card)}


def _keys(letter: About, card: VehicleCard) -> str:
    """Say how one gets a vehicle's keys: who hands them over, with her telephone; where they are."""
    if card.handover != "in_person":
        return ""
    owners = {owner.member_id for owner in card.owners} - {letter.reader}
    reached = members_reached(letter.connection, letter.coop.coop_id, letter.words.now, owners)
    who = [f"{row.name} ({row.phone})" if row.phone else str(row.name) for row in reached]
    return letter.words.listing(who) if who else ""


def _refused(letter: About) -> Mapping[str, str]:
    held = booking(letter.connection, letter.keyring, letter.coop.coop_id, letter.about)
    return {"reason": (held.reason if held else None) or ""}


def _proposal(letter: About) -> Mapping[str, str]:
    """Return which rule a vote was about: what the letter's own rule is said from."""
    found = proposals_by_id(letter.connection, letter.coop.coop_id, [letter.about], letter.words.now)
    row = found.get(letter.about)
    return {"parameter": row.parameter, "value": row.value or ""} if row else {}


def _plan(letter: About) -> Mapping[str, str]:
    """Say what a plan asks of the reader, a transfer a line."""
    connection, coop_id = letter.connection, letter.coop.coop_id
    drawn = as_drafted(connection, coop_id, letter.about)
    lines = draft_lines(letter.about, drawn) if drawn else plan_lines(connection, coop_id, letter.about)
    mine = [line for line in lines if letter.reader in (line.debtor, line.receiver)]
    return {"transfers": "\n".join(_transfer(letter, line) for line in mine)}


def _transfer(letter: About, line: PlanLineRow) -> str:
    debtor, receiver = letter.names(line.debtor, line.receiver)
    if line.debtor == letter.reader:
        return letter.say("You pay {name}: {amount}", name=receiver, amount=letter.money(line.cents))
    return letter.say("{name} pays you: {amount}", name=debtor, amount=letter.money(line.cents))


def _of_line(letter: About) -> Mapping[str, str]:
    """Return between whom one transfer of a plan is, and how much is said to be paid of it."""
    line_id = letter.sent.facts.get("line")
    lines = plan_lines(letter.connection, letter.coop.coop_id, letter.about) if line_id else ()
    line = next((line for line in lines if str(line.line_id) == line_id), None)
    if line is None:
        return {"payer": "", "payee": "", "amount": ""}
    payer, payee = letter.names(line.debtor, line.receiver)
    return {"payer": payer, "payee": payee, "amount": letter.money(line.said_cents or line.cents)}


def _expense(letter: About) -> Mapping[str, str]:
    noted = expense(letter.connection, letter.coop.coop_id, letter.about)
    if noted is None:
        return {"what": "", "amount": "", "payers": ""}
    what, payers = letter.say(EXPENSES[noted.kind]), letter.names(*noted.paid)
    return {"what": what, "amount": letter.money(noted.cents), "payers": letter.words.listing(payers)}


_TOLD: dict[str, Callable[[About], Mapping[str, str]]] = {
    "booking_approved": _approved,
    "booking_refused": _refused,
    "proposal_closed": _proposal,
    "proposal_withdrawn": _proposal,
    "plan_issued": _plan,
    "plan_drafted": _plan,
    "transfer_said_paid": _of_line,
    "transfer_denied": _of_line,
    "transfer_proven": _of_line,
    "denial_undone": _of_line,
    "expense_awaits_yes": _expense,
    "expense_refused": _expense,
    "expense_taken_back": _expense,
}
