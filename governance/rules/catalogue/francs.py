"""The rules about money where one counts in Pacific francs (XPF): other bounds, whole francs, else the same rules.

By law 1,000 XPF are 8.38 EUR; bounds and defaults are what the same rule has in euros, rounded to a plain number.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from governance.rules.catalogue import money, prices
from governance.rules.rule import Rule
from kernel.money import EURO, PACIFIC_FRANC

_BOUNDS = {  # lowest, highest, default
    "price_per_km": ("10", "85", "0"),
    "price_per_hour": ("0", "500", "0"),
    "balance_limit": ("-120000", "0", "-120000"),
    "settlement_floor": ("0", "2500", "100"),
    "steward_spend_limit": ("0", "120000000", "120000000"),
}


def _in_francs(rules: tuple[Rule, ...]) -> Iterator[Rule]:
    for rule in rules:
        if rule.currency:
            low, high, default = _BOUNDS[rule.key]
            unit = rule.unit.replace(EURO, PACIFIC_FRANC)
            yield replace(rule, unit=unit, low=low, high=high, default=default)


RULES = {rule.key: rule for rule in _in_francs(prices.RULES + money.RULES)}
