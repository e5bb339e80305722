"""The co-op's own bank account, where those who owe the co-op pay."""

from governance.application import Governance
from governance.commands import SetBankAccount
from governance.roles import Role
from kernel.command import Asked, Done
from kernel.refused import Refused
from usecases.actor import Actor
from usecases.profile.recovering import iban_kept_until


class CoopIbanKept(Refused):
    """Your mail address was given back to you: until {until}, others say where the co-op is paid."""


def keeps_bank_account(actor: Actor) -> bool:
    """Is a treasurer or a référent: she may say where the co-op itself is paid."""
    return actor.holds(Role.TREASURER, Role.REFERENT)


def set_bank_account(actor: Actor, command: SetBankAccount, asked: Asked) -> Done:
    """Say where the co-op itself is paid.

    Refuses with `CoopIbanKept` for some days after the address of who asks was given back, and as governance does.
    """

    def work(within: Actor) -> Done:
        if until := iban_kept_until(within.connection, within.my_person.person_id, asked.at):
            raise CoopIbanKept(until=until)
        return Governance(within.history).set_bank_account(command, asked)

    return actor.together(work)
