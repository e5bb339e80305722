"""Why entries are made, one file a cause: what is kept as its explanation, the id of its entry, and its sum.

A new cause is a file here and a line below (and its kind in `draft.py`, its words in `api/speech/causes/`).
"""

from ledger.entries.causes.correction import Corrected
from ledger.entries.causes.expense import ExpensePart
from ledger.entries.causes.fuel import FuelPaid
from ledger.entries.causes.gift import Given
from ledger.entries.causes.lifting import Lifted
from ledger.entries.causes.transfer import PlanLinePaid
from ledger.entries.causes.trip import TripCharge

Explanation = TripCharge | FuelPaid | ExpensePart | PlanLinePaid | Given | Lifted | Corrected
