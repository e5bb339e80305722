"""Where a person is paid opens for her alone, under the secret it was sealed with."""

from uuid import UUID

import pytest

from kernel.privacy import Keyring
from people.bank_account import BankAccount, NotAnIban, is_in_sepa, opened_account, sealed_account, sound_iban

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


@pytest.mark.parametrize(
    ("typed", "iban"),
    [
        ("fr76 3000 6000 0112 3456 7890 189", ACCOUNT.iban),
        ("FR76\u00a03000\u202f6000 0112 3456 7890 189", ACCOUNT.iban),
        ("ES15-0049-1806-9121-1186-9374", "ES1500491806912111869374"),
        ("NO07.8380.08.06006", "NO0783800806006"),
    ],
)
def test_an_iban_is_read_however_it_is_parted(typed: str, iban: str) -> None:
    assert sound_iban(typed) == iban


@pytest.mark.parametrize(
    "typed",
    [
        *("", "FR76", "FR7630006000011234567890188", "XX7630006000011234567890189", "💶" * 20),
        "FR84 2004 1010 0505 0001 3M02 607",  # its own check digits are right, the RIB's key is not: 06
    ],
)
def test_what_is_no_iban_is_refused(typed: str) -> None:
    with pytest.raises(NotAnIban):
        sound_iban(typed)


def test_a_code_may_lead_to_accounts_of_the_sepa_area() -> None:
    assert is_in_sepa(ACCOUNT.iban)
    assert not is_in_sepa("BR1800360305000010009795493C1")  # the registry's example
