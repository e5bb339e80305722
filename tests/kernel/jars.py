"""A toy context for the kernel's tests: jars of coins, each with a label that no other jar of its co-op bears."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Self
from uuid import UUID, uuid4

from msgspec.structs import replace
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, UniqueConstraint, Uuid, select

from kernel.aggregate import Aggregate
from kernel.command import Asked, Command, Done
from kernel.event import Event, Recorded
from kernel.log.history import History
from kernel.log.transaction import Transaction
from kernel.privacy import Keyring
from kernel.read_models.projection import Add, Put, Write
from kernel.refused import Refused

COOP, OTHER_COOP, ANNA = UUID(int=1), UUID(int=2), UUID(int=10)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

tables = MetaData()
jars = Table(
    "kernel_jars",
    tables,
    Column("coop_id", Uuid, primary_key=True),
    Column("jar_id", Uuid, primary_key=True),
    Column("coins", Integer, nullable=False),
)
labels = Table(
    "kernel_labels",
    tables,
    Column("coop_id", Uuid, primary_key=True),
    Column("jar_id", Uuid, primary_key=True),
    Column("label", String(20), nullable=False),
    UniqueConstraint("coop_id", "label"),
)


class CoinsAdded(Event, frozen=True, kw_only=True):
    """Coins went in."""

    coins: int


class JarLabelled(Event, frozen=True, kw_only=True):
    """The jar bears a label."""

    label: str


class AddCoins(Command, frozen=True, kw_only=True):
    """Put coins in."""

    coins: int


class LabelJar(Command, frozen=True, kw_only=True):
    """Give the jar a label."""

    label: str


class JarFull(Refused):
    """This jar holds {coins} coins and no more fit."""


class LabelTaken(Refused):
    """Another jar bears {label} already."""


class Jar(Aggregate, frozen=True, kw_only=True):
    """How many coins, and the label."""

    coins: int = 0
    label: str = ""

    def add(self, coins: int) -> Sequence[Event]:
        """Put coins in; adding none changes nothing."""
        if self.coins + coins > 100:
            raise JarFull(coins=self.coins)
        return (CoinsAdded(coins=coins),) if coins else ()

    def evolve(self, event: Event) -> Self:
        """Return the jar after `event`."""
        match event:
            case CoinsAdded():
                return replace(self, coins=self.coins + event.coins)
            case JarLabelled():
                return replace(self, label=event.label)
        return self


def project(recorded: Recorded[Event]) -> Iterable[Write]:
    """Return what an event changes in the toy's tables."""
    key = {"coop_id": recorded.coop_id, "jar_id": recorded.stream_id}
    match recorded.event:
        case CoinsAdded(coins=coins):
            yield Add(jars, key, {"coins": coins})
        case JarLabelled(label=label):
            yield Put(labels, key | {"label": label})


def jar_history(engine: Engine) -> History:
    """Return a history that knows jars only."""
    return History(engine, {"tests": project}, Keyring(bytes(32)))


def asked(command_id: UUID | None = None, *, by: UUID | None = ANNA, at: datetime = NOON) -> Asked:
    """Return an asking by Anna at noon."""
    return Asked(command_id=command_id or uuid4(), by=by, at=at)


def add(history: History, jar_id: UUID, coins: int, by_command: Asked | None = None, coop_id: UUID = COOP) -> Done:
    """Put coins in a jar that may be new."""
    command = AddCoins(coop_id=coop_id, coins=coins)
    return history.start(Jar, jar_id, command, by_command or asked(), lambda jar, _: jar.add(coins))


def label(history: History, jar_id: UUID, text: str, look: Callable[[], bool] = lambda: True) -> Done:
    """Label a jar, refusing a label taken when `look` says to look at the others first."""

    def decide(_: Jar, transaction: Transaction) -> Sequence[Event]:
        same = select(labels.c.jar_id).where(labels.c.coop_id == COOP, labels.c.label == text)
        if look() and transaction.connection.execute(same).first():
            raise LabelTaken(label=text)
        return (JarLabelled(label=text),)

    return history.start(Jar, jar_id, LabelJar(coop_id=COOP, label=text), asked(), decide)


def coins_in(engine: Engine, jar_id: UUID) -> int:
    """Return the coins the read model shows for a jar of the first co-op."""
    with engine.connect() as connection:
        shown = connection.execute(select(jars.c.coins).where(jars.c.coop_id == COOP, jars.c.jar_id == jar_id))
        return shown.scalar() or 0
