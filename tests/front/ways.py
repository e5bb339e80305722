"""Every way in, read from the tables of the front door itself, so that a new route is tested by being there."""

from typing import NamedTuple
from uuid import UUID

from api import places
from api.web.access import name_of
from api.web.routes import Route, every_route, path_fields

OTHERS = {
    "bookings.undo_approval": {"booking_id": "booking_approved"},
    "bookings.undo_cancellation": {"booking_id": "booking_cancelled"},
    "bookings.undo_keys": {"booking_id": "booking_taken"},
    "bookings.undo_refusal": {"booking_id": "booking_refused"},
    "bookings.undo_return": {"booking_id": "booking_returned"},
    "bookings.undo_undriven": {"booking_id": "booking_undriven"},
    "mailed.acting": {"token": "token_to_act"},
    "mailed.act_by_link": {"token": "token_to_act"},
    "settlement.code": {"line_id": "line_to_receive"},
    "settlement.undo_declaration": {"line_id": "line_to_receive"},
    "settlement.undo_denial": {"line_id": "line_to_receive"},
    "settlement.undo_receipt": {"line_id": "line_to_receive"},
    "votes.withdraw_proposal": {"proposal_id": "proposal_new"},
    "bookings.accept_readings": {"booking_id": "booking_over"},
    "bookings.correct_readings": {"booking_id": "booking_over"},
    "bookings.keys_form": {"booking_id": "booking_to_take"},
    "bookings.take_keys": {"booking_id": "booking_to_take"},
    "bookings.readings_form": {"booking_id": "booking_over"},
    "bookings.say_undriven": {"booking_id": "booking_untold"},
    "bookings.return_form": {"booking_id": "booking_under_way"},
    "bookings.return_vehicle": {"booking_id": "booking_under_way"},
    "coming_in.accept_as_invited": {"invitation_id": "invitation_mailed"},
    "coming_in.join_as_invited": {"invitation_id": "invitation_mailed"},
    "coming_in.show_mailed_invitation": {"invitation_id": "invitation_mailed"},
    "coming_in.accept": {"token": "token_to_start"},
    "coming_in.confirm_my_mailbox": {"token": "token_to_recover"},
    "coming_in.confirm_new_mailbox": {"token": "token_to_recover"},
    "coming_in.move_address": {"token": "token_to_move"},
    "coming_in.take_address": {"token": "token_to_move"},
    "expenses.agree_to_expense": {"expense_id": "expense_waiting"},
    "expenses.refuse_expense": {"expense_id": "expense_waiting"},
    "members.end_role": {"member_id": "member_in_charge"},
    "members.refuse_as_told": {"token": "token_to_refuse"},
    "members.refuse_by_link": {"token": "token_to_refuse"},
    "members.refuse_recovery": {"member_id": "member_to_vouch_for"},
    "members.refusing": {"token": "token_to_refuse"},
    "members.vouch_for_member": {"member_id": "member_to_vouch_for"},
    "bookings.look_up_driver": {"booking_id": "booking_of_gone"},
    "bookings.open_driver": {"booking_id": "booking_of_gone"},
    "profile.erase_member": {"member_id": "member_gone"},
    "profile.keep_member": {"member_id": "member_gone"},
    "settlement.confirm_by_proof": {"line_id": "line_to_receive"},
    "settlement.confirm_paid": {"line_id": "line_to_receive"},
    "settlement.deny_paid": {"line_id": "line_to_receive"},
    "settlement.issue_draft": {"plan_id": "plan_to_issue"},
    "settlement.proving": {"line_id": "line_to_receive"},
    "settlement.received": {"line_id": "line_to_receive"},
}
"""Which of several of a kind a route needs, when not any would do: under which name its id is known."""

ASKS = {
    "bookings.new_booking": "vehicle_id={vehicle_id}&start=2026-11-05T08:00:00Z&end=2026-11-05T10:00:00Z",
    "coming_in.new_coop": "commune=26113",
    "votes.new_proposal": "parameter=price_per_km",
}
"""What a page has to be asked in its address, to show its form."""


class Way(NamedTuple):
    """A route, with the names of its ids and who may use it."""

    route: Route

    @property
    def method(self) -> str:
        """Its method."""
        return self.route.method

    @property
    def path(self) -> str:
        """Its path, with the names of its ids."""
        return self.route.path

    @property
    def name(self) -> str:
        """Its name, after its place."""
        return self.route.name

    @property
    def who(self) -> str:
        """The name of who may: a standing, or a right."""
        return name_of(self.route.who)

    @property
    def fields(self) -> list[str]:
        """The names of the ids in its path."""
        return path_fields(self.path)

    @property
    def is_api(self) -> bool:
        """Whether it is for programs."""
        return self.path.startswith("/api/")

    def named(self, field: str) -> str:
        """Return the name under which ids hold the one this route needs for a field of its path."""
        return OTHERS.get(self.name.removeprefix("api."), {}).get(field, field)

    def to(self, ids: dict[str, str]) -> str:
        """Return the address with these ids; an id nobody has where none is given."""
        parts = self.path.split("/")
        names = (part.strip("{}").split(":")[0] if part.startswith("{") else None for part in parts)
        nobodys = str(UUID(int=404))
        return "/".join(
            ids.get(self.named(name), nobodys) if name else part for name, part in zip(names, parts, strict=True)
        )

    def shown(self, ids: dict[str, str]) -> str:
        """Return the address with what its page has to be asked."""
        asks = ASKS.get(self.name, "").format(**ids)
        return f"{self.to(ids)}?{asks}" if asks else self.to(ids)


WAYS = [Way(route) for route in every_route(places)]
