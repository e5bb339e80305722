"""2 November: Claire starts the co-op in Die and invites, by mail and by poster; eight neighbours join."""

from tests.journeys.codes import read_shown_code
from tests.journeys.month.neighbours import BY_POSTER, Neighbours
from tests.journeys.phone import Phone

SIGN_IN, JOIN, START = "Votre lien pour entrer", "Rejoindre Les Voisins", "Lancer Les Voisins"
CHARTER = ("La charte", "Nous décidons des règles ensemble, une personne une voix")


def found(neighbours: Neighbours) -> None:
    """From nothing to nine members who accepted the charter and hold their first roles."""
    neighbours.at(2, 9)
    _start(neighbours)
    _invite_by_mail(neighbours, "Jean")
    _invite_by_mail(neighbours, "Amina")
    neighbours.at(2, 12)
    _invite_by_poster(neighbours)
    _come_back_by_mail(neighbours.phone("Jean"))
    _make_treasurer(neighbours, "Karim")


def _start(neighbours: Neighbours) -> None:
    claire = neighbours.phone("Claire")
    claire.open("/")
    claire.tap("Lancer un groupe là où j’habite")
    claire.type("Commune ou code postal", "die")
    claire.tap("Chercher")
    claire.tap("Die 26150 · Drôme")
    claire.reads("Die (Drôme)")
    claire.type("Comment s’appelle le groupe ?", "Les Voisins du Diois")
    claire.type("Votre nom", "Claire")
    claire.type("Votre adresse mail", claire.email)
    claire.tap("Lancer le groupe")
    claire.reads("Les Voisins du Diois : tout est prêt, il ne manque que votre oui.", claire.email)
    claire.letter(START)
    _say_yes(claire, "Lancer Les Voisins du Diois", "Lancer le groupe")
    claire.reads("Bonjour Claire", "Le groupe n’a pas encore de véhicule. Une voiture qui dort, un vélo cargo")
    neighbours.here = f"/coops/{claire.id_in('/coops/([^/]+)/')}"


def _say_yes(someone: Phone, heading: str, button: str) -> None:
    someone.reads(heading, f"Quelqu’un qui a donné le nom « {someone.name} »", someone.email, *CHARTER)
    someone.tap("J’accepte la charte")
    someone.tap(button)


def _invite_by_mail(neighbours: Neighbours, name: str) -> None:
    claire, newcomer = neighbours.phones("Claire", name)
    claire.place("Chez nous")
    claire.tap("Inviter par mail")
    claire.type("Son adresse mail", newcomer.email)
    claire.tap("Envoyer l’invitation")
    claire.reads("L’invitation est en route.")
    newcomer.letter("Claire vous invite à partager des véhicules")
    newcomer.reads("Rejoindre Les Voisins du Diois", "Claire vous invite.", newcomer.email, *CHARTER)
    newcomer.type("Votre nom", newcomer.name)
    newcomer.tap("J’accepte la charte")
    newcomer.tap("Rejoindre")
    newcomer.reads(f"Bonjour {newcomer.name}", "Le groupe n’a pas encore de véhicule")


def _invite_by_poster(neighbours: Neighbours) -> None:
    claire = neighbours.phone("Claire")
    claire.place("Chez nous")
    claire.tap("Imprimer l’affiche")
    claire.tap("Faire l’affiche")
    claire.reads("Visez ici avec votre téléphone pour nous rejoindre")
    scanned = read_shown_code(claire.page.locator(".poster .qr"))
    assert scanned.startswith(f"{neighbours.site.settings.base_url}/invitations/")
    for name in BY_POSTER:
        newcomer = neighbours.phone(name)
        newcomer.open(scanned)
        _join(newcomer)


def _join(newcomer: Phone) -> None:
    newcomer.reads("Claire vous invite.", *CHARTER)
    newcomer.type("Votre nom", newcomer.name)
    newcomer.type("Votre adresse mail", newcomer.email)
    newcomer.tap("Rejoindre")
    newcomer.reads("Les Voisins du Diois : il ne manque que votre oui.", newcomer.email)
    newcomer.letter(JOIN)
    _say_yes(newcomer, "Rejoindre Les Voisins du Diois", "Rejoindre")
    newcomer.reads(f"Bonjour {newcomer.name}", "Le groupe n’a pas encore de véhicule")


def _come_back_by_mail(someone: Phone) -> None:
    someone.tap(someone.name, someone.page.locator("header"))
    someone.tap("Se déconnecter")
    someone.type("Votre adresse mail", someone.email)
    someone.tap("M’envoyer le lien")
    someone.reads("Regardez vos mails")
    someone.letter(SIGN_IN)
    someone.reads(f"Bonjour {someone.name}")
    someone.tap("Entrer")
    someone.reads(f"Bonjour {someone.name}", "Le groupe n’a pas encore de véhicule")


def _make_treasurer(neighbours: Neighbours, name: str) -> None:
    claire = neighbours.phone("Claire")
    claire.place("Chez nous")
    claire.reads("9 voisins")
    claire.tap(name)
    claire.choose("Donner un rôle", "trésorier")
    claire.tap("Le donner")
    claire.reads("Le rôle est donné, pour un an.", f"Ce que le groupe confie à {name}")
