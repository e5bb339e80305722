"""Who asks or acts, in which co-op, at which instant; and the one moment of the database they see."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Self, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from governance.queries import CoopRow, MemberRow, coop_row, is_member, membership
from governance.roles import Role
from kernel.command import Asked, Command, Done
from kernel.log.history import History
from kernel.money import Money
from kernel.privacy import Keyring, Sealed
from kernel.refused import NotYours, Unknown
from people.limits import Limit, spend
from people.person import Person
from people.sign_in import signed_in
from territory.time_zones import PARIS

R = TypeVar("R")
Right = TypeVar("Right", bound=Callable[..., bool])

_ASKED_OF_FORMERS = set[Callable[..., bool]]()

ELSEWHERE = ZoneInfo(PARIS)  # the clock outside any co-op: of who signs in, or is about to start one


class FoundingClosed(NotYours):
    """No co-op is started here at the moment. Ask a neighbour who shares vehicles here for an invitation."""


def asked_of_formers(right: Right) -> Right:
    """Mark a right that is asked not of members alone, but of who has left too: her account is still hers."""
    _ASKED_OF_FORMERS.add(right)
    return right


def is_asked_of_formers(right: Callable[..., bool]) -> bool:
    """Tell whether a right is asked of who has left too."""
    return right in _ASKED_OF_FORMERS


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person (or nobody yet) in a co-op (or in none) at an instant; `session_id` where she signed in by a browser.

    `member` is who she is in that co-op today, `None` when she is no member of it; `former` who she was in one that she
    has left. `connection` is one moment of the
    database to ask questions of; acts go through `history`. `may_found` is whether co-ops are started here at all.
    """

    history: History
    connection: Connection
    now: datetime
    person: Person | None = None
    session_id: UUID | None = None
    coop: CoopRow | None = None
    member: MemberRow | None = None
    former: MemberRow | None = None
    may_found: bool = True

    @classmethod
    def signed_in(
        cls, history: History, connection: Connection, now: datetime, *, token: str, coop_id: UUID | None
    ) -> Self:
        """Return who holds a session's secret (empty: nobody), in the co-op of an id; unknown ones are `None`."""
        signed = signed_in(connection, token, now) if token else None
        actor = cls.of(history, connection, now, person=signed.person if signed else None, coop_id=coop_id)
        return replace(actor, session_id=signed.session_id) if signed else actor

    @classmethod
    def of(
        cls, history: History, connection: Connection, now: datetime, *, person: Person | None, coop_id: UUID | None
    ) -> Self:
        """Return a person, or nobody, in the co-op of an id; an unknown co-op is `None`."""
        coop = coop_row(connection, coop_id) if coop_id else None
        known = membership(connection, coop.coop_id, person.person_id, now) if coop and person else None
        member, former = (known, None) if known and known.is_member else (None, known)
        return cls(
            history=history, connection=connection, now=now, person=person, coop=coop, member=member, former=former
        )

    @property
    def me(self) -> UUID:
        """The id of the member who asks; `NotYours` when nobody does."""
        if self.member is None:
            raise NotYours
        return self.member.member_id

    @property
    def account(self) -> UUID:
        """Whose account is hers in this co-op, as its member or as one who left it; `NotYours` when neither."""
        mine = self.member or self.former
        if mine is None:
            raise NotYours
        return mine.member_id

    @property
    def my_person(self) -> Person:
        """The person who asks; `NotYours` when nobody does."""
        if self.person is None:
            raise NotYours
        return self.person

    @property
    def my_coop(self) -> CoopRow:
        """The co-op; `Unknown` when there is none."""
        if self.coop is None:
            raise Unknown
        return self.coop

    @property
    def coop_id(self) -> UUID:
        """The id of the co-op; `Unknown` when there is none."""
        return self.my_coop.coop_id

    @property
    def zone(self) -> ZoneInfo:
        """The co-op's time zone; Paris outside any co-op."""
        return ZoneInfo(self.coop.time_zone) if self.coop else ELSEWHERE

    @property
    def currency(self) -> str:
        """The co-op's currency (ISO 4217); `Unknown` when there is none."""
        return self.my_coop.currency

    def money(self, cents: int) -> Money:
        """Return whole minor units of the co-op's currency as an amount."""
        return Money(cents, self.currency)

    @property
    def today(self) -> date:
        """The day on the co-op's clocks."""
        return self.now.astimezone(self.zone).date()

    @property
    def keyring(self) -> Keyring:
        """What opens sealed texts."""
        return self.history.keyring

    def together(self, work: Callable[[Self], R]) -> R:
        """Carry out several acts as one, all or nothing: `work` is given this actor inside the transaction."""
        return self.history.together(lambda joined: work(self._within(joined)))

    def once(self, command: Command, asked: Asked, work: Callable[[Self], Done]) -> Done:
        """Carry out an act made of several commands, all or nothing, and once: see `History.once`."""
        return self.history.once(command, asked, lambda joined: work(self._within(joined)))

    def counted(self, limit: Limit, command: Command, asked: Asked, work: Callable[[Self], Done]) -> Done:
        """Carry out an act that costs others, once, counted within what she and her co-op may do of it in a day."""

        def counting(within: Self) -> Done:
            person_id, coop_id = self.my_person.person_id, command.coop_id
            spend(within.connection, limit, asked.at, person_id=person_id, coop_id=coop_id)
            return work(within)

        return self.once(command, asked, counting)

    def check_founding(self) -> None:
        """Refuse with `FoundingClosed` where no co-op is started any more."""
        if not self.may_found:
            raise FoundingClosed

    def stay_member(self) -> None:
        """Keep her a member until the transaction ends; refuses with `NotYours` when she has left meanwhile."""
        self.history.hold(self.me)
        if not is_member(self.connection, self.coop_id, self.me):
            raise NotYours

    def _within(self, joined: History) -> Self:
        return replace(self, history=joined, connection=joined.connection)

    def holds(self, *roles: Role) -> bool:
        """Tell whether she is a member here and holds one of these roles now."""
        return self.member is not None and not {*roles}.isdisjoint(self.member.roles)

    def opened(self, sealed: Sealed | None) -> str | None:
        """Return a sealed text, `None` once its author was erased or when nothing was sealed."""
        return self.keyring.open(self.connection, sealed)

    def opened_all(self, texts: Iterable[Sealed | None]) -> dict[Sealed, str]:
        """Return the texts of many that can still be read: their keys are asked for at once."""
        return self.keyring.open_all(self.connection, filter(None, texts))
