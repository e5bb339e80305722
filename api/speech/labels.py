"""The names of states, codes and places, as English sentences: translated only when one is shown.

They stand here and not in a template because a page shows two or three of them, and would translate them all.
"""

from api.speech import states
from kernel.text import N_

STATES, SHAPES = states.STATES, states.SHAPES

HANDOVERS = {
    "in_person": N_("Hand to hand, with {name}"),
    "spare_key": N_("You have a key, or ask a neighbour"),
    "key_box": N_("Key box, the code comes with the booking"),
    "none": N_("No key: it is open"),
}

PAPERS = {
    "insurance": N_("Insurance"),
    "consent": N_("The insurer's consent to sharing"),
    "inspection": N_("Technical inspection"),
    "registration": N_("Registration"),
}

PAPERS_NAMED = {
    "insurance": N_("insurance"),
    "consent": N_("insurer's consent"),
    "inspection": N_("inspection"),
    "registration": N_("registration"),
}
"""As they stand within a sentence."""

NOT_RECOVERED = {
    "herself": N_("{name} refused it, signed in as herself."),
    "old_mailbox": N_("It was refused by the letter to the old address: somebody opens that mailbox."),
    "referent": N_("A référent refused it."),
    "elsewhere": N_("It was refused in another co-op of hers, by herself or by a référent there."),
    "she_left": N_("{name} is no longer a member here."),
    "asker_left": N_("Who asked for it is no longer a member here."),
    "asker_no_referent": N_("Who asked for it is no longer a référent."),
    "voucher_left": N_("Who vouched for it is no longer a member here."),
    "may_gain": N_(
        "There is now a transfer to make between {name} and one of you two, or something contested: "
        "those who do this have neither."
    ),
    "mailbox_changed": N_("The old address had changed meanwhile."),
    "address_taken": N_("The new address is somebody else's by now."),
    "too_late": N_("Too long had passed since it was asked."),
}
"""Why a mail address was not given back, as the two are told who asked and vouched; {name} is whose it is."""

EQUIPMENT = {
    "child_seat": N_("child seat"),
    "tow_bar": N_("tow bar"),
    "bike_rack": N_("bike rack"),
    "pets": N_("pets welcome"),
    "wheelchair": N_("wheelchair access"),
}

PARTS = {
    "front": N_("Front"),
    "left": N_("Left side"),
    "right": N_("Right side"),
    "rear": N_("Rear"),
    "roof": N_("Roof"),
    "inside": N_("Inside"),
}

SHARING = {
    "lent": N_("Lent by {names}"),
    "co_owned": N_("Owned together by {names}"),
    "group": N_("Owned by the co-op"),
}

STORY = {
    "requested": N_("{who} asked for these hours"),
    "booked": N_("{who} booked"),
    "approved": N_("{who} agreed"),
    "refused": N_("{who} refused"),
    "expired": N_("No answer in time: the hours are free again"),
    "cancelled": N_("{who} cancelled"),
    "cancelled_late": N_("{who} cancelled, after the time to cancel freely"),
    "not_driven": N_("Nobody took the keys: the booking is closed"),
    "said_not_driven": N_("{who} says that nobody drove"),
    "cancellation_undone": N_("{who} took the cancellation back"),
    "approval_undone": N_("{who} took the yes back: it waits for an answer"),
    "refusal_undone": N_("{who} took the no back: it waits for an answer"),
    "not_driven_undone": N_("{who} took back that nobody drove"),
    "keys_undone": N_("{who} did not take the keys after all"),
    "return_undone": N_("{who} took the return back: the trip goes on"),
    "keys_taken": N_("{who} took the keys"),
    "returned": N_("{who} returned it"),
    "passed_on": N_("{who} says she was given the keys: the trip ended then"),
    "accepted": N_("{who} said that the readings are right"),
    "corrected": N_("{who} set the readings right"),
}

ROLES = {
    "referent": N_("référent"),
    "treasurer": N_("treasurer"),
    "steward": N_("vehicle steward"),
    "mediator": N_("mediator"),
}

DOORS = {
    "invite": N_("Invite a neighbour"),
    "settle": N_("A plan to settle"),
    "answer": N_("Answer a request"),
    "vote": N_("Vote on a rule"),
    "return": N_("Bring a vehicle back"),
    "book": N_("Find a vehicle"),
}

LANGUAGES = {"fr": "Français", "en": "English"}

HOUR_STATES = {
    "taken": N_("taken"),
    "yours": N_("yours"),
    "no": N_("not possible"),
}

HOURS = {
    "now": N_("Now"),
    "tonight": N_("Tonight"),
    "tomorrow": N_("Tomorrow evening"),
    "weekend": N_("This week-end"),
    "next_weekend": N_("Next week-end"),
    "choose": N_("Choose"),
}

