"""8 November: Sophie books the Clio in four taps, Jean says yes from his mail, and two want the Zoé at once."""

import re

from playwright.sync_api import expect

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone


def book(neighbours: Neighbours) -> tuple[Phone, Phone]:
    """A booking asked for and agreed to; hours that two took: return who has the Zoé then, and who the bike."""
    neighbours.at(8, 8)
    _book_in_four_taps(neighbours.phone("Sophie"), neighbours.here)
    _agree_from_the_mail(neighbours.phone("Jean"))
    _learn_of_it(neighbours.phone("Sophie"))
    neighbours.at(8, 20)
    return _take_the_same_hours(neighbours)


def _book_in_four_taps(sophie: Phone, here: str) -> None:
    sophie.open(f"{here}/")
    sophie.reads("Comment ça marche")
    sophie.place("Véhicules")
    sophie.tap("Demain soir")
    sophie.reads("Demain 18 h – 20 h", "0,30 €/km", "6,00 €", "Jean dit oui ou non", "Gratuit")
    sophie.tap("Réserver", sophie.card("Clio"))
    sophie.reads("Demain 18 h – 20 h", "12 rue du Bourg", "6,00 €", "pour 20 km")
    sophie.tap("Demander à Jean")
    sophie.reads("C’est noté.", "En attente du propriétaire", "Vous recevrez un mail")
    assert sophie.taps <= 4


def _agree_from_the_mail(jean: Phone) -> None:
    jean.letter("Sophie voudrait prendre : Clio, demain 18 h – 20 h")
    jean.reads("Au volant", "Sophie")
    jean.tap("Dire oui")
    jean.reads("Vous avez dit oui. Un mail part.", "Jean a dit oui")
    assert jean.taps == 2


def _learn_of_it(sophie: Phone) -> None:
    sophie.letter("C’est oui : Clio")
    sophie.reads("Confirmé", "Jean vous remet les clés", "Sophie a demandé ces heures", "Jean a dit oui")
    sophie.reads("D’ici là, convenez du lieu et de l’heure où vous aurez les clés.")


def _take_the_same_hours(neighbours: Neighbours) -> tuple[Phone, Phone]:
    both = neighbours.phones("Lucie", "Mathieu")
    for phone in both:
        phone.open(f"{neighbours.here}/availability?when=choose")
        phone.type("Du", "2026-11-11")
        phone.type("Au", "2026-11-11")
        phone.tap("Voir qui est libre")
        phone.tap("Réserver", phone.card("Zoé"))
        phone.reads("Mercredi 18 h – 20 h", "Borne de la mairie")
    for phone in both:
        phone.tap("Réserver")
    for phone in both:
        expect(phone.main).to_contain_text(re.compile("C’est noté.|Déjà réservé"))
    first, other = sorted(both, key=lambda phone: "C’est noté." not in phone.main.inner_text())
    first.reads("Zoé", "Confirmé")
    other.reads("Déjà réservé : mercredi 18 h – 20 h.", "Libres aux mêmes heures", "Clio", "Kangoo", "Biporteur")
    other.tap("Réserver", other.card("Biporteur"))
    other.reads("Mercredi 18 h – 20 h", "Sous le préau de l’école", "Gratuit")
    other.tap("Réserver")
    other.reads("C’est noté.", "Biporteur", "Confirmé")
    return first, other
