"""From a route to its answer: who may, one thread, one read transaction, kind refusals.

A page that was refused is shown again with what was typed (`again` is the page its form stands on); a program gets a
problem. Nothing else in the front door deals with threads, sign-in or refusals.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import IO, Any, Literal

from litestar import Response
from litestar.datastructures import FormMultiDict, Headers, UploadFile
from litestar.exceptions import ServiceUnavailableException
from litestar.handlers import HTTPRouteHandler
from litestar.template.base import csrf_token
from msgspec.structs import replace

from api.receiving import LARGEST_FORM, LARGEST_TEXT, Received
from api.settings import Network
from api.site import Site
from api.speech.refusals import say, sentence_of
from api.web.access import NotSignedIn, allow
from api.web.answers import MeantInstead, Page, ReadBack, Refusal
from api.web.forms import Form, Misread, Unfinished
from api.web.refusals import AS_TYPED, KEPT, LOST, MISREAD, RefusedPage, SignInPage, kept_of, problem, status_of
from api.web.render import in_json, respond
from api.web.routes import Method, Route, plain_path
from api.web.visit import Sent, Visit
from kernel.refused import Refused, Unlikely
from people.limits import EnoughForNow
from people.pictures import LARGEST_PHOTO

ANSWER_SECONDS = 60  # longer than anyone is kept waiting by whoever writes
IPV6, HOUSEHOLD_BITS = 6, 64  # RFC 6177: nobody is given less
PHOTO_SECONDS = 30  # that a photo waits for those before it, each of which takes one


def handler(route: Route) -> HTTPRouteHandler:
    """Return the web framework's handler of a route."""

    async def handle(request: Received) -> Response[Any]:
        site: Site = request.app.state.site
        if route.from_memory is not None:
            return in_json(route.from_memory(site))
        if site.rebuilding is not None or site.watch.database_is_away:
            raise ServiceUnavailableException
        sent = await _receive(request, route, site.settings.trusted_proxies)
        pool, seconds = _who_answers(sent, site)
        answering = asyncio.get_running_loop().run_in_executor(pool, _answer, site, route, sent)
        try:
            return await asyncio.wait_for(answering, seconds)
        except TimeoutError as error:  # every thread is kept waiting: what had not begun is not done
            raise ServiceUnavailableException from error

    methods: list[Method | Literal["HEAD"]] = ["GET", "HEAD"] if route.method == "GET" else [route.method]
    return HTTPRouteHandler(
        route.path,
        http_method=methods,
        name=route.name,
        status_code=200,
        request_max_body_size=_most_bytes(route),
    )(handle)


def _most_bytes(route: Route) -> int:
    if not route.may_bring_photos:
        return LARGEST_TEXT
    return LARGEST_PHOTO if route.described else LARGEST_FORM


def _who_answers(sent: Sent, site: Site) -> tuple[Executor, float]:
    """Return who answers, and within how many seconds: what brings photos is read one at a time, beside all else."""
    if sent.form.files:
        return site.photos, PHOTO_SECONDS
    return (site.readers if sent.method == "GET" else site.writers), ANSWER_SECONDS


def _answer(site: Site, route: Route, sent: Sent) -> Response[Any]:
    with site.reading() as connection:
        visit = Visit(site, sent, connection)
        try:
            allow(route.who, visit.actor, sent.ids)
            sent.check_asked_once()
            if route.again and visit.shows_again:
                return _going_on(visit, route, Unfinished({}))
            if route.method != "GET":
                connection.rollback()  # what follows sees the latest, not the moment of the sign-in check
            return respond(visit, route.answer(visit))
        except Unfinished as unfinished:
            return _going_on(visit, route, unfinished)
        except Misread as misread:
            refusal = Refusal(
                visit.say(LOST if sent.for_program else KEPT), _said(visit, misread.errors), misread.instead
            )
            return _refused(visit, route, MISREAD, "misread", refusal)
        except NotSignedIn as refusal:
            if not sent.for_program:
                return _to_sign_in(visit, route)
            return _refused(visit, route, 401, refusal.code(), Refusal(sentence_of(refusal, visit.words)))
        except Refused as refusal:
            said = Refusal(sentence_of(refusal, visit.words), read_back=_read_back(visit, refusal))
            refused = _refused(visit, route, status_of(refusal), refusal.code(), said)
            if isinstance(refusal, EnoughForNow):
                refused.headers["Retry-After"] = str(refusal.seconds_from(visit.actor.now))
            return refused


def _refused(visit: Visit, route: Route, status: int, code: str, refusal: Refusal) -> Response[Any]:
    if visit.sent.for_program:
        return problem(status, code, refusal.sentence, visit.sent.path, refusal.errors)
    visit.actor.connection.rollback()
    if route.again is not None and status not in (403, 404) and (shown := _again(visit, route.again, refusal)):
        shown.status_code = status
        return shown
    sentence = visit.say(LOST) if code == "misread" else refusal.sentence  # no page keeps what was typed
    actor = visit.actor
    back = f"/coops/{actor.coop.coop_id}/" if actor.member and actor.coop else "/"
    return respond(visit, Page(RefusedPage(kind=str(status), sentence=sentence, back_href=back), status=status))


