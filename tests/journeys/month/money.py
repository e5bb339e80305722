"""12 and 14 November: what the Kangoo's owners paid is shared to the cent, and balances are said in words."""

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone


def share_expenses(neighbours: Neighbours) -> None:
    """480,00 € over twelve months by shares 2/2/1, and 96,35 € in three equal parts; each balance in words."""
    amina, paul = neighbours.phones("Amina", "Paul")
    neighbours.at(12, 18)
    _insure(amina, paul)
    neighbours.at(14, 18)
    _repair(paul)
    _read_balances(amina, paul)


def _insure(amina: Phone, paul: Phone) -> None:
    """So much waits for a yes: Paul, who bears a part of it, finds it on his home page."""
    _spend(amina, "480", "Assurance")
    amina.type("Étalé sur combien de mois ?", "12")
    amina.tap("Ajouter la dépense")
    amina.reads("La dépense est notée.", "480,00 €", "12 mois", "parts : 2 sur 5", "parts : 1 sur 5", "40,00 €")
    amina.reads("Elle ne compte pour personne")
    paul.place("Accueil")
    paul.reads("Une dépense de 480,00 € attend un oui")
    paul.tap("La voir, et dire oui ou non")
    paul.tap("Dire oui à cette dépense")
    paul.reads("la dépense compte à partir de maintenant")
    paul.tap("Pourquoi ? novembre")
    paul.reads("Pourquoi −16,00 € ?", "Mois 1 sur 12", "+40,00 €", "−16,00 €", "−8,00 €", "cela fait zéro")


def _repair(paul: Phone) -> None:
    _spend(paul, "96,35", "Réparation")
    paul.tap("À égalité entre les cochés")
    if not paul.main.locator("#among").is_visible():  # without scripts nothing opens by itself
        paul.tap("Entre qui ?")
    for name in ("Amina", "Paul", "Lucie"):
        paul.tap(name, paul.main.locator("#among"))
    paul.type("En quelques mots", "Plaquettes de frein")
    paul.tap("Ajouter la dépense")
    paul.reads("La dépense est notée.", "96,35 €", "Plaquettes de frein", "autant chacun")
    paul.tap("Pourquoi ?")
    paul.reads("96,35 €", "32,12 €", "32,11 €", "Cela ne tombe pas juste.")


def _spend(someone: Phone, amount: str, kind: str) -> None:
    someone.place("Comptes")
    someone.tap("Ajouter une dépense")
    someone.type("Montant", amount)
    someone.tap(kind)
    someone.choose("Pour quel véhicule ?", "Kangoo")


def _read_balances(amina: Phone, paul: Phone) -> None:
    """The odd cent of the repair was drawn by lot: it is Amina's, Paul's or Lucie's."""
    for phone in (amina, paul):
        phone.place("Comptes")
        phone.reads("Le solde de chacun", "Tous ensemble 0,00 €")
    assert amina.title in ("Vous devez 8,12 €", "Vous devez 8,11 €")
    assert paul.title in ("On vous doit 48,23 €", "On vous doit 48,24 €")
    amina.reads("à Paul", "Lucie vous doit 8,00 €")
