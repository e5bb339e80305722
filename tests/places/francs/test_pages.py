"""What pages, files and letters say there: whole francs."""

from tests.kit.village import Village
from tests.places.francs.noumea import Noumea, noumea


def test_a_trip_and_its_proof(village: Village) -> None:
    started = noumea(village, "fr")
    booking = started.drive("Olga", 7)
    assert "-249 FCFP" in started.read("Olga", f"/bookings/{booking}")
    (line,) = started.ask("Olga", "/lines")["items"]
    proof = started.read("Olga", f"/entries/{line['entry_id']}")
    assert "7 km × 35,5 FCFP/km 248,5 FCFP" in proof
    assert "Prix du trajet, arrondi 249 FCFP" in proof
    assert "Vous devez 249 FCFP" in started.read("Olga", "/accounts")


def test_an_expense_is_typed_in_francs(village: Village) -> None:
    started = noumea(village, "fr")
    assert ">F</span>" in village.as_("Sacha").get(f"{started.here}/expenses/new").html
    typed = {"kind": "repair", "paid_on": "2026-11-02", "paid_by": started.sacha, "split": "equal", "months": "1"}
    typed |= {"vehicle_id": "coop"}
    among = [started.sacha, started.olga]
    finer = village.as_("Sacha").post(f"{started.here}/expenses", amount="12,50", among=among, **typed)
    assert (finer.status, "un montant entier, comme 1500" in finer.text) == (422, True)
    noted = village.as_("Sacha").post(f"{started.here}/expenses", amount="1.500 F", among=among, **typed)
    assert (noted.status, "1 500 FCFP" in noted.text.replace("\u00a0", " ")) == (200, True)
    assert "Réparation · 750 FCFP" in started.read("Olga", "/")


def test_a_contest(village: Village) -> None:
    started = noumea(village, "fr")
    expense = started.do("Sacha", "/expenses", started.expense(1500))
    burden = started.read("Olga", f"/burdens/{expense}")
    assert "750 FCFP" in burden
    assert "1 500 FCFP" in burden
    contest = started.do("Olga", f"/burdens/{expense}/contest", {"reason": "Pas moi."})
    assert "750 FCFP" in started.read("Sacha", f"/contests/{contest}")
    assert "750 FCFP" in started.read("Sacha", "/")


def test_a_plan_and_its_floor(village: Village) -> None:
    started = noumea(village, "fr")
    started.do("Sacha", "/expenses", started.expense(1500))
    plan = started.do("Sacha", "/plans", {"as_of": "2026-11-02"})
    started.do("Sacha", f"/plans/{plan}/issue", {})
    assert "750 FCFP" in started.read("Olga", f"/plans/{plan}")
    assert "750 FCFP" in started.read("Olga", "/")


def test_rules_and_the_letter_that_puts_one_to_the_vote(village: Village) -> None:
    started = noumea(village, "fr")
    assert "Le kilomètre coûte 35 FCFP." in started.read("Olga", "/rules")
    assert "-18 000 FCFP" in started.read("Olga", "/rules")
    asked = started.read("Olga", "/proposals/new?parameter=price_per_km")
    assert "Entre 10 et 85, ou 0 : gratuit." in asked
    assert "F/km" in asked
    proposed = {"parameter": "price_per_km", "value": "40.5", "rationale": "Le vélo s'use."}
    started.do("Olga", "/proposals", proposed | {"effective_from": "2027-01-01"})
    (letter, *_) = village.letters_to("Sacha")
    assert "40,5 FCFP." in letter.body.replace("\u00a0", " ")


def test_whom_a_letter_tells_of_her_part_follows_the_currency(village: Village) -> None:
    """20 € are 2,400 F: less than that, and no more than half of the whole, is learnt at the next visit."""
    assert [letters_of_a_part(noumea(village, "fr"), cents) for cents in (4798, 4800)] == [0, 1]


def letters_of_a_part(started: Noumea, cents: int) -> int:
    """Let Olga bear half of an expense; return how many letters told her of it."""
    started.do("Sacha", "/expenses", started.expense(cents))
    return sum("sur votre compte" in letter.subject for letter in started.village.letters_to("Olga"))


def test_files_to_take_away(village: Village) -> None:
    started = noumea(village, "fr")
    started.do("Sacha", "/expenses", started.expense(1500))
    table = village.as_("Olga").get(f"{started.here}/lines").content.decode("utf-8-sig").splitlines()
    assert table[0].split(";")[2] == "Montant en francs CFP"
    assert table[1].endswith(";-750")
    journal = village.as_("Olga").get(f"{started.here}/journal").content.decode()
    assert "750 XPF" in journal
    assert "EUR" not in journal
