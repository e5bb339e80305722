"""What was typed in a form that was refused before its page could be reached: kept, if this very site sent it.

Nothing of a form that another site sent is ever given back, and what is given back does nothing by itself
(`docs/decisions/0036-what-was-typed-is-given-back.md`).
"""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie, FormMultiDict
from litestar.middleware.csrf import CSRF_SECRET_LENGTH, generate_csrf_hash, generate_csrf_token
from litestar.types import Empty
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from api.web.refusals import Kept, kept_of
from api.web.routes import ROUTES
from api.web.serving import form_of

Asked = Request[Any, Any, Any]


def kept_from(request: Asked) -> Kept | None:
    """Return what was typed in the form of a page, if it was read and sent from here; else `None`."""
    read = ScopeState.from_scope(request.scope).form
    if read is Empty or not read:
        return None
    form = form_of(FormMultiDict.from_form_data(read))
    for photo in form.files.values():  # nobody else closes what came to no route
        photo.close()
    return kept_of(form, request.scope["path"]) if _has_page(request) and _is_from_here(request) else None


def token_cookie(request: Asked) -> Cookie:
    """Return the cookie whose value a form bears as its token: the one she has, a new one where it is none of ours."""
    config = request.app.csrf_config
    if config is None:
        raise LookupError("forms bear no token")
    known = request.cookies.get(config.cookie_name, "")
    token, sealed = known[:CSRF_SECRET_LENGTH], known[CSRF_SECRET_LENGTH:]
    if not sealed or sealed != generate_csrf_hash(token=token, secret=config.secret):
        known = generate_csrf_token(secret=config.secret)
    secure, httponly = config.cookie_secure, config.cookie_httponly
    return Cookie(key=config.cookie_name, value=known, secure=secure, httponly=httponly, samesite="lax")


def token_field(cookie: Cookie) -> Markup:
    """Return the field by which a form bears its token."""
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(cookie.value)


def _has_page(request: Asked) -> bool:
    """Tell whether what was asked is a form that stands on a page."""
    name = getattr(request.scope.get("route_handler"), "name", None)
    return any(route.name == name and route.again is not None for route in ROUTES)


def _is_from_here(request: Asked) -> bool:
    """Tell whether a page of this site sent it: a browser says so itself, and no page can make it say otherwise."""
    headers = request.headers
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin, own = urlsplit(headers.get("origin", "")), urlsplit(request.app.state.site.settings.base_url)
    return bool(own.netloc) and (origin.scheme, origin.netloc) == (own.scheme, own.netloc)
