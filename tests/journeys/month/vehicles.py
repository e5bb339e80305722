"""5 November: four vehicles enter service, each through the form and by who may."""

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone
from tests.kit.pictures import jpeg

INSURED, INSPECTED = "2027-10-31", "2028-01-31"
INSPECTED_THIS_MONTH = "2026-11-30"


def bring_in_vehicles(neighbours: Neighbours) -> None:
    """A Clio lent, a Kangoo co-owned 2/2/1, a Zoé and a cargo bike of the group; and what any member sees of them."""
    neighbours.at(5, 18)
    jean, amina, claire = neighbours.phones("Jean", "Amina", "Claire")
    _describe(jean, "Clio", "Voiture", "Essence", "AB-123-CD", 84_000)
    jean.tap("Je le prête")
    _finish(jean, "12 rue du Bourg")
    jean.reads("Prêté par Jean", "0,30 €/km", "Le prix va à son propriétaire.")
    _describe(amina, "Kangoo", "Fourgonnette", "Gazole", "DW-907-LM", 131_200)
    amina.tap("Plusieurs le possèdent ensemble")
    for name, parts in (("Amina", "2"), ("Paul", "2"), ("Lucie", "1")):
        amina.type(f"Parts, {name}", parts)
    _finish(amina, "Parking de la Meyrosse")
    amina.reads("Amina (2/5)", "Paul (2/5)", "Lucie (1/5)", "selon leurs parts")
    _describe(claire, "Zoé", "Voiture", "Électricité", "GH-456-JK", 22_000)
    claire.tap("Il est au groupe")
    _finish(claire, "Borne de la mairie", inspected=INSPECTED_THIS_MONTH)
    claire.reads("Le prix va à la caisse commune.")
    _bring_in_bike(claire)
    _is_told_why_not(claire)


def _describe(someone: Phone, name: str, kind: str, energy: str, plate: str, odometer_km: int) -> None:
    someone.place("Véhicules")
    someone.tap("Ajouter un véhicule")
    someone.type("Comment l’appelez-vous ?", name)
    someone.tap(kind)
    someone.choose("Roule avec", energy)
    someone.type("Plaque", plate)
    someone.type("Compteur", str(odometer_km))


def _finish(someone: Phone, where: str, inspected: str = INSPECTED) -> None:
    someone.type("Où dort-il ?", where)
    someone.type("Assuré jusqu’au", INSURED)
    someone.type("L’assureur a accepté le partage le", "2026-11-02")
    someone.photograph("Sa lettre", jpeg())
    someone.type("Contrôle technique jusqu’au", inspected)
    someone.tap("Ajouter le véhicule")
    someone.reads("Le véhicule est ajouté.", where)


def _bring_in_bike(claire: Phone) -> None:
    claire.place("Véhicules")
    claire.tap("Ajouter un véhicule")
    claire.type("Comment l’appelez-vous ?", "Biporteur")
    claire.tap("Vélo cargo")
    claire.tap("Il a un moteur électrique")
    claire.type("Places", "1")
    claire.tap("Il est au groupe")
    claire.type("Où dort-il ?", "Sous le préau de l’école")
    claire.tap("Boîte à clés")
    claire.type("Code de la boîte à clés", "2611")
    claire.type("Prix au km", "0")
    claire.tap("Ajouter le véhicule")
    claire.reads("Le véhicule est ajouté.", "gratuit")
    claire.does_not_read("2611")


def _is_told_why_not(someone: Phone) -> None:
    """A member who wants a vehicle for days after its inspection ended reads why it cannot be had."""
    someone.place("Véhicules")
    someone.tap("Choisir")
    someone.type("Du", "2026-12-04")
    someone.type("Au", "2026-12-04")
    someone.tap("Voir qui est libre")
    someone.reads("Pas à ces heures, et pourquoi", "(contrôle technique)", "30 novembre 2026", "au-delà")