KINDS = {
    "car": N_("Car"),
    "van": N_("Van"),
    "minibus": N_("Minibus"),
    "e_bike": N_("Electric bike"),
    "bike": N_("Bike"),
    "cargo_bike": N_("Cargo bike"),
    "trailer": N_("Trailer"),
}

ENERGIES = {
    "petrol": N_("Petrol"),
    "diesel": N_("Diesel"),
    "electric": N_("Electricity"),
    "hybrid": N_("Hybrid"),
    "none": N_("Legs"),
}

HANDOVERS_OFFERED = {
    "in_person": N_("Hand to hand"),
    "spare_key": N_("Each has a key"),
    "key_box": N_("Key box"),
    "none": N_("No key"),
}

SHARING_OFFERED = {"lent": N_("I lend it"), "co_owned": N_("Several own it together")}

SHARING_OFFERED_FOR_ALL = {
    "lent": N_("One member lends it"),
    "co_owned": N_("Several own it together"),
    "group": N_("The co-op owns it"),
}

RECEIVERS = {
    "lent": N_("The price goes to its owner."),
    "co_owned": N_("The price goes to its co-owners, by their shares."),
    "group": N_("The price goes to the co-op's purse."),
}

REFUSED = {
    "400": N_("This request makes no sense here"),
    "401": N_("Please sign in first"),
    "403": N_("For others only"),
    "stale": N_("Open for too long"),
    "404": N_("Nothing here"),
    "410": N_("This link is over"),
    "413": N_("Too large to send"),
    "429": N_("A little slower, please"),
    "500": N_("Something broke"),
    "503": N_("One moment"),
    "507": N_("No room left"),
}

EXPENSES = {
    "fuel": N_("Fuel or charge"),
    "insurance": N_("Insurance"),
    "repair": N_("Repair"),
    "upkeep": N_("Upkeep"),
    "inspection": N_("Technical inspection"),
    "tax": N_("Tax or licence"),
    "parking": N_("Parking"),
    "other": N_("Other"),
}

BURDENS = EXPENSES | {
    "reversal": N_("A line of the books, undone"),
    "trip": N_("A trip, its readings set right"),
}

ENTRIES = {
    "trip": N_("Trips"),
    "fuel": N_("Fuel or charge paid on the way"),
    "expense": N_("Expenses"),
    "settlement": N_("Settlements"),
    "contribution": N_("Gifts to the common purse"),
    "lifting": N_("Parts taken off"),
    "reversal": N_("Lines undone"),
}

OUTCOMES = {"borne": N_("Yes: it counts as before"), "dropped": N_("No: it is taken off")}

SPLITS = {"shares": N_("by shares"), "equal": N_("Equally among those ticked")}

PLANS = {"draft": N_("draft"), "open": N_("under way"), "complete": N_("all paid"), "withdrawn": N_("withdrawn")}

SEEN = {"nothing_new": N_("Nothing new"), "something_new": N_("I see something")}
WALKED_AROUND = {
    "nothing_new": N_("Walked around it: nothing new"),
    "something_new": N_("Walked around it: something new"),
}

LEVELS = {"100": N_("Full"), "75": N_("3/4"), "50": N_("1/2"), "25": N_("1/4"), "0": N_("Empty")}

BALLOTS = {
    "yes": N_("I am for"),
    "no": N_("I am against"),
    "abstain": N_("I abstain: others decide"),
    "blank": N_("I vote blank: neither"),
}

VOTED = {
    "yes": N_("You voted for."),
    "no": N_("You voted against."),
    "abstain": N_("You abstained."),
    "blank": N_("You voted blank."),
}

TROUBLES = {
    "server": N_("Our mail server takes no letters at the moment. Whoever hosts Voisiture sees it too."),
    "address": N_("The mail server does not take letters for this address. Is it written right?"),
    "letter": N_("Something in it is broken, on our side. Whoever hosts Voisiture sees it too."),
}

INVITATIONS = {"poster": N_("The poster"), "mail": N_("By mail, for one person")}

ACCENTS = {
    "green": N_("Green"),
    "blue": N_("Blue"),
    "teal": N_("Teal"),
    "plum": N_("Plum"),
    "terracotta": N_("Terracotta"),
    "ochre": N_("Ochre"),
}

PACKS = {"light": N_("Light")}

PACKS_SAID = {"light": N_("A few plain rules; everything can be voted later.")}

WRONG = {
    "": N_("This cannot be kept as it is: change it."),
    "email": N_("This is not a mail address: one looks like name@example.fr."),
    "name": N_("A name is one line with letters, without the address of a page or of mail."),
    "tel": N_("This is not a phone number: one looks like 06 12 34 56 78."),
    "six digits": N_("Type the six digits that the mail begins with."),
}
"""What is said beside a field whose value is not of the format its type names."""
