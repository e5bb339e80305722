"""Putting answers on the wire: pages through Jinja, problems as RFC 9457, the same headers on everything."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie
from markupsafe import Markup

from api.drawing import pictures
from api.speech import house_rules, labels
from api.speech.texts import counter, translator
from api.web.answers import Answer, Content, Go, Json, Page
from api.web.asking import Asking
from api.web.forms import inside
from governance.queries import coops_of

FOLDER = Path(__file__).parents[1]
STATIC = FOLDER / "static"
YEAR = 365 * 24 * 3600

environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals.update(
    new_id=uuid4,
    labels=labels,
    silhouette=pictures.silhouette,
    day_strip=pictures.day_strip,
    balance_line=pictures.balance_line,
    share_bar=pictures.share_bar,
    count_bar=pictures.count_bar,
    rule_value=house_rules.value,
    rule_sentence=house_rules.sentence,
    vote_reason=house_rules.reason,
)


@cache
def asset(name: str) -> str:
    """Return a static file's address, which changes with its content so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


environment.globals["asset"] = asset


def respond(asking: Asking, answer: Answer) -> Response[Any]:
    """Return the response to an answer."""
    secure = asking.site.settings.base_url.startswith("https")
    match answer:
        case Page():
            headers = {"X-Keep-Offline": "mine"} if answer.mine else {}
            html = environment.get_template(answer.template).render(_frame(asking) | dict(answer.shows))
            shown = Response(html, status_code=answer.status, media_type="text/html", headers=headers)
            if "said" in asking.sent.cookies:
                shown.delete_cookie("said")
            return shown
        case Go():
            cookies = dict(answer.cookies)
            if answer.said:
                cookies["said"] = quote(json.dumps([answer.said, answer.undo]))
            went: Response[Any] = Response(None, status_code=303, headers={"Location": answer.to})
            for key, value in cookies.items():
                lasts = 0 if not value else 60 if key == "said" else YEAR
                went.set_cookie(Cookie(key, value=value, max_age=lasts, httponly=True, samesite="lax", secure=secure))
            return went
        case Content():
            named = {"Content-Disposition": f'attachment; filename="{answer.filename}"'} if answer.filename else {}
            return Response(answer.content, media_type=answer.media_type, headers=named)
        case Json():
            return Response(msgspec.json.encode(answer.value), status_code=answer.status, media_type="application/json")


def problem(status: int, code: str, sentence: str, instance: str, **more: object) -> Response[bytes]:
    """Return a refusal for a program (RFC 9457)."""
    body = {"type": f"/api/problems/{code}", "title": code.replace("-", " "), "status": status, "detail": sentence}
    content = msgspec.json.encode(body | {"instance": instance} | more)
    return Response(content, status_code=status, media_type="application/problem+json")


def _frame(asking: Asking) -> dict[str, Any]:
    csrf = Markup('<input type="hidden" name="_csrf_token" value="{}">').format(asking.sent.csrf_token)
    coop, member = asking.coop, asking.member
    mine = coops_of(asking.connection, asking.person.person_id) if asking.person and coop else ()
    here = f"/coops/{coop.coop_id}" if coop else ""
    return {
        "_": translator(asking.lang),
        "ngettext": counter(asking.lang),
        "lang": asking.lang,
        "words": asking.words,
        "me": {"member_id": member.member_id, "name": member.name} if member else None,
        "coop": {"name": coop.name, "accent": coop.accent} if coop else None,
        "coops": [
            {"name": each.name, "href": f"/coops/{each.coop_id}/", "current": coop and each.coop_id == coop.coop_id}
            for each in mine
        ],
        "here": here,
        "path": asking.sent.path,
        "csrf_input": csrf,
        "flash": _flash(asking),
        "refusal": asking.refusal,
        "errors": asking.errors,
        "typed": asking.form.typed(),
    }


def _flash(asking: Asking) -> dict[str, str] | None:
    """Return what was just done. It comes back from the reader's own cookie, so it is only ever shown as text."""
    raw = asking.sent.cookies.get("said")
    if not raw:
        return None
    try:
        text, undo = json.loads(unquote(raw))
        return {"text": asking.say(str(text)), "undo": inside(str(undo)) or ""}
    except (ValueError, TypeError, KeyError, IndexError):
        return None
