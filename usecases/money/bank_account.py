"""The co-op's own bank account, where those who owe the co-op pay."""

from governance.roles import Role
from usecases.actor import Actor


def keeps_bank_account(actor: Actor) -> bool:
    """Is a treasurer or a référent: she may say where the co-op itself is paid."""
    return actor.holds(Role.TREASURER, Role.REFERENT)
