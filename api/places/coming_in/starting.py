"""Starting a co-op: at once when signed in; otherwise the link sent to the founder asks again."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

import msgspec

from api.places.coming_in.charter import check_accepted
from api.places.coming_in.joining import Newcomer
from api.places.coming_in.signing_in import link_sent
from api.speech.charter import charter
from api.speech.labels import PACKS
from api.web.acts import act
from api.web.answers import Answer, Go, Page, View
from api.web.fields import built, read_fields
from api.web.forms import Faults, Misread, read_parts
from api.web.routes import form, page
from api.web.visit import Visit
from governance.commands import Accent
from governance.coop import CHARTER_VERSION
from governance.rules.packs import values_of
from kernel.command import Asked, Done
from kernel.text import N_
from territory.communes import Commune, FoundCommune, NoSuchCommune, commune, search
from usecases.actor import Actor
from usecases.coming_in.arriving import FoundCoop
from usecases.coming_in.arriving import start_coop as started
from usecases.coming_in.links import Start
from usecases.copied import copied

STARTED = N_("The co-op is started. Invite a neighbour, add a first vehicle.")
EXAMPLE = {"name": "Les Voisins du Diois", "commune_code": "26113", "charter_version": CHARTER_VERSION}


class OfferedCommune(msgspec.Struct, frozen=True, kw_only=True):
    """A commune to choose: `number` is its postcode, or its département's where it has several and none was typed."""

    code: str
    name: str
    through: str | None
    number: str
    departement_name: str


class NewCoop(View, frozen=True, kw_only=True):
    """The communes found for `q` (more: `after`), or the one chosen, what to begin with there, and the charter.

    A `stranger` says who she is, and reads the charter by her link.
    """

    template: ClassVar[str] = "coming_in/starting.html"

    q: str
    communes: Sequence[OfferedCommune]
    after: str | None
    commune: Commune | None
    packs: Sequence[str]
    accents: Sequence[Accent] = tuple(Accent)
    charter: Sequence[str]
    stranger: bool


@page("/coops/new", who="everyone")
def new_coop(visit: Visit) -> Page:
    """Find the commune, then name the co-op."""
    visit.actor.check_founding()
    asked_for = visit.given("q")
    found = search(asked_for, after=visit.sent.query.get("after"))
    view = NewCoop(
        q=asked_for,
        communes=[_offered(commune, asked_for) for commune in found.items],
        after=found.after,
        commune=_chosen(visit),
        packs=tuple(PACKS),
        charter=charter(visit.lang),
        stranger=visit.actor.person is None,
    )
    return Page(view)


@form("/coops", who="everyone", page=new_coop)
def start(visit: Visit) -> Answer:
    """Start the co-op at once when signed in; otherwise be asked by the link sent to the founder."""
    actor, asked, faults = visit.actor, visit.asked(), Faults()
    actor.check_founding()
    with faults:
        wanted = _typed(visit, asked)
    with faults:
        founder = _founder(visit)
    faults.check()
    visit.form.check_all_read()
    if founder:
        return _by_link(visit, wanted, founder)
    visit.site.settled(started(actor.history, actor.my_person.person_id, wanted, visit.lang, asked))
    return Go(f"/coops/{wanted.coop_id}/", said=STARTED)


@act(
    "/coops",
    who="person",
    lasting="Nobody else is concerned yet: its founder leaves it.",
    example=EXAMPLE,
)
def start_coop(actor: Actor, command: FoundCoop, asked: Asked) -> Done:
    """Start a co-op as its first member, référent and treasurer."""
    founder = actor.my_person
    actor.check_founding()
    return started(actor.history, founder.person_id, command, founder.language, asked)


def _offered(found: FoundCommune, asked_for: str) -> OfferedCommune:
    typed = [postcode for postcode in found.postcodes if postcode == asked_for.strip()]
    several = typed or found.postcodes
    return copied(found, OfferedCommune, number=several[0] if len(several) == 1 else found.departement)


def _chosen(visit: Visit) -> Commune | None:
    """Return the commune of the address or of the form, `None` when there is none of that code."""
    try:
        return commune(visit.given("commune"))
    except NoSuchCommune:
        return None


def _typed(visit: Visit, asked: Asked) -> FoundCoop:
    """Return the co-op as typed, its id that of the form, so that it is started once."""
    place = _chosen(visit)
    if place is None:
        raise Misread({"q": N_("Choose a commune from the list.")})
    given = {"coop_id": asked.command_id, "commune_code": place.code, "charter_version": CHARTER_VERSION}
    return built(FoundCoop, read_fields(visit.form, FoundCoop, {*given}) | given)


def _founder(visit: Visit) -> Newcomer | None:
    """Return who starts it, as typed; `None` when she is signed in, and accepts the charter."""
    form = visit.form
    if visit.actor.person:
        check_accepted(form)
        return None
    named = read_parts({name: partial(form.needed, name) for name in ("founder_name", "email")})
    return built(Newcomer, {"name": named["founder_name"], "email": named["email"]}, {"name": "founder_name"})


def _by_link(visit: Visit, wanted: FoundCoop, founder: Newcomer) -> Go:
    values_of(wanted.pack, commune(wanted.commune_code).currency)  # refused now, not by the link
    intent = Start(
        coop_id=wanted.coop_id,
        coop_name=wanted.name,
        commune_code=wanted.commune_code,
        pack=wanted.pack,
        accent=wanted.accent,
        name=founder.name,
        lang=visit.lang,
    )
    return link_sent(visit, founder.email, intent)
