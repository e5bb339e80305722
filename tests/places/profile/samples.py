"""One's own pages as they would be shown."""

from uuid import UUID

from msgspec.structs import replace

from api.places.profile.devices import Device
from api.places.profile.leaving import Leaving
from api.places.profile.profile import Me, Membership, MyProfile
from api.web.answers import View
from governance.mandates import LastReferent
from kernel.money import Money
from tests.api.samples import ID, at
from usecases.leaving import StillLends

PHONE = Device(session_id=ID, device="Mozilla/5.0 (Android 14) Firefox/130", opened_at=at(3, 9), current=True)
ME = Me(
    person_id=ID,
    email="ines@example.org",
    name="Inès Faure",
    phone="06 12 34 56 78",
    iban="FR7630006000011234567890189",
    iban_holder="Inès Faure",
    language="fr",
    latitude="44.75310",
    longitude="5.37080",
    memberships=(Membership(coop_id=ID, name="Les Voisins du Diois", member_id=ID, roles=()),),
    devices=(PHONE, replace(PHONE, session_id=UUID(int=8), device="", current=False)),
)
LEAVING = Leaving(member_id=ID, balance=Money(-2340), apart=Money(-1500), hindrances=[], elsewhere=False)

PAGES: dict[str, View] = {
    "profile": MyProfile(me=ME, member_id=ID),
    "leave": LEAVING,
    "leave-not-yet": replace(
        LEAVING,
        balance=Money(1200),
        hindrances=[StillLends(vehicles="Clio").reason(), LastReferent().reason()],
        elsewhere=True,
    ),
}
