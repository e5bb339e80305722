"""The letters Voisiture writes: worded in the reader's language when they leave, by SMTP or into the local mailbox."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection, Engine

from api.settings import Settings
from api.speech import rules
from api.speech.called import called
from api.speech.labels import NOT_RECOVERED, PAPERS_NAMED
from api.speech.mailed.facts import About, facts_of
from api.speech.mailed.links import links_of
from api.speech.texts import translator
from api.speech.words import Words
from governance.member import member_id_of
from governance.queries import CoopRow, coop_row, names_of
from governance.rules.catalogue import rule_of
from kernel.database import reading, writing
from kernel.log.heads import Signer, head_of
from kernel.period import Period
from kernel.privacy import Keyring
from people.person import Person, person
from people.sign_in import begin_to_live
from sending.mail import Mail, on_one_line, send_mail
from sending.outbox import AWAITED, KeptLetter, Letter, keep_letter
from territory.time_zones import PARIS
from usecases.mailed.link import MailedAct

letters = Environment(  # noqa: S701 - plain text, nothing to escape
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates" / "letters"),
    undefined=StrictUndefined,
    trim_blocks=True,
)


_BOOKING = "/coops/{coop}/bookings/{about}"
_PROPOSAL = "/coops/{coop}/proposals/{about}"
_PLAN = "/coops/{coop}/plans/{about}"
_ACCOUNT = "/coops/{coop}/open-account"
_PAPERS = "/coops/{coop}/vehicles/{about}/papers"
_EXPENSE = "/coops/{coop}/expenses/{about}"
_BURDEN = "/coops/{coop}/burdens/{about}"
_CONTEST = "/coops/{coop}/contests/{about}"
_MEMBER = "/coops/{coop}/members/{about}"
_LINK = "/sign-in/{about}"
ADDRESSES = {
    "booking_requested": _BOOKING,
    "booking_approved": _BOOKING,
    "booking_refused": _BOOKING,
    "booking_expired": _BOOKING,
    "booking_cancelled": _BOOKING,
    "booking_held_again": _BOOKING,
    "answer_undone": _BOOKING,
    "keys_not_passed_on": _BOOKING,
    "keys_passed_on": _BOOKING,
    "readings_doubted": _BOOKING,
    "readings_corrected": _BOOKING,
    "booking_without_vehicle": _BOOKING,
    "booking_without_papers": _BOOKING,
    "booking_waits_for_papers": _BOOKING,
    "papers_asked": _PAPERS,
    "paper_ends": _PAPERS,
    "first_inspection": _PAPERS,
    "proposal_opened": _PROPOSAL,
    "proposal_closed": _PROPOSAL,
    "proposal_withdrawn": _PROPOSAL,
    "new_rules": "/coops/{coop}/rules/unvoted",
    "plan_drafted": _PLAN,
    "draft_withdrawn": _PLAN,
    "plan_issued": _PLAN,
    "plan_withdrawn": _PLAN,
    "bookings_suspended": _MEMBER,
    "transfer_proven": _PLAN,
    "transfer_denied": _PLAN,
    "transfer_said_paid": _PLAN,
    "denial_undone": _PLAN,
    "balance_low": "/coops/{coop}/accounts",
    "settlement_due": "/coops/{coop}/books",
    "part_put_on_you": _BURDEN,
    "trip_charged_anew": _BURDEN,
    "expense_awaits_yes": _EXPENSE,
    "expense_refused": _EXPENSE,
    "expense_taken_back": _EXPENSE,
    "part_contested": _CONTEST,
    "contest_ended": _CONTEST,
    "open_account": _ACCOUNT,
    "account_drafted": _ACCOUNT,
    "account_draft_withdrawn": _ACCOUNT,
    "erasure_asked": _ACCOUNT,
    "erasure_near": _ACCOUNT,
    "sign_in": _LINK,
    "sign_in_to_join": _LINK,
    "sign_in_to_start": _LINK,
    "sign_in_to_move": _LINK,
    "sign_in_to_recover": _LINK,
    "recovery_begun": "/recoveries/{about}",
    "recovery_watched": _MEMBER,
    "recovery_ended": _MEMBER,
    "recovery_done": "/sign-in",
    "address_changed": "/sign-in",
    "invitation": "/invitations/{about}",
}
"""Where each letter leads, with the thing it is about."""


NAMED = {"driver_id": "driver", "by_id": "by_name", "her_id": "her_name"}
"""Of whom a letter tells: the facts that say who it is, and how templates call her name."""

_ABOUT_MONEY_OR_A_VOTE = {
    *("proposal_opened", "proposal_closed", "plan_issued", "plan_withdrawn"),
    *("transfer_proven", "transfer_denied", "transfer_said_paid", "denial_undone", "proposal_withdrawn"),
    *("expense_awaits_yes", "expense_refused", "expense_taken_back"),
    *("part_put_on_you", "trip_charged_anew", "part_contested", "contest_ended"),
}


class KeptHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where the co-op's chain stands as a letter leaves: what is kept of it, the key, and where checking is told."""

    line: str
    public_key: str
    link: str


