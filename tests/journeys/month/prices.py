"""December: the booking agreed before the vote keeps its price, the one after has the new."""

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.month.voting import book_kangoo
from tests.journeys.phone import Phone


def drive_at_two_prices(neighbours: Neighbours) -> None:
    """50 km on 5 December at 0,30 €/km; 50 km on the 6th, booked on the 2nd, at 0,34 €/km."""
    karim, sophie = neighbours.phones("Karim", "Sophie")
    neighbours.at(2, 9, month=12)
    book_kangoo(sophie, neighbours.here, "2026-12-06")
    _drive(neighbours, karim, 5, 131_250)
    karim.reads("50 km", "−15,00 €")
    karim.tap("Pourquoi ?")
    karim.reads("Pourquoi −15,00 € ?", "50 km × 0,30 €/km", "version 1")
    _drive(neighbours, sophie, 6, 131_300)
    sophie.reads("50 km", "−17,00 €")
    sophie.tap("Pourquoi ?")
    sophie.reads("Pourquoi −17,00 € ?", "50 km × 0,34 €/km", "Règles de la maison, version")
    sophie.tap("Voir le vote qui l’a fixé")
    sophie.reads("Proposé par Lucie", "En vigueur")


def _drive(neighbours: Neighbours, someone: Phone, day: int, odometer_km: int) -> None:
    neighbours.at(day, 8, 5, month=12)
    someone.open(f"{neighbours.here}/")
    someone.tap("Prendre les clés")
    someone.tap("1/2")
    someone.tap("Rien de neuf")
    someone.tap("J’ai les clés")
    someone.reads("Les clés sont à vous.")
    neighbours.at(day, 17, 45, month=12)
    someone.tap("Rendre le véhicule")
    someone.type("Compteur maintenant", str(odometer_km))
    someone.tap("1/4")
    someone.tap("Je l’ai rendu")
    someone.reads("C’est rendu. Merci.")
