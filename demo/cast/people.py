"""The people of the demo and where they live: all made up, with addresses, phones and accounts that reach nobody."""

import unicodedata
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid5

from kernel.privacy import Keyring
from people.bank_account import BankAccount, sealed_account
from people.person import Person

DEMO = UUID("d3300000-0000-4000-8000-000000026113")  # the root of every id in the demo: the same in each build


class Neighbour(NamedTuple):
    """Someone, numbered over the whole demo, at a position in degrees (WGS 84)."""

    number: int
    name: str
    latitude: Decimal
    longitude: Decimal

    @property
    def email(self) -> str:
        """Her address, in the domain that is nobody's."""
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        return f"{plain.replace(' ', '.')}@example.org"

    @property
    def person_id(self) -> UUID:
        """Her id, from her address."""
        return uuid5(DEMO, self.email)

    def profile(self, keyring: Keyring) -> Person:
        """Return what the installation knows of her."""
        return Person(
            person_id=self.person_id,
            email=self.email,
            name=self.name,
            phone=f"06 39 98 {self.number // 100:02} {self.number % 100:02}",  # a range kept for fiction
            account=sealed_account(keyring, self.person_id, BankAccount(iban(self.number), self.name)),
            latitude=self.latitude,
            longitude=self.longitude,
        )


class Group(NamedTuple):
    """A co-op to be: its name, commune (INSEE code), colour, centre, and its people, the founder first."""

    name: str
    commune_code: str
    accent: str
    latitude: str
    longitude: str
    names: tuple[str, ...]

    def neighbours(self, first_number: int) -> tuple[Neighbour, ...]:
        """Return its people, spread over some streets around the centre."""
        return tuple(
            Neighbour(number, name, *_around(self.latitude, self.longitude, number))
            for number, name in enumerate(self.names, start=first_number)
        )


def iban(number: int) -> str:
    """Return an IBAN with right check digits: the account that French banks print as an example, numbered."""
    bank, branch, account = 30006, 1, 12_345_678_900 + number
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    bban = f"{bank:05}{branch:05}{account:011}{key:02}"
    check = 98 - int(f"{bban}152700") % 97  # FR00 in figures, behind the account
    return f"FR{check:02}{bban}"


def _around(latitude: str, longitude: str, number: int) -> tuple[Decimal, Decimal]:
    north, east = (number * 37) % 83 - 41, (number * 53) % 97 - 48  # ten-thousandths of a degree: a few hundred metres
    return Decimal(latitude) + Decimal(north).scaleb(-4), Decimal(longitude) + Decimal(east).scaleb(-4)


DIOIS = Group(
    "Les Voisins du Diois",
    "26113",
    "green",
    "44.7530",
    "5.3700",
    (
        *("Claire Aubert", "Jean Morin", "Amina Benali", "Paul Girard", "Lucie Faure"),
        *("Karim Haddad", "Odile Roux", "Mathieu Blanc", "Sophie Lefèvre", "Inès Vidal"),
    ),
)

GROUPS = (
    DIOIS,
    Group(
        "L’Auto du Village",
        "26289",
        "terracotta",
        "44.6960",
        "5.1960",
        (
            *("Hélène Chabert", "Thomas Arnaud", "Nadia Cherif", "Gérard Bonnet", "Camille Reynaud"),
            *("Yann Le Goff", "Fatou Diallo", "Bernard Gauthier", "Élise Martin", "Rémi Fontaine"),
        ),
    ),
    Group(
        "Roulons Crest",
        "26108",
        "blue",
        "44.7287",
        "5.0222",
        (
            *("Isabelle Perrin", "Marc Dubois", "Leïla Mansouri", "François Lambert", "Julie Mercier"),
            *("Antoine Robin", "Maryse Colin", "David Nguyen", "Pauline Brun", "Étienne Masson"),
        ),
    ),
    Group(
        "La Remise du Trièves",
        "38226",
        "plum",
        "44.8160",
        "5.7520",
        (
            *("Sylvie Garnier", "Olivier Picard", "Manon Charrier", "Daniel Rey", "Zoé Marchand"),
            *("Samir Bouzid", "Monique Tessier", "Hugo Delorme", "Anne Vasseur", "Luc Peyrard"),
        ),
    ),
    Group(
        "Partage en Haut-Diois",
        "26086",
        "teal",
        "44.6940",
        "5.4830",
        (
            *("Véronique Mallet", "Pierre Jourdan", "Awa Traoré", "Michel Barral", "Clara Schmitt"),
            *("Nicolas Royer", "Jeanne Collet", "Farid Amrani", "Laure Noël", "Simon Guérin"),
        ),
    ),
    Group(
        "Luc à Quatre Roues",
        "26167",
        "ochre",
        "44.6160",
        "5.4470",
        (
            *("Martine Olivier", "Bruno Caillet", "Salomé Ferrand", "Georges Allard", "Mélanie Prévost"),
            *("Kevin Hoarau", "Denise Lacombe", "Ali Kaya", "Agathe Renard", "Vincent Maillot"),
        ),
    ),
)
