"""Where a person is paid opens for her alone, under the secret it was sealed with."""

from uuid import UUID

import pytest

from kernel.privacy import Keyring
from people.bank_account import BankAccount, opened_account, sealed_account

JEAN, CLAIRE = UUID(int=1), UUID(int=2)
ACCOUNT = BankAccount("FR7630006000011234567890189", "M. Jean MARTIN")


def test_it_opens_for_whom_it_was_sealed(keyring: Keyring) -> None:
    sealed = sealed_account(keyring, JEAN, ACCOUNT)
    assert ACCOUNT.iban.encode() not in sealed
    assert opened_account(keyring, JEAN, sealed) == ACCOUNT


def test_it_opens_for_nobody_else_nor_under_another_secret(keyring: Keyring) -> None:
    sealed = sealed_account(keyring, JEAN, ACCOUNT)
    assert opened_account(keyring, CLAIRE, sealed) is None
    assert opened_account(Keyring(bytes(32)), JEAN, sealed) is None


@pytest.mark.parametrize("sealed", [None, b"", b"short", bytes(80)])
def test_what_was_never_sealed_opens_as_nothing(keyring: Keyring, sealed: bytes | None) -> None:
    assert opened_account(keyring, JEAN, sealed) is None
