"""26 November: Odile leaves; what she owes stays in the books. A month later who she was is erased, as she asked."""

from tests.journeys.month.neighbours import Neighbours


def leave(neighbours: Neighbours) -> None:
    """She ticks that she understands, and is told goodbye: what she owes, her lines, and when she is erased."""
    odile, claire = neighbours.phones("Odile", "Claire")
    neighbours.at(26, 10)
    odile.place("Chez nous")
    odile.tap("Quitter le groupe")
    odile.reads("Vous devez 3,00 €", "Les comptes gardent vos lignes")
    odile.tap("Effacer mon nom")
    odile.tap("Je comprends que je quitte le groupe")
    odile.tap("Quitter le groupe")
    odile.reads("Vous avez quitté le groupe. Vos données seront effacées dans trente jours")
    odile.reads("Vous devez 3,00 €", "Vos lignes, à garder", "Vos données seront effacées le 26 décembre 2026")
    claire.place("Chez nous")
    claire.reads("8 voisins", "Odile a quitté le groupe.")


def be_forgotten(neighbours: Neighbours) -> None:
    """Her day comes: she is signed out, and nobody reads her name any more; no balance has moved."""
    odile, claire = neighbours.phones("Odile", "Claire")
    neighbours.at(19, 11, month=12)
    neighbours.at(28, 10, month=12)
    odile.open("/")
    odile.reads("Pas de mot de passe.")
    claire.place("Comptes")
    claire.reads("Un ancien membre −3,00 €", "Tous ensemble 0,00 €")
    claire.does_not_read("Odile")
