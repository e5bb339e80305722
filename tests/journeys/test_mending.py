"""What slips is mended: a digit too many, a reading mistyped, a paper left for later, a mind made up too soon.

Keys that are out pass from hand to hand.
"""

from datetime import timedelta
from typing import Any

from tests.journeys.chromium import by_size
from tests.journeys.lived import HERE, Lived
from tests.journeys.phone import Phone
from tests.kit.pictures import jpeg
from tests.kit.village import Village
from tests.places.bookings.twingo import at, enter

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def later(busy: Lived, time: timedelta) -> None:
    busy.site.wind(busy.village.now + time)


@by_size(["car"], phone=["Twingo"], desk=["Yaris"])
def test_no_slip_at_an_odometer_costs_anybody(busy: Lived, size: dict[str, Any], car: str) -> None:
    village, booking_id = busy.village, enter(busy.village, 12_345, car)
    nadia, claire = busy.phone("Nadia", **size), busy.phone("Claire", **size)
    nadia.open(at(booking_id))
    nadia.tap("Prendre les clés")
    nadia.tap("Plein")
    nadia.tap("Rien de neuf")
    nadia.tap("J’ai les clés")
    nadia.reads("Les clés sont à vous.")
    later(busy, HOUR)
    a_number_too_many_is_read_back_and_corrected(nadia)
    a_reading_is_set_right(village, nadia, claire, car)
    what_is_confirmed_waits_for_another(busy, nadia, claire, car)


def bring_back(nadia: Phone, km: str) -> None:
    nadia.tap("Rendre le véhicule")
    nadia.type("Compteur maintenant", km)
    nadia.tap("3/4")
    nadia.tap("Je l’ai rendu")


def a_number_too_many_is_read_back_and_corrected(nadia: Phone) -> None:
    """What it would cost is said before it is charged; what was typed beside it is kept."""
    bring_back(nadia, "123 460")
    nadia.reads("123 460 km ? Le compteur affichait 12 345 km", "cela fait 111 115 km, 37 779,10 €.", "C’est bien cela")
    nadia.tap("Corriger")
    nadia.type("Compteur maintenant", "12 360")
    nadia.tap("Je l’ai rendu")
    nadia.reads("C’est rendu. Merci.", "15 km", "100 %, puis 75 %", "−5,10 €")


def a_reading_is_set_right(village: Village, nadia: Phone, claire: Phone, car: str) -> None:
    """The référent types both ends and why; who drove is told, may contest it, and reads what was and what is right."""
    booking_id = village.drove("Nadia", car, 5)
    claire.open(at(booking_id))
    claire.reads("5 km", "−1,70 €")
    claire.tap("Un relevé a été mal recopié")
    claire.reads("Jusqu’ici : 12 360 km", "Jusqu’ici : 12 365 km")
    claire.type("Retour", "12 375")
    claire.type("Pourquoi", "Un 7 pris pour un 6.")
    claire.tap("Enregistrer la correction")
    claire.reads("Les relevés sont corrigés", "15 km", "−5,10 €")
    nadia.letter(f"{car} : les relevés d’un trajet ont été corrigés")
    nadia.reads(f"Un trajet, relevés corrigés, {car}", "Votre part est de 3,40 €", "Contester ma part")
    nadia.tap("Voir le tout, et pourquoi")
    nadia.tap("Voir tout le trajet")
    nadia.reads("De 12 360 à 12 365 km : c’est ce qui avait été écrit.")
    nadia.reads("De 12 360 à 12 375 km : c’est ce qui est juste.", "Un 7 pris pour un 6.", "−5,10 €")
    nadia.place("Comptes")
    nadia.reads(f"{car}, 15 km", "−5,10 €")


def what_is_confirmed_waits_for_another(busy: Lived, nadia: Phone, claire: Phone, car: str) -> None:
    """It is charged by nobody's word alone; the vehicle is free meanwhile."""
    booking_id = busy.village.booked("Nadia", car)
    busy.village.taken("Nadia", booking_id, 12_375)
    later(busy, HOUR)
    nadia.open(at(booking_id))
    bring_back(nadia, "123 460")
    nadia.reads("cela fait 111 085 km, 37 768,90 €.")
    nadia.tap("C’est bien cela")
    nadia.reads("C’est rendu. Merci.", "Un relevé paraît étrange, et il a été confirmé.")
    nadia.reads("Rien n’est compté tant qu’une autre personne")
    nadia.does_not_read("37 768,90 €")
    assert busy.village.booked("Luc", car)
    claire.open(f"{HERE}/")
    claire.tap("Voir les relevés", claire.card(f"Nadia a fait 111 085 km avec {car} : est-ce juste ?"))
    claire.tap("Les relevés sont justes")
    claire.reads("Merci. Le trajet est compté d’après ces relevés.", "−37 768,90 €")


