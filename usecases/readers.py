"""Who may read which field of an answer: said once, here, for pages, programs, letters and files alike.

Who may ask a question is said beside it. Whoever may reads its whole answer, but for the fields named here, which are
told to some alone. Answers leave by one door, which tells them through `for_reader`: no page and no program is told
more than the other.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
from msgspec.structs import replace

from booking.queries import bookings_to_come
from fleet.queries import VehiclePage
from governance.queries import CoopRow, MemberRow
from governance.roles import Role
from usecases.actor import Actor
from usecases.driving.trips import ToKnow
from usecases.money.bank_account import keeps_bank_account
from usecases.money.contesting import Contested, is_told_reasons
from usecases.money.paying import Payable, is_concerned, still_pays
from usecases.upkeep import looks_after_vehicle

T = TypeVar("T")


class Kept(msgspec.Struct, frozen=True):
    """Fields of an answer that are told to some readers alone; to the others each of them is `None`."""

    answer: type[msgspec.Struct]
    fields: tuple[str, ...]
    told_to: Callable[[Actor, Any], bool]


def reaches_member(actor: Actor, row: MemberRow) -> bool:
    """Every member, of who is one; of who has left, a référent or a treasurer: her account may still be open."""
    return row.is_member or actor.holds(Role.REFERENT, Role.TREASURER)


def is_that_person(actor: Actor, row: MemberRow) -> bool:
    """The person herself: it is the same in all her co-ops."""
    return actor.person is not None and row.person_id == actor.person.person_id


def may_know_of_suspension(actor: Actor, row: MemberRow) -> bool:
    """The member herself, and a référent."""
    return row.member_id == actor.me or actor.holds(Role.REFERENT)


def keeps_account(actor: Actor, _: CoopRow) -> bool:
    """A treasurer or a référent; who has a transfer to make to the co-op reads it there."""
    return keeps_bank_account(actor)


def uses_vehicle(actor: Actor, page: VehiclePage) -> bool:
    """Who looks after the vehicle, and the driver of a booking of it that was agreed and is not over."""
    vehicle_id = page.card.vehicle_id
    if looks_after_vehicle(actor, vehicle_id):
        return True
    mine = bookings_to_come(actor.connection, actor.keyring, actor.coop_id, actor.me, actor.now)
    return any(booking.vehicle_id == vehicle_id and booking.status != "requested" for booking in mine)


def uses_its_vehicle(actor: Actor, known: ToKnow) -> bool:
    """The booking's driver once it is agreed and until it is over, and who looks after its vehicle."""
    return known.to_do not in ("wait", "tell", "none") or looks_after_vehicle(actor, known.vehicle_id)


def has_keys(_: Actor, known: ToKnow) -> bool:
    """The booking's driver, from when she may take the keys until the vehicle is returned."""
    return known.to_do in ("take_keys", "return", "late")


KEPT = (
    Kept(MemberRow, ("email", "phone"), reaches_member),
    Kept(MemberRow, ("person_id",), is_that_person),
    Kept(MemberRow, ("suspended_until",), may_know_of_suspension),
    Kept(CoopRow, ("holder", "iban"), keeps_account),
    Kept(VehiclePage, ("handbook",), uses_vehicle),
    Kept(ToKnow, ("handbook",), uses_its_vehicle),
    Kept(ToKnow, ("access_code",), has_keys),
    Kept(Payable, ("holder", "iban", "epc"), still_pays),
    Kept(Payable, ("proofs",), is_concerned),
    Kept(Contested, ("reason", "decision"), is_told_reasons),
)


def for_reader(actor: Actor, answer: T) -> T:
    """Return an answer, or a view made of answers, as a reader may read it: what is told to others alone is `None`."""
    readable: Any = answer
    if isinstance(answer, msgspec.Struct):
        inside = {name: for_reader(actor, getattr(answer, name)) for name in _leading_on(type(answer))}
        readable = replace(answer, **inside, **dict.fromkeys(_kept_from(actor, answer)))
    elif isinstance(answer, dict):
        readable = {key: for_reader(actor, value) for key, value in answer.items()}
    elif isinstance(answer, tuple | list):
        readable = type(answer)(for_reader(actor, item) for item in answer)
    return readable  # type: ignore[no-any-return]


def _kept_from(actor: Actor, answer: msgspec.Struct) -> Iterable[str]:
    """Give the fields of an answer that are not for its reader; what is empty is not asked about."""
    for kept in KEPT:
        if isinstance(answer, kept.answer):
            filled = [name for name in kept.fields if getattr(answer, name) is not None]
            if filled and not kept.told_to(actor, answer):
                yield from filled


@cache
def _leading_on(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields of a struct in which answers with kept fields may stand."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _may_hold(hints[name]))


@cache
def _may_hold(hint: Any) -> bool:
    """Tell whether a value of a type may be an answer with kept fields, or hold one."""
    if isinstance(hint, TypeVar) or any(map(_may_hold, get_args(hint))):
        return True
    if not (isinstance(hint, type) and issubclass(hint, msgspec.Struct)):
        return False
    return any(issubclass(hint, kept.answer) for kept in KEPT) or bool(_leading_on(hint))