def _said(visit: Visit, errors: Mapping[str, str | Refused]) -> dict[str, str]:
    return {name: visit.say(error) for name, error in errors.items()}


def _read_back(visit: Visit, refusal: Refused) -> ReadBack | None:
    """Return what looks odd, to be corrected or confirmed on its page; `None` for any other refusal."""
    if not isinstance(refusal, Unlikely):
        return None
    meant = refusal.instead
    instead = MeantInstead(meant.field, meant.number, say(meant.saying, visit.words)) if meant else None
    before = (name for name in visit.form.texts if name.startswith("confirmed") and name != refusal.repeated_as)
    kept = {name: visit.form.text(name) for name in before}
    return ReadBack(refusal.field, refusal.number, refusal.repeated_as, instead, kept)


def _going_on(visit: Visit, route: Route, unfinished: Unfinished) -> Response[Any]:
    """Show the page of a form that goes on, with what was typed: nothing of it is done yet."""
    visit.actor.connection.rollback()
    sentence = AS_TYPED if visit.shows_again else KEPT if unfinished.errors else ""
    refusal = Refusal(visit.say(sentence) if sentence else "", _said(visit, unfinished.errors))
    shown = _again(visit, route.again, refusal) if route.again else None
    return shown or _refused(visit, route, MISREAD, "misread", Refusal(visit.say(LOST)))


def _again(visit: Visit, page: Route, refusal: Refusal) -> Response[Any] | None:
    """Return the page the form stands on; `None` when what was sent does not even say which one, or she may not."""
    try:
        allow(page.who, visit.actor, visit.sent.ids)
        visit.sent = replace(visit.sent, method="GET", path=plain_path(page.path).format(**visit.sent.ids))
        return respond(visit, page.answer(visit), refusal)
    except (Misread, Refused):
        return None


def _to_sign_in(visit: Visit, route: Route) -> Response[Any]:
    """Send someone not signed in to the door, to come back to the page she wanted, or to the form she sent."""
    visit.actor.connection.rollback()
    kept = kept_of(visit.form, visit.sent.path) if route.again else None
    view = SignInPage(next=visit.sent.address, demo=visit.opens_demo, founding=visit.actor.may_found, kept=kept)
    return respond(visit, Page(view, status=401))


def asker(peer: str, headers: Headers, trusted: Sequence[Network]) -> str:
    """Return the address of who asks: the last one of those handed on that is not a trusted proxy's own.

    It is read from the right, for what stands left of a stranger she may have written herself. Of nobody trusted,
    nothing is believed: it is the peer. What a proxy hands on that is no address counts as that proxy's own.
    """
    handed_on = ",".join(headers.getall("x-forwarded-for", [])).split(",")
    for address in (peer, *(part.strip() for part in reversed(handed_on))):
        try:
            known = _address(address)
        except ValueError:
            return peer
        peer = _household(known)
        if not any(known in network for network in trusted):
            return peer
    return peer


def _address(text: str) -> IPv4Address | IPv6Address:
    """Return an address, without the name of a network card; one of IPv4 that is written as one of IPv6 as itself."""
    known = ip_address(text.partition("%")[0])
    return getattr(known, "ipv4_mapped", None) or known


def _household(address: IPv4Address | IPv6Address) -> str:
    """Return what is counted as one: of IPv6 the first half, for each house is given all the addresses after it."""
    return str(ip_network((address, HOUSEHOLD_BITS), strict=False) if address.version == IPV6 else address)


async def _receive(request: Received, route: Route, trusted: Sequence[Network]) -> Sent:
    body, form, for_a_program = b"", Form(), request.scope["path"].startswith("/api/")
    if route.method != "GET":
        if not for_a_program:
            form = form_of(await request.form())
        elif route.may_bring_photos:
            form = Form(files={"photo": (await request.photo()).file})
        else:
            body = await request.body()
    return Sent(
        method=route.method,
        path=request.scope["path"],
        ids=request.path_params,
        query=dict(request.query_params),
        asked_twice=[name for name, values in request.query_params.dict().items() if len(values) > 1],
        cookies=request.cookies,
        headers=dict(request.headers),
        form=form,
        body=body,
        client=asker(request.client.host if request.client else "", request.headers, trusted),
        csrf_token="" if for_a_program else csrf_token({"request": request}),
    )


def form_of(fields: FormMultiDict) -> Form:
    """Return a form that was received."""
    texts: dict[str, list[str]] = {}
    files: dict[str, IO[bytes]] = {}
    for name, value in fields.multi_items():
        if isinstance(value, UploadFile):
            files[name] = value.file
        else:
            texts.setdefault(name, []).append(str(value))
    return Form(texts, files)
