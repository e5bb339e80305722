"""The tables the money pages read, group by group, and what each event does to them."""

from collections.abc import Iterator
from itertools import chain

from kernel.event import Event, Recorded
from kernel.read_models.projection import Write
from ledger.contesting.read_models import project as contesting
from ledger.entries.read_models import project as entries
from ledger.pricing.read_models import project as pricing
from ledger.rhythm.read_models import project as rhythm
from ledger.settlement.read_models import project as settlement
from ledger.spending.read_models import project as spending


def project(recorded: Recorded[Event]) -> Iterator[Write]:
    """Say what an event does to the tables of this context."""
    of_books = chain(pricing(recorded), entries(recorded), spending(recorded), contesting(recorded))
    return chain(of_books, settlement(recorded), rhythm(recorded))
