"""The names of states, codes and places, as English sentences: translated only when one is shown.

They stand here and not in a template because a page shows two or three of them, and would translate them all.
"""

STATES = {
    "requested": "Waiting for the owner",
    "confirmed": "Confirmed",
    "refused": "Refused",
    "expired": "No answer in time",
    "cancelled": "Cancelled",
    "under_way": "On the road",
    "over": "Returned",
    "late": "Late",
    "open": "Vote open",
    "counting": "Being counted",
    "passed": "Adopted",
    "failed": "Not adopted",
    "enacted": "In force",
    "conflicted": "Overtaken by another decision",
    "to_pay": "To pay",
    "declared": "Said to be paid",
    "received": "Received",
    "in_order": "In order",
    "soon": "Ends soon",
    "past_due": "Out of date",
    "missing": "Missing",
    "out_of_service": "Not to be booked",
}

SHAPES = {
    "requested": "wait",
    "confirmed": "good",
    "refused": "stop",
    "expired": "over",
    "cancelled": "over",
    "under_way": "now",
    "over": "good",
    "late": "wait",
    "open": "now",
    "counting": "wait",
    "passed": "good",
    "failed": "stop",
    "enacted": "good",
    "conflicted": "stop",
    "to_pay": "wait",
    "declared": "wait",
    "received": "good",
    "in_order": "good",
    "soon": "wait",
    "past_due": "stop",
    "missing": "stop",
    "out_of_service": "stop",
}
"""The shape of each state. The word and the shape say it; the colour only follows the shape."""

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

STORY = {
    "requested": "{who} asked for these hours",
    "booked": "{who} booked",
    "approved": "{who} agreed",
    "refused": "{who} refused",
    "expired": "No answer in time: the hours are free again",
    "cancelled": "{who} cancelled",
    "keys_taken": "{who} took the keys",
    "returned": "{who} returned it",
}

ROLES = {
    "referent": "référent",
    "treasurer": "treasurer",
    "steward": "vehicle steward",
    "mediator": "mediator",
}

LANGUAGES = {"fr": "Français", "en": "English"}

HOURS = {
    "now": "Now",
    "tonight": "Tonight",
    "tomorrow": "Tomorrow",
    "weekend": "This week-end",
    "choose": "Choose",
}

KINDS = {
    "car": "Car",
    "van": "Van",
    "minibus": "Minibus",
    "e_bike": "Electric bike",
    "bike": "Bike",
    "cargo_bike": "Cargo bike",
    "trailer": "Trailer",
}

ENERGIES = {"petrol": "Petrol", "diesel": "Diesel", "electric": "Electricity", "hybrid": "Hybrid", "none": "Legs"}

KEYS = {"in_person": "Hand to hand", "spare_key": "Each has a key", "key_box": "Key box", "none": "No key"}

WAYS = {"lent": "I lend it", "co_owned": "Several own it together"}

WAYS_FOR_ALL = {"lent": "One member lends it", "co_owned": "Several own it together", "group": "The co-op owns it"}

RECEIVERS = {
    "lent": "The price goes to its owner.",
    "co_owned": "The price goes to its co-owners, by their shares.",
    "group": "The price goes to the co-op's purse.",
}

REFUSED = {
    "400": "This request makes no sense here",
    "401": "Please sign in first",
    "403": "Not yours to do",
    "404": "Nothing here",
    "429": "A little slower, please",
}

EXPENSES = {
    "fuel": "Fuel or charge",
    "insurance": "Insurance",
    "repair": "Repair",
    "upkeep": "Upkeep",
    "inspection": "Technical inspection",
    "tax": "Tax or licence",
    "parking": "Parking",
    "other": "Other",
}

SPLITS = {"shares": "by shares", "equal": "Equally among those ticked"}

PLANS = {"open": "under way", "complete": "all paid", "withdrawn": "withdrawn"}

LEVELS = {"100": "Full", "75": "3/4", "50": "1/2", "25": "1/4", "0": "Empty"}

BALLOTS = {"yes": "I am for", "no": "I am against", "abstain": "I abstain", "blank": "I vote blank"}

VOTED = {
    "yes": "You voted for.",
    "no": "You voted against.",
    "abstain": "You abstained.",
    "blank": "You voted blank.",
}

INVITATIONS = {"poster": "The poster", "mail": "By mail, for one person"}

ACCENTS = {
    "green": "Green",
    "blue": "Blue",
    "teal": "Teal",
    "plum": "Plum",
    "terracotta": "Terracotta",
    "ochre": "Ochre",
}

PACKS = {"light": "Light"}

PACKS_SAID = {"light": "A few plain rules; everything can be voted later."}

WRONG = {
    "": "This cannot be kept as it is: change it.",
    "email": "This is not a mail address: it looks like name@example.fr.",
    "tel": "This is not a phone number: it looks like 06 12 34 56 78.",
}
"""What is said beside a field whose value is not of the format its type names."""
