"""17 to 24 November: Lucie proposes 0,34 €/km from the first of December; the vote closes at its hour by itself."""

from tests.journeys.month.neighbours import Neighbours
from tests.journeys.phone import Phone

WHY = "Le carburant a pris dix pour cent depuis l’an dernier."


def propose(neighbours: Neighbours) -> str:
    """Put the price to the vote and vote it from the mail; return the proposal's address."""
    lucie = neighbours.phone("Lucie")
    neighbours.at(17, 19)
    lucie.place("Chez nous")
    lucie.tap("Proposer un changement")
    lucie.tap("Le kilomètre coûte 0,30 €")
    lucie.type("La nouvelle valeur", "0,34")
    lucie.type("À partir de quel jour ?", "2026-12-01")
    lucie.type("Pourquoi ?", WHY)
    lucie.tap("Mettre au vote")
    lucie.reads("Le vote est ouvert. Chacun reçoit un mail.", "Vote ouvert", WHY)
    address = f"{neighbours.here}/proposals/{lucie.id_in('/proposals/([0-9a-f-]+)$')}"
    neighbours.at(18, 8, 15)
    _vote(neighbours.phone("Sophie"), "Je suis pour", "1 trajet, 100 km", "Cela vous aurait coûté 4,00 € de plus")
    _vote(
        neighbours.phone("Jean"),
        "Je suis pour",
        "Votre part de ce que paie 1 trajet des autres : 30,00 € avant, 34,00 €",
    )
    _vote(neighbours.phone("Claire"), "Je suis pour", "vous n’avez fait aucun trajet que cette règle touche")
    _vote(neighbours.phone("Amina"), "Je suis pour")
    _vote(neighbours.phone("Paul"), "Je suis contre")
    return address


def book_before_it_changes(neighbours: Neighbours) -> None:
    """22 November: Karim books the Kangoo for 5 December, at the price of the day."""
    neighbours.at(22, 20)
    book_kangoo(neighbours.phone("Karim"), neighbours.here, "2026-12-05")


def read_the_result(neighbours: Neighbours, proposal: str) -> None:
    """24 November: the vote closed by itself; everyone reads how it was counted, and what comes of it."""
    lucie = neighbours.phone("Lucie")
    neighbours.at(24, 19, 1)
    lucie.letter("la proposition passe")
    lucie.reads("Adopté", "Votes reçus : 5 sur 9 membres ; 4 pour, 1 contre", "La proposition passe.")
    lucie.reads("Il fallait qu’au moins un tiers des membres votent, soit 3 : c’est le cas.")
    lucie.reads("Pour passer, il fallait plus de la moitié des 5 voix pour et contre, soit 3.")
    lucie.reads("Cela prend effet tout seul le 1er décembre 2026.")
    assert lucie.path == proposal


def see_it_in_force(neighbours: Neighbours, proposal: str) -> None:
    """1 December: the rule changed by itself, and says by which vote."""
    lucie = neighbours.phone("Lucie")
    neighbours.at(1, 0, 1, month=12)
    lucie.open(proposal)
    lucie.reads("En vigueur depuis le 1er décembre 2026.")
    lucie.place("Chez nous")
    lucie.reads("Le kilomètre coûte 0,34 €", "Voté, en vigueur depuis le 1er décembre 2026")


def book_kangoo(someone: Phone, here: str, day: str) -> None:
    """Book the Kangoo from 8 to 18 on a day."""
    someone.open(f"{here}/availability?when=choose")
    someone.main.locator("#start_date").fill(day)
    someone.main.locator("#start_time").fill("08:00")
    someone.main.locator("#end_date").fill(day)
    someone.main.locator("#end_time").fill("18:00")
    someone.tap("Voir qui est libre")
    someone.tap("Réserver", someone.card("Kangoo"))
    someone.tap("Réserver")
    someone.reads("C’est noté.", "Kangoo", "Confirmé")


def _vote(someone: Phone, choice: str, *for_me: str) -> None:
    """Two taps from the mail; what it changes for the reader stands above the buttons."""
    someone.letter("un vote est ouvert")
    someone.reads("Proposé par Lucie", WHY, "0,30 €/km", "0,34 €/km", "Pour vous", *for_me)
    someone.tap(choice)
    someone.reads("Votre vote est gardé.", "Vous avez voté")
    assert someone.taps == 2
