"""The pages that letters' links open, as they would be shown."""

from msgspec.structs import replace

from api.places.mailed.acting import ActingByLink
from api.places.mailed.shown import AskedFor, PutToVote, SaidPaid, WaitsForYes
from api.web.answers import View
from kernel.money import Money
from tests.api.samples import ID, at
from tests.places.bookings.samples import BOOKING
from tests.places.bookings.samples import ONE as BOOKED
from tests.places.settlement.samples import I_RECEIVE
from tests.places.votes.samples import PROPOSAL, PROPOSED, RULES
from usecases.mailed.link import ToDo

TO_DO = ToDo(act="approve", coop_id=ID, person_id=ID, about=ID, until=at(27, 20))
REQUEST = AskedFor(waits=True, booking=replace(BOOKING, status="requested"), vehicle=BOOKED.vehicle, driver_name="Inès")
APPROVING = ActingByLink(to_do=TO_DO, token="seal", name="Maryse", about=REQUEST, can=True, there="/")
VOTE = PutToVote(
    waits=True,
    proposal=PROPOSAL,  # type: ignore[arg-type]
    before=RULES[0],
    proposed=PROPOSED,
    rationale=PROPOSAL.rationale,
)

PAGES: dict[str, View] = {
    "mailed-approve": APPROVING,
    "mailed-refuse": replace(APPROVING, to_do=replace(TO_DO, act="refuse")),
    "mailed-done": replace(APPROVING, about=replace(REQUEST, waits=False, booking=BOOKING), can=False),
    "mailed-vote": replace(APPROVING, to_do=replace(TO_DO, act="vote"), about=VOTE),
    "mailed-receive": replace(
        APPROVING, to_do=replace(TO_DO, act="receive"), about=SaidPaid(waits=True, row=I_RECEIVE)
    ),
    "mailed-agree": replace(
        APPROVING,
        to_do=replace(TO_DO, act="agree"),
        about=WaitsForYes(waits=True, kind="repair", amount=Money(152_000), note="Courroie et pompe à eau"),
    ),
}
