"""Every rule members may vote, by subject: what a proposal may change is exactly this list.

To add a rule, add it to its subject's file, with `since` the next version of this catalogue and the `default` that
changes nothing for the co-ops there are. Its place here is its place on pages.
"""

from governance.rules.catalogue import booking, francs, money, prices, voting
from governance.rules.rule import Rule
from kernel.money import PACIFIC_FRANC
from kernel.refused import Refused


class UnknownRule(Refused):
    """There is no rule called {parameter}."""


CATALOGUE = {rule.key: rule for rule in (*prices.RULES, *booking.RULES, *money.RULES, *voting.RULES)}
"""Every rule by its key; those about money with their bounds in euros."""

_IN = {PACIFIC_FRANC: francs.RULES}


def rule_of(key: str, currency: str) -> Rule:
    """Return the votable rule called `key`, with its bounds in a co-op's currency; refuses an unknown one."""
    if key not in CATALOGUE:
        raise UnknownRule(parameter=key)
    return _IN.get(currency, {}).get(key, CATALOGUE[key])


def latest_version() -> int:
    """Return the version of the catalogue as it is."""
    return max(rule.since for rule in CATALOGUE.values())
