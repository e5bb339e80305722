"""Who may: a role held in the co-op of the address, or a named right that looks at the things the address names.

`everyone` needs no sign-in · `person` is signed in · `member` belongs to the co-op of the address · `referent` and
`treasurer` hold that role there now. A right is a function of the member who asks and of the ids of the address, which
tells whether she may; its name and its docstring are what the documents show. A right is asked of members, and of who
has left where it is marked so (`asked_of_formers`).
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Literal, ParamSpec, TypeVar

from governance.roles import Role
from kernel.refused import NotYours, Refused
from usecases.actor import Actor, is_asked_of_formers

Audience = Literal["everyone", "person", "member", "referent", "treasurer"]
Right = Callable[..., bool]
Who = Audience | Right

P = ParamSpec("P")
R = TypeVar("R")


class NotSignedIn(Refused):
    """Sign in first."""


class NotAMember(Refused):
    """This is for the members of this co-op. One of them can invite you."""


class NotYourRole(Refused):
    """This is for the member the co-op has chosen for it."""


def name_of(who: Who) -> str:
    """Return the word for who may: an audience, or the name of a right."""
    return who if isinstance(who, str) else who.__name__


def meaning_of(who: Who) -> str:
    """Return in a sentence whom a right lets in; empty for an audience, which is told once for all."""
    return "" if isinstance(who, str) else (inspect.getdoc(who) or "").splitlines()[0]


def allow(who: Who, actor: Actor, ids: Mapping[str, Any]) -> None:
    """Let pass who may; refuse the others with what they can do about it.

    Refuses with `NotSignedIn`, `NotAMember`, `NotYourRole`, `NotYours`. A co-op that is not there is refused as one
    of which she is no member: she learns nothing of it, not even whether it is.
    """
    if who == "everyone":
        return
    if actor.person is None:
        raise NotSignedIn
    if who == "person":
        return
    if actor.member is None and not (actor.former and callable(who) and is_asked_of_formers(who)):
        raise NotAMember
    if callable(who):
        if not with_ids(who, ids, actor):
            raise NotYours
    elif who != "member" and not actor.holds(Role(who)):
        raise NotYourRole


def with_ids(function: Callable[..., R], ids: Mapping[str, Any], *given: object) -> R:
    """Call a function with what it is given, and with those ids of the address that it names as parameters."""
    return function(*given, **{name: ids[name] for name in ids_asked_for(function, len(given))})


def ids_asked_for(function: Callable[..., object], given: int = 1) -> tuple[str, ...]:
    """Return the names of a function's parameters after those it is `given`: the ids of the address it asks for."""
    return tuple(inspect.signature(function).parameters)[given:]
