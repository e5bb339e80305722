"""26 November: Odile leaves; what she owes stays in the books, who she was is erased."""

from tests.journeys.month.neighbours import Neighbours


def leave(neighbours: Neighbours) -> None:
    """She ticks that she understands, and is gone for good; no balance has moved."""
    odile, claire = neighbours.phones("Odile", "Claire")
    neighbours.at(26, 10)
    odile.place("Chez nous")
    odile.tap("Quitter le groupe")
    odile.reads("Vous devez 3,00 €", "Les comptes gardent vos lignes")
    odile.tap("Effacer pour de bon mon nom")
    odile.tap("Je comprends que je quitte le groupe")
    odile.tap("Quitter le groupe")
    odile.reads("Vous avez quitté le groupe ; vos données sont effacées.", "Pas de mot de passe.")
    claire.place("Chez nous")
    claire.reads("8 voisins", "Un ancien membre a quitté le groupe.")
    claire.does_not_read("Odile")
    claire.place("Comptes")
    claire.reads("Un ancien membre −3,00 €", "Tous ensemble 0,00 €")
    claire.does_not_read("Odile")
