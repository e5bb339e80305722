import msgspec
import pytest
from msgspec.structs import replace

from governance.commands import SetBankAccount, StartCoop
from governance.coop import Coop, CoopExists, UnknownTimeZone
from governance.events import BankAccountSet, CoopStarted
from governance.rules.packs import UnknownPack
from people.bank_account import NotAnIban
from tests.governance.given import COOP, person

START = StartCoop(
    coop_id=COOP,
    founder_id=person(0),
    name="Les Voisins du Diois",
    commune_code="26113",
    commune_name="Die",
    departement="Drôme",
    time_zone="Europe/Paris",
    currency="EUR",
    charter_version="light-1",
)
IBAN = "FR14 2004 1010 0505 0001 3M02 606"


def started() -> Coop:
    return Coop().after(Coop().start(START))


def account(iban: str = IBAN, holder: str = "Les Voisins du Diois") -> SetBankAccount:
    return SetBankAccount(coop_id=COOP, holder=holder, iban=iban)


def test_a_co_op_starts_in_its_commune() -> None:
    (event,) = Coop().start(START)
    assert isinstance(event, CoopStarted)
    assert (event.coop_name, event.commune_code, event.pack) == ("Les Voisins du Diois", "26113", "light")


def test_it_starts_only_once() -> None:
    with pytest.raises(CoopExists):
        started().start(START)


@pytest.mark.parametrize("zone", ["Europe/Die", "../../etc/passwd", "Europe", "Europe/Paris\x00", " "])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(UnknownTimeZone):
        Coop().start(replace(START, time_zone=zone))


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(UnknownPack):
        Coop().start(replace(START, pack="heavy"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \t"},
        {"name": "a\x00b"},
        {"name": "a" * 81},
        {"commune_code": "2C004"},
        {"commune_code": "2611"},
        {"commune_code": "26113\n"},
        {"currency": "XYZ"},
        {"accent": "#ffffff"},
        {"unheard": 1},
    ],
)
def test_a_malformed_command_is_no_command(wrong: dict[str, object]) -> None:
    body = msgspec.to_builtins(START) | wrong
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, StartCoop)


@pytest.mark.parametrize("code", ["26113", "2A004", "2B033", "97411"])
def test_corsica_and_overseas_have_codes_of_their_own(code: str) -> None:
    assert msgspec.convert(msgspec.to_builtins(replace(START, commune_code=code)), StartCoop).commune_code == code


def test_it_says_where_it_is_paid() -> None:
    assert started().set_bank_account(account()) == (
        BankAccountSet(holder="Les Voisins du Diois", iban="FR1420041010050500013M02606"),
    )


def test_the_same_account_again_changes_nothing() -> None:
    coop = started().after(started().set_bank_account(account()))
    assert coop.set_bank_account(account(iban=IBAN.replace(" ", "").lower())) == ()


@pytest.mark.parametrize("iban", ["FR14 2004 1010 0505 0001 3M02 607", "hello", "FR14", "XX00 1234", "💶" * 10])
def test_what_is_no_iban_is_refused(iban: str) -> None:
    with pytest.raises(NotAnIban):
        started().set_bank_account(account(iban=iban))
