"""Paying from bank to bank: references that can be checked, codes that bank apps read."""

from uuid import UUID

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from kernel.money import Money
from ledger.settlement.payment import (
    MOST_BYTES,
    BicUnsound,
    IbanUnsound,
    NotPayable,
    Payee,
    check_digits,
    creditor_reference,
    epc_payload,
)
from tests.kit.codes import read_code
from tests.kit.payment import read_epc, reference_is_sound
from tests.kit.scale import scaled

IBAN = "FR7630006000011234567890189"
MARIE = Payee("Marie Durand-Lévêque", IBAN)
REFERENCE = "RF18539007547034"
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=80)


def test_the_published_reference_has_the_right_check_digits() -> None:  # the example of ISO 11649
    assert reference_is_sound(REFERENCE)
    assert check_digits("539007547034") == "18"
    assert reference_is_sound("RF18 5390 0754 7034")


@given(st.uuids())
def test_every_line_has_a_sound_reference(line_id: UUID) -> None:
    reference = creditor_reference(line_id)
    assert reference_is_sound(reference)
    assert len(reference) == 16


@given(st.uuids(), st.integers(2, 15), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(line_id: UUID, place: int, more: int) -> None:
    reference = creditor_reference(line_id)
    wrong = reference[:place] + str((int(reference[place]) + more) % 10) + reference[place + 1 :]
    assert not reference_is_sound(wrong)


@given(names, st.integers(1, 99_999_999_999), st.uuids())
def test_a_code_fits_reads_back_and_has_two_decimals(name: str, cents: int, line_id: UUID) -> None:  # property E11
    assume(name.strip())
    reference = creditor_reference(line_id)
    payload = epc_payload(Payee(name, IBAN), Money(cents), reference)
    assert len(payload.encode()) <= MOST_BYTES
    payee, amount, read = read_epc(payload)
    assert (amount, read, payee.iban) == (Money(cents), reference, IBAN)
    assert name.startswith(payee.name)
    assert payload.split("\n")[7][-3] == "."


def test_the_lines_of_a_code_are_those_of_the_guideline() -> None:  # EPC069-12 version 002
    assert epc_payload(MARIE, Money(3000), REFERENCE).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Marie Durand-Lévêque",
        IBAN,
        "EUR30.00",
        "",
        REFERENCE,
    ]


@given(names, st.integers(1, 99_999_999_999))
@settings(max_examples=scaled(15))
def test_a_reader_of_codes_finds_the_payload(name: str, cents: int) -> None:  # property E11
    assume(name.strip())
    payload = epc_payload(Payee(name, IBAN), Money(cents), REFERENCE)
    code = segno.make(payload.encode(), error="m", micro=False, boost_error=False)
    assert int(code.version) <= 13
    rows = [[0 if dark else 255 for dark in row] for row in code.matrix_iter(scale=4, border=4)]
    picture = Image.new("L", (len(rows[0]), len(rows)))
    picture.putdata([shade for row in rows for shade in row])
    assert read_code(picture) == payload


def test_an_iban_that_is_none_is_refused() -> None:
    with pytest.raises(IbanUnsound):
        epc_payload(MARIE._replace(iban="FR76"), Money(1), REFERENCE)


def test_a_bic_that_is_none_is_refused() -> None:
    with pytest.raises(BicUnsound):
        epc_payload(MARIE._replace(bic="NOPE"), Money(1), REFERENCE)
    assert "AGRIFRPP" in epc_payload(MARIE._replace(bic="agrifrpp"), Money(1), REFERENCE)


@pytest.mark.parametrize(
    ("payee", "amount"),
    [
        (MARIE, Money(0)),
        (MARIE, Money(-5)),
        (MARIE, Money(5, "CHF")),
        (MARIE, Money(5, "XPF")),
        (Payee(" ", IBAN), Money(5)),
        (Payee("Ana", "BR1800360305000010009795493C1"), Money(5)),  # Brazil's example in the registry of IBANs
    ],
)
def test_what_no_bank_would_take_is_refused(payee: Payee, amount: Money) -> None:
    with pytest.raises(NotPayable):
        epc_payload(payee, amount, REFERENCE)
