"""Goodbye: what is still open between a co-op and who has left it; her balance, transfers and lines, hers to keep."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.places.accounts.lines import StatementLine, statement_lines
from api.places.settlement.shown import ShownTransfer, Transfer, shown_transfers, transfers_of
from api.web.answers import Page, View
from api.web.routes import page, question
from api.web.visit import Visit
from governance.erasure.queries import erasure_due
from kernel.money import Money
from ledger.entries.listing.queries import lines_by
from ledger.entries.queries import balance
from ledger.settlement.apart import standing_apart
from ledger.settlement.queries import open_lines_of, undone_since
from usecases.actor import Actor
from usecases.money.accounts import Holders, has_left
from usecases.money.contesting import Contested, contests_of_mine

OPEN_ACCOUNT = f"{COOP}/open-account"
TO_KEEP = 300  # lines on one page: years of most, to be printed


class OpenAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What stands open with who has left: whole cents (positive is owed to her), her transfers of any plan, contests.

    `apart_cents` of the cents stand apart, being contested. `erasure_due` is when her personal data are erased, as she
    asked; `None` when she did not.
    """

    account: UUID
    cents: int
    apart_cents: int
    transfers: tuple[Transfer, ...]
    contests: tuple[Contested, ...]
    erasure_due: datetime | None


class AccountLeft(View, frozen=True, kw_only=True):
    """Her balance, her open transfers and contests, when she is erased; `older` is where her next lines begin."""

    template: ClassVar[str] = "settlement/left.html"

    coop: str
    me: UUID
    balance: Money
    apart: Money
    transfers: Sequence[ShownTransfer]
    contests: Sequence[Contested]
    lines: Sequence[StatementLine]
    older: str | None
    erasure_due: datetime | None
    may_found: bool


@page(OPEN_ACCOUNT, who=has_left)
def show_open_account(visit: Visit) -> Page:
    """Show who has left her balance, what she still pays or receives, and her lines to keep."""
    actor, found = visit.actor, open_account(visit.actor)
    after = visit.sent.query.get("after")
    lines = lines_by(actor.connection, actor.coop_id, actor.account, after=after, most=TO_KEEP)
    view = AccountLeft(
        coop=actor.my_coop.name,
        me=found.account,
        balance=actor.money(found.cents),
        apart=actor.money(found.apart_cents),
        transfers=shown_transfers(actor, found.transfers, Holders(actor)),
        contests=found.contests,
        lines=statement_lines(visit, lines.items),
        older=lines.after,
        erasure_due=found.erasure_due,
        may_found=actor.may_found,
    )
    return Page(view)


@question(OPEN_ACCOUNT, who=has_left)
def open_account(actor: Actor) -> OpenAccount:
    """What is still open between the co-op and me, who left it: balance, transfers, contests, and when I am erased."""
    connection, coop_id, account = actor.connection, actor.coop_id, actor.account
    found = open_lines_of(connection, coop_id, account)
    drawn = {line.plan_id for line in found if line.plan_state == "open"}
    undone = {plan_id: undone_since(connection, coop_id, plan_id) for plan_id in drawn}
    transfers = (transfer for line in found for transfer in transfers_of(actor, [line], undone.get(line.plan_id, {})))
    return OpenAccount(
        account=account,
        cents=balance(connection, coop_id, account),
        apart_cents=standing_apart(connection, coop_id).get(account, 0),
        transfers=tuple(transfers),
        contests=tuple(contests_of_mine(actor)),
        erasure_due=erasure_due(connection, coop_id, account),
    )
