"""Answering for an expense over the voted limit that others bear: yes, and it counts, or no."""

from api.places.expenses.expense import EXPENSE, show_expense
from api.web.acts import act
from kernel.command import Asked, Done
from kernel.text import N_
from ledger.spending.commands import AgreeToExpense, RefuseExpense
from usecases.actor import Actor
from usecases.money import spending
from usecases.money.books import books_of
from usecases.money.spending import says_yes_to_expense


@act(
    f"{EXPENSE}/agreement",
    who=says_yes_to_expense,
    page=show_expense,
    said=N_("It is yes: the expense counts from here on."),
    then="/coops/{coop_id}/expenses/{expense_id}",
    lasting="It is in the books: who bears it contests it, the treasurer takes it back.",
    example={},
)
def agree_to_expense(actor: Actor, command: AgreeToExpense, asked: Asked) -> Done:
    """Say yes to an expense over the voted limit: as one who bears it, or as the treasurer."""
    return spending.agree_to_expense(actor, command, asked)


@act(
    f"{EXPENSE}/refusal",
    who=says_yes_to_expense,
    page=show_expense,
    said=N_("It is no: the expense counts for nobody, and who noted it is told."),
    then="/coops/{coop_id}/expenses/{expense_id}",
    lasting="Who noted it is told, and notes it again.",
    example={"reason": "Nous n'avions pas parlé de ce montant."},
)
def refuse_expense(actor: Actor, command: RefuseExpense, asked: Asked) -> Done:
    """Say no to an expense that waits for a yes: it never counts."""
    return books_of(actor).refuse_expense(command, asked)
