"""Files to take away: the whole journal as plain text, and my lines for a spreadsheet."""

import csv
import io

from api.places import COOP
from api.places.accounts.lines import statement_lines
from api.speech.called import called
from api.web.answers import Content
from api.web.routes import page
from api.web.visit import Visit
from governance.queries import members_of
from ledger.entries.journal import hledger_journal
from ledger.entries.queries import journal, statement
from usecases.money.accounts import has_account


@page(f"{COOP}/journal", who="member")
def journal_file(visit: Visit) -> Content:
    """Hand out the whole journal as plain text that hledger reads."""
    actor = visit.actor
    known = members_of(actor.connection, actor.coop_id, actor.now)
    names = {member.member_id: called(visit.words, member.name) for member in known}
    text = hledger_journal(actor.coop_id, journal(actor.connection, actor.coop_id), names)
    return Content(text.encode(), "text/plain", f"journal-{actor.today}.journal")


@page(f"{COOP}/lines", who=has_account)
def lines_file(visit: Visit) -> Content:
    """Hand out my lines as a table for a spreadsheet."""
    actor = visit.actor
    table = io.StringIO()
    rows = csv.writer(table, delimiter=";" if visit.lang == "fr" else ",")  # as her spreadsheet reads it
    currency = visit.words.currency_named(actor.currency)
    rows.writerow([visit.say("Day"), visit.say("Line"), visit.say("Amount in {currency}", currency=currency)])
    for line in statement_lines(visit, statement(actor.connection, actor.coop_id, actor.account)):
        rows.writerow([line.day, _as_text(line.text), visit.words.typed(line.amount.amount)])
    return Content(table.getvalue().encode("utf-8-sig"), "text/csv", f"voisiture-{actor.today}.csv")


def _as_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
