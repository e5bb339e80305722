"""The books as an hledger journal: plain text that anyone can check with a tool that is not ours."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from kernel.money import Money, decimals_of
from ledger.entries.queries import EntryRow


def hledger_journal(coop_id: UUID, entries: Iterable[EntryRow], names: Mapping[UUID, str]) -> str:
    """Return the whole text of a journal, in the order given; `names` are the members' by id, as far as known.

    Accounts are `coop` and `member:<name> <start of id>`: the id tells two members of one name apart.
    Passes `hledger check --strict`.
    """
    listed = list(entries)
    accounts = sorted({line.account for entry in listed for line in entry.postings}, key=lambda account: account.bytes)
    titles = {account: _account(coop_id, account, names) for account in accounts}
    declared = "".join(f"account {title}\n" for title in sorted(titles.values()))
    body = "\n".join(_transaction(entry, titles) for entry in listed)
    currencies = sorted({line.currency for entry in listed for line in entry.postings})
    commodities = "".join(f"commodity {_written(currency)} {currency}\n" for currency in currencies)
    return f"{commodities}{declared}\n{body}"


def _transaction(entry: EntryRow, titles: Mapping[UUID, str]) -> str:
    head = f"{entry.effective_on.isoformat()} * ({entry.entry_id}) {entry.kind}\n"
    notes = f"    ; legal_nature: {entry.legal_nature}\n"
    if entry.reverses:
        notes += f"    ; reverses: {entry.reverses}\n"
    width = max(len(titles[line.account]) for line in entry.postings)
    lines = (
        f"    {titles[line.account]:{width}}  {Money(line.cents, line.currency).amount:>12} {line.currency}\n"
        for line in entry.postings
    )
    return head + notes + "".join(lines)


def _written(currency: str) -> str:
    """Return a thousand of a currency, as its amounts are written: a decimal mark has to stand even before nothing."""
    return f"1000.{'0' * decimals_of(currency)}"


def _account(coop_id: UUID, account: UUID, names: Mapping[UUID, str]) -> str:
    if account == coop_id:
        return "coop"
    plain = "".join(letter if letter.isalnum() else " " for letter in names.get(account, ""))
    return "member:" + " ".join((*plain.split(), account.hex[:8]))
