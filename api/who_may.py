"""Who may use which route. One table: a route that is not in it does not start, and a test walks it row by row.

`everyone` needs no sign-in · `person` is signed in · `member` belongs to the co-op of the address · `referent` and
`treasurer` hold that role there now. Ownership (of a vehicle, a booking, a transfer) is decided by the contexts
themselves, which refuse with `NotYours`.
"""

from typing import Literal

Who = Literal["everyone", "person", "member", "referent", "treasurer"]

WHO_MAY: dict[str, Who] = {
    # coming in
    "front_door": "everyone",
    "sign_in": "everyone",
    "ask_link": "everyone",
    "arrival": "everyone",
    "come_in": "everyone",
    "sign_out": "everyone",
    "sign_out_device": "person",
    "choose_language": "everyone",
    "invited": "everyone",
    "join": "everyone",
    "starting": "everyone",
    "start": "everyone",
    # the installation itself
    "manifest": "everyone",
    "service_worker": "everyone",
    "offline": "everyone",
    "health": "everyone",
    "demo_people": "everyone",
    "step_in": "everyone",
    "local_mailbox": "everyone",
    "show_photo": "member",
    # home, vehicles
    "home": "member",
    "vehicles": "member",
    "vehicle": "member",
    # bookings and trips
    "book_form": "member",
    "book": "member",
    "trips": "member",
    "show_booking": "member",
    "approve": "member",
    "refuse": "member",
    "cancel": "member",
    "keys_form": "member",
    "take_keys": "member",
    "return_form": "member",
    "return_vehicle": "member",
    # programs
    "api_description": "everyone",
    "api_availability": "member",
    "api_my_bookings": "member",
    "api_booking": "member",
    "api_book_vehicle": "member",
    "api_approve_booking": "member",
    "api_refuse_booking": "member",
    "api_cancel_booking": "member",
    "api_take_keys": "member",
    "api_return_vehicle": "member",
}
