"""How the causes of entries are told, one file a cause, beside those that compute them in `ledger/entries/causes/`.

A new cause is a file here and a line below.
"""

from api.speech.causes.correction import CorrectionTelling
from api.speech.causes.expense import ExpenseTelling
from api.speech.causes.fuel import FuelTelling
from api.speech.causes.gift import GiftTelling
from api.speech.causes.lifting import LiftingTelling
from api.speech.causes.telling import Causes, Teller
from api.speech.causes.transfer import TransferTelling
from api.speech.causes.trip import TripTelling
from api.speech.words import Words
from ledger.entries.causes.correction import Corrected
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.gift import Given
from ledger.entries.causes.lifting import Lifted
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.causes.trip import TripCharge
from usecases.actor import Actor

CAUSES: Causes = {
    TripCharge: TripTelling,
    FuelPaid: FuelTelling,
    ExpensePart: ExpenseTelling,
    PlanLinePaid: TransferTelling,
    Given: GiftTelling,
    Lifted: LiftingTelling,
    Corrected: CorrectionTelling,
}


def teller(actor: Actor, words: Words) -> Teller:
    """Return who tells a reader of entries, whatever caused them."""
    return Teller(actor, words, CAUSES)
