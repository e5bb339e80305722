"""The co-op itself: where it is, how it speaks, which charter its members accept, where it is paid."""

from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from governance.commands import SetBankAccount, StartCoop, TellOfNewRules
from governance.events import BankAccountSet, CoopStarted, NewRulesTold
from governance.rules.catalogue import latest_version
from governance.rules.packs import values_of
from kernel.aggregate import Aggregate
from kernel.event import Event
from kernel.refused import Refused
from people.bank_account import sound_iban

CHARTER_VERSION = "2026-12"
"""Which charter a newcomer accepts today: its version is kept with the acceptance. Its sentences are said elsewhere.

To change them is to give them a new version: those who joined before accepted the old one, and the books say which.
"""


class CoopExists(Refused):
    """This co-op has already been started."""


class UnknownTimeZone(Refused):
    """There is no time zone called “{time_zone}”."""


class Coop(Aggregate, frozen=True, kw_only=True):
    """A group of neighbours with its members, vehicles and rules. Its stream is its id.

    `catalogue` is the version of the catalogue with which it began, or of which its référents were told since.
    """

    started: bool = False
    time_zone: str = "UTC"
    holder: str = ""
    iban: str = ""
    catalogue: int = 1

    def start(self, command: StartCoop) -> tuple[Event, ...]:
        """Return its beginning; refuses a second one, an unknown time zone and an unknown rule pack."""
        if self.started:
            raise CoopExists
        if not _is_time_zone(command.time_zone):
            raise UnknownTimeZone(time_zone=command.time_zone)
        values_of(command.pack, command.currency)
        return (
            CoopStarted(
                coop_name=command.name.strip(),
                commune_code=command.commune_code,
                commune_name=command.commune_name.strip(),
                departement=command.departement.strip(),
                time_zone=command.time_zone,
                currency=command.currency,
                language=command.language,
                pack=command.pack,
                accent=command.accent.value,
                charter_version=command.charter_version.strip(),
                catalogue=latest_version(),
            ),
        )

    def set_bank_account(self, command: SetBankAccount) -> tuple[Event, ...]:
        """Return the change, nothing when it is the same already; refuses what is no IBAN."""
        iban, holder = sound_iban(command.iban), command.holder.strip()
        if (holder, iban) == (self.holder, self.iban):
            return ()
        return (BankAccountSet(holder=holder, iban=iban),)

    def tell_of_new_rules(self, _command: TellOfNewRules) -> tuple[Event, ...]:
        """Return that its référents are told of the rules that came since; nothing when they were, or none came."""
        latest = latest_version()
        return (NewRulesTold(catalogue=latest),) if self.catalogue < latest else ()

    def evolve(self, event: Event) -> Self:
        """Return the co-op after `event`."""
        match event:
            case CoopStarted(time_zone=time_zone, catalogue=catalogue):
                return replace(self, started=True, time_zone=time_zone, catalogue=catalogue)
            case NewRulesTold(catalogue=catalogue):
                return replace(self, catalogue=catalogue)
            case BankAccountSet(holder=holder, iban=iban):
                return replace(self, holder=holder, iban=iban)
            case _:
                return self


def _is_time_zone(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
