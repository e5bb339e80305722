"""Putting answers on the wire: pages in their frame, files, JSON, and where to go once something is done."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import IO, Any
from urllib.parse import quote, unquote
from uuid import UUID

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Stream
from markupsafe import Markup

from api.web.answers import Answer, Content, Go, Json, Moved, Page, Refusal, Streamed
from api.web.forms import inside
from api.web.frame import Flash, Frame, HerCoop, draw
from api.web.visit import Visit
from governance.queries import coops_of
from kernel.aggregate import TIME_TO_UNDO
from usecases.readers import for_reader

PART = 64 * 1024  # bytes
YEAR = 365 * 24 * 3600


def respond(visit: Visit, answer: Answer, refused: Refusal | None = None) -> Response[Any]:
    """Return the response to an answer; a page also says what was `refused` just before."""
    match answer:
        case Page():
            return _page(visit, answer, refused or answer.refused)
        case Go():
            return _went(visit, answer)
        case Moved():
            return Response(None, status_code=308, headers={"Location": _in_a_header(answer.to)})
        case Content():
            named = _named(answer.filename) if answer.filename else {}
            return Response(answer.content, media_type=answer.media_type, headers=named)
        case Streamed():
            return Stream(_parts(answer.content), media_type=answer.media_type, headers=_named(answer.filename))
        case Json():
            return in_json(Json(for_reader(visit.actor, answer.value), answer.status))


def _named(filename: str) -> dict[str, str]:
    """Return what makes a file one to be saved: no browser opens it here, nor runs what it may hold."""
    saved = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return saved | {"Content-Security-Policy": "default-src 'none'; sandbox"}


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while part := content.read(PART):
            yield part


def in_json(answer: Json) -> Response[Any]:
    """Return the response to a program."""
    return Response(msgspec.json.encode(answer.value), status_code=answer.status, media_type="application/json")


def _page(visit: Visit, page: Page, refused: Refusal | None) -> Response[Any]:
    frame = _frame(visit, refused)
    view = for_reader(visit.actor, page.view)
    html = draw(view.template, view.shown(), frame)
    headers = {"X-Keep-Offline": "mine"} if page.mine else {}
    shown = Response(html, status_code=page.status, media_type="text/html", headers=headers)
    if "said" in visit.sent.cookies:
        shown.delete_cookie("said")
    _keep(shown, {**visit.keeps, **page.keeps}, secure=visit.site.settings.is_encrypted)
    return shown


def _in_a_header(address: str) -> str:
    """Return an address as a header may hold it: letters that are not ASCII by their bytes (RFC 3986)."""
    return quote(address, safe="%/?#[]@!$&'()*+,;=:~")


def _went(visit: Visit, go: Go) -> Response[Any]:
    """Return where to go next: a browser goes there; of a script that sent a form, the page goes once it knows."""
    secure, by_script = visit.site.settings.is_encrypted, visit.sent.headers.get("x-sent-by") == "script"
    cookies = dict(go.cookies)
    if go.said:
        until = go.undo_until.isoformat() if go.undo_until else ""
        cookies["said"] = quote(json.dumps([go.said, go.undo, until]))
    headers = {"Location": _in_a_header(go.to)} | ({"Clear-Site-Data": '"cache"'} if go.forgets else {})
    went: Response[Any] = Response(None, status_code=204 if by_script else 303, headers=headers)
    _keep(went, cookies, secure=secure)
    return went


def _keep(response: Response[Any], cookies: Mapping[str, str], *, secure: bool) -> None:
    """Let her browser keep these cookies, or forget them when empty."""
    for key, value in cookies.items():
        lasts = 0 if not value else 60 if key == "said" else YEAR
        response.set_cookie(Cookie(key, value=value, max_age=lasts, httponly=True, samesite="lax", secure=secure))


def _frame(visit: Visit, refused: Refusal | None) -> Frame:
    member, refused = visit.actor.member, refused or Refusal("")
    coop = visit.actor.coop if member else None  # to others it has neither a name nor a colour
    return Frame(
        words=visit.words,
        reader=member.name if member else None,
        person=visit.actor.person.name if visit.actor.person else None,
        coop_name=coop.name if coop else None,
        currency=visit.form.currency,
        accent=coop.accent if coop else "green",
        coops=_coops(visit, coop.coop_id) if coop else (),
        here=f"/coops/{visit.actor.coop_id}" if member or visit.actor.former else "",
        path=visit.sent.path,
        address=visit.sent.address,
        csrf=Markup('<input type="hidden" name="_csrf_token" value="{}">').format(visit.sent.csrf_token),
        flash=_flash(visit),
        refusal=refused.sentence or None,
        errors=refused.errors,
        typed={**(visit.sent.query if refused.errors else {}), **visit.form.typed(), **refused.instead},
        read_back=refused.read_back,
        command_id=visit.form.typed_id if visit.shows_again else None,
    )


def _coops(visit: Visit, here: UUID) -> tuple[HerCoop, ...]:
    mine = coops_of(visit.actor.connection, visit.actor.my_person.person_id)
    return tuple(HerCoop(coop.name, f"/coops/{coop.coop_id}/", current=coop.coop_id == here) for coop in mine)


def _flash(visit: Visit) -> Flash | None:
    """Return what was just done. It comes back from the reader's own cookie, so it is only ever shown as text."""
    raw = visit.sent.cookies.get("said")
    if not raw:
        return None
    try:
        text, undo, until = map(str, json.loads(unquote(raw)))
        f"{text}{undo}".encode()  # half a character cannot be sent
        last = datetime.fromisoformat(until) if until else None
        too_late = last is not None and not timedelta() < last - visit.actor.now <= TIME_TO_UNDO
        return Flash(visit.say(text), "" if too_late else inside(undo) or "", last)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
