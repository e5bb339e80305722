"""9 to 12 November: 100 km in the Clio with 60,00 € of fuel paid, why that makes 30,00 €, and shorter trips."""

from datetime import date

from demo.cast.receipts import draw_receipt
from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone
from tests.kit.pictures import jpeg


def drive(neighbours: Neighbours, in_zoe: Phone, on_bike: Phone) -> None:
    """Three trips: one paid for on the way, one of the group's car, one free of charge."""
    sophie = neighbours.phone("Sophie")
    neighbours.at(9, 17, 40)
    _take_the_clio(sophie, neighbours.here)
    neighbours.at(9, 19, 50)
    _return_the_clio(sophie, neighbours.here)
    _ask_why(sophie, neighbours.here)
    neighbours.at(11, 18)
    for phone in (in_zoe, on_bike):
        _take(phone, neighbours.here)
    on_bike.reads("Le code de la boîte à clés est 2611.")
    neighbours.at(11, 19, 30)
    _return(in_zoe, neighbours.here, odometer_km=22_034)
    in_zoe.reads("34 km", "−10,20 €")
    _return(on_bike, neighbours.here)
    on_bike.reads("Biporteur", "Rendu")


def drive_before_leaving(neighbours: Neighbours) -> None:
    """20 November: Odile's one trip, 10 km in the Zoé, which she leaves without having paid."""
    odile = neighbours.phone("Odile")
    neighbours.at(20, 9)
    odile.open(f"{neighbours.here}/availability")
    odile.tap("Réserver", odile.card("Zoé"))
    odile.tap("Réserver")
    odile.reads("C’est noté.")
    _take(odile, neighbours.here)
    neighbours.at(20, 10)
    _return(odile, neighbours.here, odometer_km=22_044)
    odile.reads("10 km", "−3,00 €")


def _take_the_clio(sophie: Phone, here: str) -> None:
    sophie.open(f"{here}/")
    sophie.tap("Prendre les clés", sophie.card("Clio"))
    sophie.reads("Tel que le dernier trajet l’a laissé.", "Dégâts connus")
    assert sophie.main.get_by_label("Compteur").input_value() == "84000"
    sophie.tap("Plein")
    sophie.photograph("Une photo", jpeg())
    sophie.tap("Rien de neuf")
    sophie.tap("J’ai les clés")
    sophie.reads("Les clés sont à vous. Bonne route.", "En route", "84 000 km", "Tour du véhicule : rien de neuf")
    assert sophie.taps <= 4


def _return_the_clio(sophie: Phone, here: str) -> None:
    sophie.open(f"{here}/")
    sophie.tap("Rendre le véhicule", sophie.card("Clio"))
    sophie.reads("Il marquait 84 000 km à votre départ.")
    sophie.type("Compteur maintenant", "84100")
    sophie.tap("3/4")
    sophie.tap("J’ai payé du carburant ou une recharge")
    sophie.type("Montant payé", "60,00")
    sophie.photograph("Le ticket", draw_receipt(date(2026, 11, 9), 60_00))
    sophie.photograph("Une photo", jpeg())
    sophie.tap("Je l’ai rendu")
    sophie.reads("C’est rendu. Merci.", "100 km", "100 %, puis 75 %", "−30,00 €", "+60,00 €", "+30,00 €")


def _ask_why(sophie: Phone, here: str) -> None:
    """One tap to the figure, one more to its proof."""
    sophie.open(f"{here}/")
    sophie.place("Comptes")
    sophie.reads("Jean vous doit 30,00 €")
    assert sophie.taps == 1
    sophie.tap("Pourquoi ?", sophie.card("Clio, 100 km"))
    sophie.reads("Pourquoi −30,00 € ?", "100 km × 0,30 €/km", "de 84 000 à 84 100 km", "version 1", "Jean", "+30,00 €")
    assert sophie.taps == 2
    sophie.place("Comptes")
    sophie.tap("Pourquoi ?", sophie.card("Énergie payée"))
    sophie.reads("Pourquoi +60,00 € ?", "Voir le ticket", "−60,00 €")


def _take(someone: Phone, here: str) -> None:
    someone.open(f"{here}/")
    someone.tap("Prendre les clés")
    someone.reads("Dégâts connus")
    if someone.main.get_by_label("Batterie").count():
        someone.type("Batterie", "80")
    someone.tap("Rien de neuf")
    someone.tap("J’ai les clés")
    someone.reads("Les clés sont à vous. Bonne route.")


def _return(someone: Phone, here: str, odometer_km: int | None = None) -> None:
    someone.open(f"{here}/")
    someone.tap("Rendre le véhicule")
    if odometer_km:
        someone.type("Compteur maintenant", str(odometer_km))
    someone.type("Batterie", "60")
    someone.tap("Je l’ai rendu")
    someone.reads("C’est rendu. Merci.")
