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
    "profile": "member",
    "keep_profile": "member",
    "leave_form": "member",
    "leave": "member",
    # programs: vehicles, communes (looking after a vehicle: as on the pages)
    "api_communes": "everyone",
    "api_commune": "everyone",
    # programs
    # programs, signing in and deciding
    "api_send_link": "everyone",
    "api_open_session": "everyone",
    "api_close_session": "person",
    "api_close_device": "person",
    "api_me": "person",
    "api_change_me": "person",
    "api_start_coop": "person",
    "api_charter": "everyone",
    "api_leave_coop": "member",
    "api_invited": "everyone",
    "api_accept_invitation": "person",
    "api_photo": "member",
    "api_keep_photo": "member",
}
