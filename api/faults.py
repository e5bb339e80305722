"""What is said when a request came to no route, or broke on its way: without the database, which may be what broke.

Each page of it is drawn once for a language and kept: it costs nothing, however often somebody asks for nothing.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from markupsafe import Markup

from api.keeping import kept_from, token_cookie, token_field
from api.speech.texts import gettext
from api.speech.words import Words
from api.web.frame import Frame, draw
from api.web.refusals import BUSY, NO_ROOM, NOT_UNDERSTOOD, ON_THE_WAY, STALE, TOO_LONG, Kept, RefusedPage, problem
from api.web.visit import language_shown
from kernel.database import cannot_write, is_away
from kernel.money import EURO

RETRY_SECONDS = 5
OURS = 500  # from here on
FORBIDDEN = 403
KEEPING = (FORBIDDEN, BUSY, NO_ROOM)
"""After these what was typed can be sent again: nothing of it is done, or not twice."""
NO_TOKEN = Markup("")

log = structlog.get_logger()


def http_problem(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Answer what the web server itself refused: an unknown address, too large a body, a form without its token."""
    if error.status_code >= OURS and error.status_code != BUSY:
        log.error("fault", path=request.scope["path"], exc_info=error)
    return _answered(request, error.status_code)


def fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what broke here: 507 when nothing can be written, 503 when the database is away; else 500."""
    if cannot_write(error):
        log.error("disk full", path=request.scope["path"], reason=type(error).__name__)
        request.app.state.site.watch.refused.set()
        return _answered(request, NO_ROOM)
    if is_away(error):
        log.error("database away", path=request.scope["path"], reason=type(error).__name__)
        return _answered(request, BUSY)
    log.error("fault", path=request.scope["path"], exc_info=error)
    return _answered(request, 500)


def _answered(request: Request[Any, Any, Any], status: int) -> Response[Any]:
    lang = language_shown(request.cookies, request.headers)
    if request.scope["path"].startswith("/api/"):
        answer: Response[Any] = problem(status, f"http-{status}", _sentence(status, lang), request.scope["path"])
    else:
        kept = kept_from(request) if status in KEEPING else None
        token = token_cookie(request) if kept else None
        html = _drawn(status, lang, kept, token_field(token)) if token else _page(status, lang)
        answer = Response(html, status_code=status, media_type="text/html")
        if token:
            answer.set_cookie(token)
    if status in (BUSY, NO_ROOM):
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _sentence(status: int, lang: str) -> str:
    return gettext(ON_THE_WAY.get(status, ON_THE_WAY[NOT_UNDERSTOOD]), lang)


@cache
def _page(status: int, lang: str) -> str:
    return _drawn(status, lang)


def _drawn(status: int, lang: str, kept: Kept | None = None, csrf: Markup = NO_TOKEN) -> str:
    """Return the page of a refusal, with the form that was typed where it is kept."""
    frame = Frame(
        words=Words(lang=lang, tz=ZoneInfo("UTC"), now=datetime.now(UTC)),
        reader=None,
        person=None,
        coop_name=None,
        currency=EURO,
        accent="green",
        coops=(),
        here="",
        path="/",
        address=None,
        csrf=NO_TOKEN,
        flash=None,
        refusal=None,
        errors={},
        typed={},
    )
    kind = STALE if status == FORBIDDEN else str(status)  # what is not hers to do, a route says
    sentence = gettext(TOO_LONG, lang) if kept and status == FORBIDDEN else _sentence(status, lang)
    view = RefusedPage(kind=kind, sentence=sentence, back_href="/", kept=kept, csrf=csrf)
    return draw(view.template, view.shown(), frame)
