"""What follows from what. The only place where contexts meet.

Each file says one thing: when this happens, do that. `PROJECTIONS` lists the read models of all contexts.
"""

import importlib.util

from kernel.projection import Projection

PROJECTIONS: tuple[Projection, ...] = tuple(
    importlib.import_module(f"{context}.read_models").project
    for context in ("fleet", "booking", "ledger", "governance")
    if importlib.util.find_spec(context) and importlib.util.find_spec(f"{context}.read_models")
)
