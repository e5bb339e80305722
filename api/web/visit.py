"""One request as a page sees it: who asks (`actor`), in which language, and what was sent, read strictly."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from api.settings import is_local
from api.site import Site
from api.speech.refusals import sentence_of
from api.speech.texts import chosen_language, gettext
from api.speech.words import Words
from api.web.forms import AGAIN, Form, Limits
from kernel.command import Asked
from kernel.refused import Refused, Unreadable
from kernel.text import LANGUAGES
from people.marks import PURPOSE, marked
from usecases.actor import Actor

MARKS = "marks"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SPOKEN = "spoken"
HANDED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def language_shown(cookies: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """Return the language of the page a browser showed last, as far as it tells without a database."""
    chosen = cookies.get("lang", "")
    known = chosen if chosen in LANGUAGES else cookies.get(SPOKEN, "")
    return chosen_language(known, headers.get("accept-language", ""))


class AskedTwice(Unreadable):
    """{name} stands twice in the address: ask it once."""


class Sent(msgspec.Struct, kw_only=True):
    """What came over the wire, already off it: nothing here waits for the network.

    `asked_twice` names what the address asks more than once: of `query`, which is meant, nobody knows.
    """

    method: str
    path: str
    ids: Mapping[str, Any]
    query: Mapping[str, str]
    asked_twice: Collection[str]
    cookies: Mapping[str, str]
    headers: Mapping[str, str]
    form: Form
    body: bytes
    client: str
    csrf_token: str

    def check_asked_once(self) -> None:
        """Refuse (`AskedTwice`) what the address asks more than once."""
        for name in self.asked_twice:
            raise AskedTwice(name=name)

    @property
    def for_program(self) -> bool:
        """Whether a program asks: it carries a bearer token and is answered in JSON."""
        return self.path.startswith("/api/")

    @property
    def address(self) -> str | None:
        """The page asked for, its question included: where to come back to. `None` when something was sent."""
        if self.method != "GET":
            return None
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def token(self) -> str:
        """The session's secret: a cookie from pages, a bearer header from programs. Empty when there is none."""
        if not self.for_program:
            return self.cookies.get("session", "")
        bearer = self.headers.get("authorization", "")
        return bearer.removeprefix("Bearer ") if bearer.startswith("Bearer ") else ""


class Visit:
    """A request being answered."""

    def __init__(self, site: Site, sent: Sent, connection: Connection) -> None:
        self.site = site
        self.sent = sent
        self.form = sent.form
        self.token = sent.token
        actor = Actor.signed_in(
            site.history, connection, site.clock(), token=sent.token, coop_id=sent.ids.get("coop_id")
        )
        self.actor = replace(actor, may_found=site.settings.founding)
        if actor.coop:
            self.form.currency = actor.coop.currency

    @property
    def marks(self) -> str:
        """The marks of those who came in by this browser before; a program has none."""
        return "" if self.sent.for_program else self.sent.cookies.get(self.site.settings.cookie(MARKS), "")

    def kept_of(self, person_id: UUID, session: str) -> dict[str, str]:
        """Return the cookies that a browser keeps of who comes in by it, or signs out: with an empty `session`."""
        marks = marked(self.site.keyring.key_for(PURPOSE), self.marks, person_id)
        return {"session": session, self.site.settings.cookie(MARKS): marks}

    @property
    def opens_demo(self) -> bool:
        """Whether she may step in as anyone: in the demo, on its own machine."""
        return self.site.settings.demo and self._is_on_this_machine

    @property
    def shows_letters(self) -> bool:
        """Whether the letters kept here are shown to her: to this machine alone."""
        return self.site.settings.keeps_letters and self._is_on_this_machine

    @property
    def _is_on_this_machine(self) -> bool:
        """Whether it was asked by a name of this machine, and nothing says that somebody handed it on."""
        headers = self.sent.headers
        return is_local(f"//{headers.get('host', '')}") and not any(name in headers for name in HANDED_ON)

    @cached_property
    def lang(self) -> str:
        """The reader's language: chosen on this device, else her own, else her browser's."""
        chosen = self.sent.cookies.get("lang", "")
        if self.actor.person and chosen not in LANGUAGES:
            return self.actor.person.language
        return chosen_language(chosen, self.sent.headers.get("accept-language", ""))

    @property
    def keeps(self) -> Mapping[str, str]:
        """What her browser keeps of her language where it would not know it, for what is refused on its way."""
        return {} if self.lang == language_shown(self.sent.cookies, self.sent.headers) else {SPOKEN: self.lang}

    @cached_property
    def words(self) -> Words:
        """How amounts and hours are said to this reader."""
        return Words(lang=self.lang, tz=self.actor.zone, now=self.actor.now)

    def say(self, said: str | Refused, **values: object) -> str:
        """Return a sentence, or a refusal's, in the reader's language."""
        return sentence_of(said, self.words) if isinstance(said, Refused) else gettext(said, self.lang, **values)

    def id_of(self, name: str) -> UUID:
        """Return an id from the address."""
        found: UUID = self.sent.ids[name]
        return found

    def given(self, name: str) -> str:
        """Return what was typed or asked under `name`: the form first, then the address; empty when neither."""
        return self.form.text(name) or self.sent.query.get(name, "")

    def name_asked(self) -> str:
        """Return the part of a name that is looked for in the address (`?q=`); empty when none is."""
        return Form({"q": [self.sent.query.get("q", "")]}).text("q")

    def given_id(self, name: str) -> UUID | None:
        """Return the id typed or asked under `name`, `None` when there is none; `Misread` when it is no id."""
        return Form({name: [given]}).uuid(name) if (given := self.given(name)) else None

    @property
    def shows_again(self) -> bool:
        """Whether a form is sent to be shown as typed, and nothing is to be done."""
        return AGAIN in self.form.texts

    def asked(self, *, as_pressed: bool = False) -> Asked:
        """Return who asks a command, when, and under which id, which her page or phone made.

        A form without an id (an old page, a script) gets a new one: it simply cannot be sent twice safely. What waited
        for the network happened, `as_pressed`, when it was to be sent first: by her phone's word, as its hour may be.
        """
        known = self.form.uuid("command_id") if self.form.text("command_id") else uuid4()
        asked = Asked.sent(known, self.actor.member.member_id if self.actor.member else None, self.actor.now)
        waited = self._waited() if as_pressed else timedelta()
        return replace(asked, effective_at=asked.at - waited) if waited else asked

    def _waited(self) -> timedelta:
        """Return how long a form waited for the network; nothing for less than a minute, and at most a day."""
        if not self.form.text("waited_seconds"):
            return timedelta()
        waited = timedelta(seconds=min(self.form.whole("waited_seconds", Limits(low=0)), DAY.total_seconds()))
        return waited if waited >= MINUTE else timedelta()
