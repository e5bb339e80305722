"""What one says of oneself: name, phone, where to be paid, where one lives, in which language.

The page stands in a co-op, whose frame, members and way out surround it. A program asks at `/me`: the profile is the
person's own, one for all her co-ops.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection

from api.places import COOP
from api.places.profile.devices import Device, devices_of
from api.web.acts import write
from api.web.answers import Go, Page, View
from api.web.fields import read_form
from api.web.forms import Form, Misread
from api.web.routes import form, page, question
from api.web.visit import Visit
from governance.queries import coops_of, membership
from governance.roles import Role
from kernel.refused import Unknown
from kernel.text import LANGUAGES, N_, ONE_LINE_OR_NOTHING, Language
from people.bank_account import BankAccount, NotAnIban, opened_account, sealed_account, sound_iban
from people.person import Name, Phone, change_person, person
from usecases.actor import Actor
from usecases.copied import copied
from usecases.profile.recovering import IbanKept, check_iban_may_change

PROFILE = f"{COOP}/profile"
Degrees = Annotated[str, Meta(max_length=12)]


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """A co-op the reader is a member of, under which id and with which roles."""

    coop_id: UUID
    name: str
    member_id: UUID
    roles: tuple[Role, ...]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The reader herself: her profile (degrees as text), her co-ops, her devices. Nobody else reads it."""

    person_id: UUID
    email: str
    name: str
    phone: str | None
    iban: str | None
    iban_holder: str | None
    language: str
    latitude: str | None
    longitude: str | None
    memberships: tuple[Membership, ...]
    devices: tuple[Device, ...]


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one says of oneself; what is empty is taken away. Degrees (WGS 84) as text, both or neither."""

    name: Name
    language: Language
    phone: Phone = ""
    iban: Annotated[str, Meta(max_length=50)] = ""
    iban_holder: Annotated[str, Meta(max_length=70, pattern=ONE_LINE_OR_NOTHING)] = ""
    latitude: Degrees = ""
    longitude: Degrees = ""


class MyProfile(View, frozen=True, kw_only=True):
    """One's profile as it stands, and who one is in this co-op."""

    template: ClassVar[str] = "profile/profile.html"

    me: Me
    member_id: UUID
    languages: Sequence[Language] = LANGUAGES


@question("/me", who="person")
def my_profile(actor: Actor) -> Me:
    """My profile, my co-ops and my devices."""
    found = person(actor.connection, actor.my_person.person_id)
    if found is None:
        raise Unknown
    account = opened_account(actor.keyring, found.person_id, found.account)
    return copied(
        found,
        Me,
        iban=account.iban if account else None,
        iban_holder=account.holder if account else None,
        latitude=_degrees(found.latitude),
        longitude=_degrees(found.longitude),
        memberships=_memberships(actor),
        devices=devices_of(actor),
    )


@page(PROFILE, who="member")
def show_profile(visit: Visit) -> Page:
    """Show one's profile, to change it."""
    return Page(MyProfile(me=my_profile(visit.actor), member_id=visit.actor.me))


@form(PROFILE, who="member", page=show_profile)
def keep_profile(visit: Visit) -> Go:
    """Keep one's profile as typed."""
    typed = read_form(visit.form, Profile)
    _keep(visit, typed)
    address = f"/coops/{visit.actor.coop_id}/profile"
    return Go(address, said=N_("Your profile is kept."), cookies={"lang": typed.language})


@write("/me", who="person", method="PUT", example={"name": "Claire", "language": "fr", "phone": "06 12 34 56 78"})
def change_profile(visit: Visit, body: Profile) -> Me:
    """Change my profile."""
    _keep(visit, body)
    with visit.site.reading() as connection:
        return my_profile(replace(visit.actor, connection=connection))


def _keep(visit: Visit, profile: Profile) -> None:
    values, person_id = _checked(profile), visit.actor.my_person.person_id
    account = values.pop("account")
    values["account"] = sealed_account(visit.actor.keyring, person_id, account) if account else None
    with visit.site.writing() as connection:
        known = person(connection, person_id)
        if known and account != opened_account(visit.actor.keyring, person_id, known.account):
            _check_may_change(connection, person_id, visit.actor.now)
        change_person(connection, person_id, **values)


def _check_may_change(connection: Connection, person_id: UUID, now: datetime) -> None:
    try:
        check_iban_may_change(connection, person_id, now)
    except IbanKept as refusal:
        raise Misread({"iban": refusal}) from refusal


def _checked(profile: Profile) -> dict[str, Any]:
    """Return the columns of a profile; `Misread` says what is wrong with which field."""
    holder = profile.iban_holder.strip()
    iban = _iban(profile.iban.strip())
    if iban and not holder:
        raise Misread({"iban_holder": N_("Write the name of the account's holder exactly as the bank knows it.")})
    typed = Form({"latitude": [profile.latitude], "longitude": [profile.longitude]})
    latitude, longitude = typed.position() or (None, None)
    return {
        "name": profile.name.strip(),
        "phone": profile.phone or None,
        "account": BankAccount(iban, holder) if iban else None,
        "language": profile.language,
        "latitude": latitude,
        "longitude": longitude,
    }


def _iban(text: str) -> str | None:
    try:
        return sound_iban(text) if text else None
    except NotAnIban as refusal:
        raise Misread({"iban": N_("This is not an IBAN: check its letters and digits.")}) from refusal


def _memberships(actor: Actor) -> tuple[Membership, ...]:
    person_id = actor.my_person.person_id
    found = [
        (coop, membership(actor.connection, coop.coop_id, person_id, actor.now))
        for coop in coops_of(actor.connection, person_id)
    ]
    return tuple(
        Membership(coop_id=coop.coop_id, name=coop.name, member_id=row.member_id, roles=row.roles)
        for coop, row in found
        if row is not None
    )


def _degrees(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
