"""The door for writing: everything a co-op's ledger can be asked to do, group by group.

Who may ask what is said by the acts of `api/places`; that only a debtor declares and only a receiver confirms is
decided here.
"""

from ledger.contesting.application import Contesting
from ledger.entries.application import Entries
from ledger.pricing.application import Pricing
from ledger.rhythm.application import Rhythms
from ledger.settlement.application import Settling
from ledger.settlement.undoing.application import UndoingTransfers
from ledger.spending.application import Spending


class Ledger(Pricing, Entries, Spending, Contesting, Settling, UndoingTransfers, Rhythms):
    """Prices, entries, expenses, contests and settlement plans of every co-op, and how often it settles."""
