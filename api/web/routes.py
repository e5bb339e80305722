"""From a function that answers an `Asking` to a route: who may, one thread, one read transaction, kind refusals.

A page that was refused is shown again with what was typed (`again` is the page its form stands on); a program gets a
problem. Nothing else in the front door deals with threads, sign-in or refusals.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.handlers import HTTPRouteHandler
from litestar.template.base import csrf_token

from api.site import Site
from api.web.answers import Answer, Page
from api.web.asking import Asking, Sent
from api.web.forms import Form, Misread
from api.web.refusals import NotAMember, NotSignedIn, NotYourRole, said, status_of
from api.web.render import problem, respond
from api.web.who_may import WHO_MAY, Who
from governance.roles import Role
from kernel.refused import Refused, Unknown

Method = Literal["GET", "POST", "PUT", "DELETE"]
Answering = Callable[[Asking], Answer]


class Route(msgspec.Struct, frozen=True):
    """One way in. `again` is the page to show, with what was typed, when this is refused."""

    method: Method
    path: str
    name: str
    answer: Answering
    again: Answering | None = None


PAGES: list[Route] = []


def get(path: str) -> Callable[[Answering], Answering]:
    """Declare a page; its name in the table of who may is the function's."""
    return _declared("GET", path, None)


def post(path: str, again: Answering | None = None) -> Callable[[Answering], Answering]:
    """Declare where a form is sent; `again` is the page the form stands on."""
    return _declared("POST", path, again)


def _declared(method: Method, path: str, again: Answering | None) -> Callable[[Answering], Answering]:
    def declare(answer: Answering) -> Answering:
        PAGES.append(Route(method, path, answer.__name__, answer, again))
        return answer

    return declare


def handler(route: Route) -> HTTPRouteHandler:
    """Return the web framework's handler of a route; `KeyError` at start when the table does not say who may."""
    who = WHO_MAY[route.name]

    async def handle(request: Request[Any, Any, Any]) -> Response[Any]:
        site: Site = request.app.state.site
        sent = await _receive(request, route.method)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(site.threads, _answer, site, route, who, sent)

    return HTTPRouteHandler(route.path, http_method=route.method, name=route.name, status_code=200)(handle)


def allow(asking: Asking, who: Who) -> None:
    """Let pass who may; refuse the others with what they can do about it."""
    if who == "everyone":
        return
    if asking.person is None:
        raise NotSignedIn
    if who == "person":
        return
    if asking.coop is None:
        raise Unknown
    if asking.member is None:
        raise NotAMember
    if who != "member" and not asking.member.holds(Role(who)):
        raise NotYourRole


def _answer(site: Site, route: Route, who: Who, sent: Sent) -> Response[Any]:
    with site.reading() as connection:
        asking = Asking(site, sent, connection)
        try:
            allow(asking, who)
            if route.method != "GET":
                connection.rollback()  # what follows sees the latest, not the moment of the sign-in check
            return respond(asking, route.answer(asking))
        except Misread as misread:
            asking.errors = {name: asking.say(sentence) for name, sentence in misread.errors.items()}
            return _refused(asking, route, 422, "misread", asking.say("Something is missing. What you typed is kept."))
        except Refused as refusal:
            return _refused(asking, route, status_of(refusal), refusal.code(), said(refusal, asking.words))


def _refused(asking: Asking, route: Route, status: int, code: str, sentence: str) -> Response[Any]:
    if asking.sent.path.startswith("/api/"):
        more = {"fields": dict(asking.errors)} if asking.errors else {}
        return problem(status, code, sentence, asking.sent.path, **more)
    asking.connection.rollback()
    asking.refusal = sentence
    if status == 401:  # noqa: PLR2004 - not signed in
        return _to_sign_in(asking)
    if route.again is not None and status not in (403, 404) and (shown := _again(asking, route.again)):
        shown.status_code = status
        return shown
    back = f"/coops/{asking.coop.coop_id}/" if asking.member and asking.coop else "/"
    shows = {"status": status, "sentence": sentence, "back_href": back, "back_text": asking.say("Back to home")}
    asking.refusal = None
    return respond(asking, Page("refused.html", shows, status))


def _again(asking: Asking, page: Answering) -> Response[Any] | None:
    """Return the page the form stands on, or `None` when what was sent does not even say which one."""
    try:
        return respond(asking, page(asking))
    except (Misread, Refused):
        return None


def _to_sign_in(asking: Asking) -> Response[Any]:
    asking.refusal = None
    shows = {"next": asking.sent.path, "demo": asking.site.settings.demo}
    return respond(asking, Page("sign_in.html", shows, 401))


async def _receive(request: Request[Any, Any, Any], method: str) -> Sent:
    body, form, for_a_program = b"", Form(), request.url.path.startswith("/api/")
    if method != "GET":
        if for_a_program:
            body = await request.body()
        else:
            form = await _form(request)
    return Sent(
        path=request.url.path,
        places=request.path_params,
        query=dict(request.query_params),
        cookies=request.cookies,
        headers=dict(request.headers),
        form=form,
        body=body,
        client=request.client.host if request.client else "",
        csrf_token="" if for_a_program else csrf_token({"request": request}),
    )


async def _form(request: Request[Any, Any, Any]) -> Form:
    texts: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            texts.setdefault(name, []).append(str(value))
    return Form(texts, files)