@by_size(["car"], phone=["Panda"], desk=["Micra"])
def test_keys_that_are_out_pass_from_hand_to_hand(busy: Lived, size: dict[str, Any], car: str) -> None:
    enter(busy.village, 12_345, car)
    village, start = busy.village, busy.village.now + 3 * HOUR  # after the hours that Nadia has of it
    lucs, nadias = (village.booked(name, car, start + n * HOUR, 1) for n, name in enumerate(("Luc", "Nadia")))
    later(busy, 3 * HOUR)
    village.taken("Luc", lucs, 12_345)
    later(busy, 0.7 * HOUR)
    nadia = busy.phone("Nadia", **size)
    nadia.open(at(nadias))
    nadia.reads("Luc a les clés depuis")
    nadia.tap("Prendre les clés")
    nadia.reads("Si l’on vous les a données, ce trajet-là se termine avec ce que vous lisez ici.")
    nadia.type("Compteur", "12 360")
    nadia.tap("Plein")
    nadia.tap("Rien de neuf")
    nadia.tap("Luc me les a données")
    nadia.reads("Les clés sont à vous.", "12 360 km")
    luc = busy.phone("Luc", **size)
    luc.open(at(lucs))
    luc.reads("15 km", "−5,10 €")
    later(busy, HOUR)
    village.returned("Nadia", nadias, 12_370)  # she holds no more hours than the rules allow


@by_size(["name", "car"], phone=["Luc", "Ami"], desk=["Jean", "Berlingo"])
def test_a_car_without_papers_waits_and_one_link_mends_it(
    busy: Lived, size: dict[str, Any], name: str, car: str
) -> None:
    owner = busy.phone(name, **size)
    owner.open(f"{HERE}/vehicles/new")
    owner.type("Comment l’appelez-vous ?", car)
    owner.tap("Voiture")
    owner.type("Plaque", f"{car[:2].upper()}-777-ZZ")
    owner.type("Compteur", "90 000")
    owner.tap("Je le prête")
    owner.type("Où dort-il ?", "Rue du Viaduc")
    owner.tap("Ajouter le véhicule")
    owner.reads(f"{car} attend des papiers", "Tant qu’ils n’y sont pas, personne ne peut le réserver.")
    owner.place("Accueil")
    owner.tap("Mettre ses papiers en ordre", owner.card(f"{car} attend des papiers"))
    file_papers(owner)
    owner.does_not_read("attend des papiers")
    owner.open(f"{HERE}/availability?when=tomorrow")
    owner.tap("Réserver", owner.card(car))
    owner.tap("Réserver")
    owner.reads("C’est noté.", car)


def file_papers(owner: Phone) -> None:
    for paper, question, day in (
        ("Assurance", "Assuré jusqu’au", "2027-10-31"),
        ("L’accord de l’assureur", "L’assureur a accepté le partage le", "2026-11-02"),
        ("Contrôle technique", "Contrôle technique jusqu’au", "2028-01-31"),
    ):
        card = owner.main.locator("section").filter(has_text=paper)
        owner.type(question, day, card)
        if card.locator("[type=file]").count():
            owner.photograph("Sa lettre", jpeg())
        owner.touch(card.get_by_role("button", name="Le ranger"))
        owner.reads("Le papier est rangé.")


@by_size(["first", "second"], phone=["Elsa", "Rose"], desk=["Maud", "Lise"])
def test_one_has_thirty_days_to_think_better_of_being_erased(
    busy: Lived, size: dict[str, Any], first: str, second: str
) -> None:
    for name in (first, second):
        busy.village.join(name)
    stays, goes = busy.phone(first, **size), busy.phone(second, **size)
    for she in (stays, goes):
        ask_to_be_erased(she)
    stays.tap("Garder mes données")
    stays.reads("Rien n’est effacé : vos données restent.")
    stays.does_not_read("Vos données seront effacées le")
    for days in (23, 7):
        later(busy, days * DAY)
    goes.open("/")
    goes.reads("Pas de mot de passe.")
    stays.open(f"{HERE}/open-account")
    stays.reads("Vous avez quitté Les Voisins du Diois")


def ask_to_be_erased(she: Phone) -> None:
    """Two steps: she ticks that she understands, and is told until when she may change her mind."""
    she.open(f"{HERE}/community")
    she.tap("Quitter le groupe")
    she.tap("Effacer mon nom")
    she.tap("Je comprends que je quitte le groupe")
    she.tap("Quitter le groupe")
    she.reads("Vous avez quitté le groupe. Vos données seront effacées dans trente jours")
    she.reads("Vos données seront effacées le", "Garder mes données", "Vos lignes, à garder")
