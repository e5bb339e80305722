"""The names of states, codes and places, as English sentences: translated only when one is shown.

They stand here and not in a template because a page shows two or three of them, and would translate them all.
"""

STATES = {
    "requested": ("wait", "Waiting for the owner"),
    "confirmed": ("good", "Confirmed"),
    "refused": ("stop", "Refused"),
    "expired": ("over", "No answer in time"),
    "cancelled": ("over", "Cancelled"),
    "under_way": ("now", "On the road"),
    "over": ("good", "Returned"),
    "late": ("wait", "Late"),
    "open": ("now", "Vote open"),
    "counting": ("wait", "Being counted"),
    "passed": ("good", "Adopted"),
    "failed": ("stop", "Not adopted"),
    "enacted": ("good", "In force"),
    "conflicted": ("stop", "Overtaken by another decision"),
    "to_pay": ("wait", "To pay"),
    "declared": ("wait", "Said to be paid"),
    "received": ("good", "Received"),
    "in_order": ("good", "In order"),
    "soon": ("wait", "Ends soon"),
    "past_due": ("stop", "Out of date"),
    "missing": ("stop", "Missing"),
    "out_of_service": ("stop", "Not to be booked"),
}
"""State → (shape, word). The word and the shape say it; the colour only follows the shape."""

SHAPES = {
    "good": '<path d="M3 9l4 4 6-9"/>',
    "wait": '<circle cx="8" cy="8" r="6"/><path d="M8 4.500V8l2.500 1.500"/>',
    "stop": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "now": '<circle class="full" cx="8" cy="8" r="5"/>',
    "over": '<path d="M3 8h10"/>',
}

HANDOVERS = {
    "in_person": "Hand to hand, with {name}",
    "spare_key": "You have a key, or ask a neighbour",
    "key_box": "Key box, the code comes with the booking",
    "none": "No key: it is open",
}

PAPERS = {"insurance": "Insurance", "inspection": "Technical inspection", "registration": "Registration"}

EQUIPMENT = {
    "child_seat": "child seat",
    "tow_bar": "tow bar",
    "bike_rack": "bike rack",
    "pets": "pets welcome",
    "wheelchair": "wheelchair access",
}

PARTS = {
    "front": "Front",
    "left": "Left side",
    "right": "Right side",
    "rear": "Rear",
    "roof": "Roof",
    "inside": "Inside",
}

SHARING = {"lent": "Lent by {names}", "co_owned": "Owned together by {names}", "group": "Owned by the co-op"}

LINES = {
    "trip": "Trip: {what}",
    "expense": "Expense: {what}",
    "share": "My part: {what}",
    "payment": "Payment: {what}",
    "correction": "Correction: {what}",
}

STORY = {
    "requested": "{who} asked for these hours",
    "booked": "{who} booked",
    "approved": "{who} agreed",
    "refused": "{who} refused",
    "expired": "No answer in time: the hours are free again",
    "cancelled": "{who} cancelled",
    "late": "{who} will be late",
    "keys_taken": "{who} took the keys",
    "returned": "{who} returned it",
    "charged": "The trip was priced",
}

ROLES = {
    "referent": "référent",
    "treasurer": "treasurer",
    "steward": "vehicle steward",
    "mediator": "mediator",
}
