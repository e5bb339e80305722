"""One request as a route sees it: who asks, in which co-op, in which language, and what was sent, read strictly."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from api.site import Site
from api.speech.texts import best_language, gettext
from api.speech.words import Words
from api.web.forms import Form
from governance.queries import CoopRow, MemberRow, coop, membership
from kernel.command import Asked
from kernel.refused import NotYours, Unknown
from people.person import Person
from people.sign_in import signed_in

PARIS = ZoneInfo("Europe/Paris")


class Sent(msgspec.Struct, kw_only=True):
    """What came over the wire, already off it: nothing here waits for the network."""

    path: str
    places: Mapping[str, Any]
    query: Mapping[str, str]
    cookies: Mapping[str, str]
    headers: Mapping[str, str]
    form: Form
    body: bytes
    client: str
    csrf_token: str


class Asking:
    """A request being answered; what it needs is looked up once, on first use, in one read transaction."""

    def __init__(self, site: Site, sent: Sent, connection: Connection) -> None:
        self.site = site
        self.sent = sent
        self.connection = connection
        self.now = site.clock()
        self.form = sent.form
        self.refusal: str | None = None
        self.errors: Mapping[str, str] = {}

    @cached_property
    def token(self) -> str:
        """The session's secret: a cookie from pages, a bearer header from programs. Empty when there is none."""
        bearer = self.sent.headers.get("authorization", "")
        if self.sent.path.startswith("/api/"):
            return bearer.removeprefix("Bearer ") if bearer.startswith("Bearer ") else ""
        return self.sent.cookies.get("session", "")

    @cached_property
    def person(self) -> Person | None:
        """Who is signed in."""
        return signed_in(self.connection, self.token, self.now) if self.token else None

    @cached_property
    def coop(self) -> CoopRow | None:
        """The co-op of the address, or `None` when the address names none or an unknown one."""
        coop_id = self.sent.places.get("coop_id")
        return coop(self.connection, coop_id) if coop_id else None

    @cached_property
    def member(self) -> MemberRow | None:
        """The member who asks: of the co-op of the address, today."""
        if self.coop is None or self.person is None:
            return None
        found = membership(self.connection, self.coop.coop_id, self.person.person_id, self.now)
        return found if found and found.is_member else None

    @property
    def me(self) -> UUID:
        """The id of the member who asks; `NotYours` when nobody does."""
        if self.member is None:
            raise NotYours
        return self.member.member_id

    @property
    def my_person(self) -> Person:
        """The person who asks; `NotYours` when nobody does."""
        if self.person is None:
            raise NotYours
        return self.person

    @property
    def here(self) -> CoopRow:
        """The co-op of the address; `Unknown` when there is none."""
        if self.coop is None:
            raise Unknown
        return self.coop

    @property
    def coop_id(self) -> UUID:
        """The id of the co-op of the address."""
        return self.here.coop_id

    @cached_property
    def zone(self) -> ZoneInfo:
        """The co-op's time zone; Paris outside any co-op."""
        return ZoneInfo(self.coop.time_zone) if self.coop else PARIS

    @cached_property
    def lang(self) -> str:
        """The reader's language: chosen on this device, else her own, else her browser's."""
        chosen = self.sent.cookies.get("lang")
        if chosen in ("fr", "en"):
            return chosen
        if self.person:
            return self.person.language
        return best_language(self.sent.headers.get("accept-language", ""))

    @cached_property
    def words(self) -> Words:
        """How amounts and hours are said to this reader."""
        return Words(lang=self.lang, tz=self.zone, now=self.now)

    def say(self, msgid: str, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return gettext(msgid, self.lang, **values)

    def place(self, name: str) -> UUID:
        """Return an id from the address."""
        found: UUID = self.sent.places[name]
        return found

    def given(self, name: str) -> str:
        """Return what was typed or asked under `name`: the form first, then the address; empty when neither."""
        return self.form.text(name) or self.sent.query.get(name, "")

    def asked(self) -> Asked:
        """Return the asking of a command: the member, the hour, and the id her page or phone made.

        A form without an id (an old page, a script) gets a new one: it simply cannot be sent twice safely.
        """
        known = self.form.uuid("command_id") if self.form.text("command_id") else uuid4()
        return Asked.sent(known, self.member.member_id if self.member else None, self.now)
