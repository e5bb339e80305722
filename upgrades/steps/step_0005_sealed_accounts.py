"""Where people are paid stands sealed, each account for its holder alone."""

import sqlalchemy as sa
from alembic import context, op

from people.bank_account import BankAccount, sealed_account

revision = "0005"
down_revision = "0004"

PEOPLE = sa.table(
    "people",
    sa.column("person_id", sa.Uuid),
    sa.column("iban", sa.String),
    sa.column("iban_holder", sa.String),
    sa.column("account", sa.LargeBinary),
)


def upgrade() -> None:
    """Seal every account in a column of its own; those it was in go."""
    op.add_column("people", sa.Column("account", sa.LargeBinary))
    connection = op.get_bind()
    for row in connection.execute(sa.select(PEOPLE).where(PEOPLE.c.iban.is_not(None))).all():
        account = BankAccount(row.iban, row.iban_holder)
        sealed = sealed_account(context.config.attributes["keyring"], row.person_id, account)
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.person_id == row.person_id).values(account=sealed))
    op.drop_column("people", "iban")
    op.drop_column("people", "iban_holder")
