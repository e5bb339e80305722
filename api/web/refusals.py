"""From a refusal to what a browser or a program is told: one status each, and the catalogue of them all."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec
from litestar import Response
from markupsafe import Markup

from api.web.access import NotAMember, NotSignedIn, NotYourRole
from api.web.answers import View
from api.web.forms import BESIDE_WHAT_IS_TYPED, Form
from kernel.refused import CommandReused, NotYours, Overtaken, Refused, Unknown, Unreadable, every_refusal
from kernel.text import N_
from people.limits import EnoughForNow
from people.sign_in import LinkSpent

STATUS: dict[type[Refused], int] = {
    Unreadable: 400,
    NotSignedIn: 401,
    NotYours: 403,
    NotAMember: 403,
    NotYourRole: 403,
    Unknown: 404,
    LinkSpent: 410,
    CommandReused: 409,
    Overtaken: 409,
    EnoughForNow: 429,
}
BY_THE_RULES = 409  # any other refusal: well asked, but the rules or the moment say no
MISREAD = 422
KEPT = N_("Something has to be put right. What you typed is kept.")
AS_TYPED = N_("Here is your form as you typed it. Nothing is done yet: look at it, and send it.")
LOST = N_("Something has to be put right. Go back, and send it again.")

NOT_UNDERSTOOD = 400
BUSY = 503
NO_ROOM = 507
STALE = "stale"
NOWHERE = Unknown.sentence()
TOO_LONG = N_("This page has been open for too long. Nothing is done yet.")
ON_THE_WAY = {
    NOT_UNDERSTOOD: N_("This request could not be understood."),
    403: N_("This page has been open for too long. Go back, reload it, and send it again."),
    404: NOWHERE,
    405: NOWHERE,
    408: N_("This took too long to arrive. Try again, where the network is better."),
    413: N_("This is too large to send. Go back, and choose a smaller photo."),
    BUSY: N_("Voisiture is putting its house in order. Nothing was lost; try again in a moment."),
    NO_ROOM: N_("No room is left to write. What you just sent is not kept; all the rest is. Try later."),
    500: N_("Something is broken on our side. Nothing was lost; try again in a moment."),
}
"""What is said of what never came to a route, or broke in it, by status."""


class Kept(msgspec.Struct, frozen=True):
    """What was typed in a form that was refused before its page could be shown: sent to `action`, it shows that page.

    `sentences` are those of its texts that are more than a word, to be read meanwhile; no photo is ever kept.
    """

    action: str
    fields: Sequence[tuple[str, str]]
    sentences: Sequence[str]
    without_photos: bool


def kept_of(form: Form, action: str) -> Kept | None:
    """Return what was typed in a form sent to an address of this site; `None` when nothing was: a button alone."""
    beside = BESIDE_WHAT_IS_TYPED - {"command_id"}
    fields = [(name, value) for name, values in form.texts.items() for value in values if name not in beside]
    if not any(value.strip() for name, value in fields if name != "command_id"):
        return None
    sentences = [value for _, value in fields if len(value.split()) > 1]
    return Kept(action, fields, sentences, without_photos=bool(form.files))


class RefusedPage(View, frozen=True, kw_only=True):
    """A page that cannot be shown, or an act refused outside a form: the sentence, and where to go next.

    `kind` is what its heading is called by: the status, but `STALE` for a form that was open for too long. What was
    `kept` goes back to its form with the token `csrf`.
    """

    template: ClassVar[str] = "refused.html"

    kind: str
    sentence: str
    back_href: str
    kept: Kept | None = None
    csrf: Markup = Markup("")


class SignInPage(View, frozen=True, kw_only=True):
    """The door: one's mail address is asked for. Shown instead of any page to who is not signed in.

    `next` is the page she wanted, `kept` what she had typed when her session was over; `demo` shows the way to the
    people of the demo, `founding` to starting a co-op.
    """

    template: ClassVar[str] = "sign_in.html"

    next: str | None
    demo: bool
    founding: bool
    kept: Kept | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal (RFC 9457): `type` ends with its stable code, `detail` is a sentence for people.

    `fields` has a sentence for each field of the address that could not be read.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    fields: dict[str, str] = {}


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal of the catalogue: its stable code, its status, and its sentence, whose braces are filled when said."""

    code: str
    status: int
    sentence: str


def status_of(refusal: Refused | type[Refused]) -> int:
    """Return the HTTP status of a refusal."""
    kind = refusal if isinstance(refusal, type) else type(refusal)
    return next((STATUS[known] for known in kind.__mro__ if known in STATUS), BY_THE_RULES)


def catalogue() -> tuple[Published, ...]:
    """Return every refusal there is, by code: what any operation may answer instead of what was asked."""
    listed = [
        Published(code=refusal.code(), status=status_of(refusal), sentence=refusal.sentence())
        for refusal in every_refusal()
        if refusal.__module__.split(".")[0] != "tests"
    ]
    listed.append(Published(code="misread", status=MISREAD, sentence=LOST))
    listed += [Published(code=f"http-{status}", status=status, sentence=text) for status, text in ON_THE_WAY.items()]
    return tuple(sorted(listed, key=lambda refusal: refusal.code))


def problem(
    status: int, code: str, sentence: str, instance: str, fields: Mapping[str, str] | None = None
) -> Response[bytes]:
    """Return a refusal for a program (RFC 9457)."""
    body = Problem(
        type=f"/api/problems/{code}",
        title=code.replace("-", " "),
        status=status,
        detail=sentence,
        instance=instance,
        fields=dict(fields or {}),
    )
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/problem+json")
