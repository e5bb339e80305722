"""7 December: Karim closes November and draws up who pays whom; Jean pays Sophie with the code his bank reads."""

from tests.journeys.codes import read_shown_code
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone

IBAN = "FR7630006000011234567890189"


def settle(neighbours: Neighbours) -> None:
    """From the plan to the confirmed transfer."""
    karim, jean, sophie = neighbours.phones("Karim", "Jean", "Sophie")
    neighbours.at(7, 19, month=12)
    _draw_up(karim)
    _give_iban(sophie)
    _pay(jean)
    _receive(sophie, neighbours.here)
    jean.place("Comptes")
    jean.reads("Tout est réglé", "Vous avez remboursé 30,00 € à Sophie")


def _draw_up(karim: Phone) -> None:
    karim.place("Comptes")
    karim.tap("Les comptes du groupe")
    karim.tap("Clore", karim.card("Novembre 2026"))
    karim.reads("Le mois est clos")
    karim.type("Régler les soldes à la fin du", "2026-11-30")
    karim.tap("Établir un plan de remboursement")
    karim.reads("Le plan est prêt", "C’est un brouillon")
    karim.tap("L’établir maintenant")
    karim.tap("Établir le plan")
    karim.reads("Le plan est établi", "virements règlent tout", "Jean paie Sophie")


def _give_iban(sophie: Phone) -> None:
    sophie.letter("qui doit combien à qui")
    sophie.reads("Jean vous paie", "30,00 €", "il manque l’IBAN")
    sophie.tap("L’indiquer")
    sophie.type("IBAN", IBAN)
    sophie.type("Titulaire du compte", "Sophie Lambert")
    sophie.tap("Garder")
    sophie.reads("Votre profil est gardé.")


def _pay(jean: Phone) -> None:
    jean.letter("qui doit combien à qui")
    transfer = jean.card("Vous payez Sophie")
    jean.reads("Vous payez Sophie", "30,00 €", "Sophie Lambert", "FR76 3000 6000 0112 3456 7890 189")
    lines = read_shown_code(transfer.locator(".qr")).split("\n")
    assert lines[:8] == ["BCD", "002", "1", "SCT", "", "Sophie Lambert", IBAN, "EUR30.00"]
    assert lines[9].startswith("RF")
    jean.reads(lines[9])
    jean.tap("J’ai payé", transfer)
    jean.reads("C’est noté.", "Dit payé")


def _receive(sophie: Phone, here: str) -> None:
    sophie.open(f"{here}/")
    sophie.reads("Jean dit vous avoir payé 30,00 €")
    sophie.tap("Je l’ai reçu")
    sophie.tap("Je l’ai reçu", sophie.card("Jean vous paie"))
    sophie.reads("Noté : c’est arrivé. Les deux soldes sont à jour.", "Reçu")