class LetterView(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter's template may name: to whom it is, from which co-op, what it is about, and links that act."""

    words: Words
    name: str
    coop: str
    facts: Mapping[str, str]
    link: str
    period: Period | None
    until: datetime | None
    day: date | None
    rule: str
    head: KeptHead | None
    acts: Mapping[MailedAct, str]


class Postman:
    """Words letters and sends them."""

    def __init__(self, settings: Settings, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._engine = engine
        self._clock = clock
        self._keyring = Keyring(settings.secret)
        self._signer = Signer(self._keyring)

    def worded(self, letter: Letter) -> Mail | None:
        """Return a letter as it leaves; `None` when its reader was erased, or its link can be used no more."""
        if letter.template in AWAITED and not self._begins_to_live(letter):
            return None
        with reading(self._engine) as connection:
            reader = person(connection, letter.person_id) if letter.person_id else None
            address = reader.email if reader else letter.address
            if address is None:
                return None
            subject, body = self._words(connection, letter, reader)
        return Mail(letter.letter_id, self._clock(), self._settings.mail_from, address, subject, body)

    def send(self, mail: Mail) -> None:
        """Send a letter by the mail server, or keep it here when there is none."""
        if self._settings.smtp_url:
            send_mail(self._settings.smtp_url, mail)
        else:
            keep_letter(self._engine, KeptLetter(mail.receiver, mail.subject, mail.body, self._clock()))

    def _begins_to_live(self, letter: Letter) -> bool:
        with writing(self._engine) as connection:
            return begin_to_live(connection, letter.facts["about"], self._clock())

    def _words(self, connection: Connection, letter: Letter, reader: Person | None) -> tuple[str, str]:
        coop = coop_row(connection, letter.coop_id) if letter.coop_id else None
        lang = letter.facts.get("lang") or (reader.language if reader else coop.language if coop else "fr")
        words = Words(lang=lang, tz=ZoneInfo(coop.time_zone if coop else PARIS), now=self._clock())
        found = self._found(connection, letter, words, coop, reader)
        view = LetterView(
            words=words,
            name=reader.name if reader else "",
            coop=coop.name if coop else "",
            facts={**letter.facts, **_names(connection, letter, words), **_paper(letter), **_why(letter), **found},
            link=f"{self._settings.base_url}{address_of(letter)}",
            period=_period(letter),
            until=_until(letter),
            day=date.fromisoformat(letter.facts["day"]) if letter.facts.get("day") else None,
            rule=_rule({**letter.facts, **found}, words, coop.currency) if coop else "",
            head=self._head(connection, letter.coop_id) if letter.template in _ABOUT_MONEY_OR_A_VOTE else None,
            acts=links_of(self._keyring, letter, self._clock(), self._settings.base_url),
        )
        shown = {name: getattr(view, name) for name in LetterView.__struct_fields__}
        text = letters.get_template(f"{letter.template}.txt").render(shown, _=translator(lang))
        subject, _, body = text.partition("\n")
        return on_one_line(subject), body.strip() + "\n"

    def _found(
        self, connection: Connection, letter: Letter, words: Words, coop: CoopRow | None, reader: Person | None
    ) -> Mapping[str, str]:
        """Return what is told of the thing that the letter is about, as it is now."""
        if coop is None or reader is None:
            return {}
        member_id = member_id_of(coop.coop_id, reader.person_id)
        return facts_of(
            About(connection=connection, keyring=self._keyring, coop=coop, sent=letter, words=words, reader=member_id)
        )

    def _head(self, connection: Connection, coop_id: UUID | None) -> KeptHead | None:
        """Return where the co-op's chain stands at this moment: it binds what the letter tells of, and all before."""
        if coop_id is None:
            return None
        return KeptHead(
            line=str(self._signer.sign(head_of(connection, coop_id))),
            public_key=self._signer.public_key,
            link=f"{self._settings.base_url}/coops/{coop_id}/proof",
        )


def address_of(letter: Letter) -> str:
    """Return the address in our pages that a letter leads to; one written by an earlier version holds its own."""
    if "path" in letter.facts:
        return letter.facts["path"]
    return ADDRESSES[letter.template].format(coop=letter.coop_id, about=letter.facts["about"])


def _names(connection: Connection, letter: Letter, words: Words) -> dict[str, str]:
    """Return what those are called now of whom a letter tells; one written by an earlier version holds their names."""
    ids = {name: UUID(letter.facts[key]) for key, name in NAMED.items() if key in letter.facts}
    known = names_of(connection, letter.coop_id, ids.values()) if letter.coop_id else {}
    return {name: known.get(member_id) or words.begin(called(words, None)) for name, member_id in ids.items()}


def _paper(letter: Letter) -> dict[str, str]:
    """Return which paper a letter is about, as it stands within an English sentence; empty when it is about none."""
    kind = letter.facts.get("paper")
    return {"paper": PAPERS_NAMED[kind]} if kind in PAPERS_NAMED else {}


def _why(letter: Letter) -> dict[str, str]:
    """Return why an address was not given back; empty where that is not what a letter tells, or not known."""
    because = letter.facts.get("because")
    return {"why": NOT_RECOVERED[because]} if because in NOT_RECOVERED else {}


def _until(letter: Letter) -> datetime | None:
    text = letter.facts.get("until")
    return datetime.fromisoformat(text) if text else None


def _rule(facts: Mapping[str, str], words: Words, currency: str) -> str:
    """Say the rule a letter is about, as a sentence; empty when it is about none."""
    key, text = facts.get("parameter"), facts.get("value")
    if not key:
        return ""
    rule = rule_of(key, currency)
    return rules.sentence(words, rule, rule.read(text) if text else None, facts.get("rule_vehicle"))


def _period(letter: Letter) -> Period | None:
    start, end = letter.facts.get("start"), letter.facts.get("end")
    return Period(datetime.fromisoformat(start), datetime.fromisoformat(end)) if start and end else None
