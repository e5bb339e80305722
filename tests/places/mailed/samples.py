"""The pages that letters' links open, as they would be shown."""

from msgspec.structs import replace

from api.places.mailed.acting import ActingByLink
from api.places.mailed.shown import AskedFor, Payment, Pending, PutToVote, WaitsForYes
from api.web.answers import View
from kernel.money import Money
from tests.api.samples import ID, at
from tests.places.bookings.samples import BOOKING
from tests.places.bookings.samples import ONE as BOOKED
from tests.places.settlement.samples import SAID
from tests.places.votes.samples import PROPOSAL, PROPOSED, RULES
from usecases.mailed.link import ToDo
from usecases.money.accounts import Holder

TO_DO = ToDo(act="approve", coop_id=ID, person_id=ID, about=ID, until=at(27, 20))
ASKED = AskedFor(booking=replace(BOOKING, status="requested"), vehicle=BOOKED.vehicle, driver_name="Inès")
APPROVING = ActingByLink(
    to_do=TO_DO, token="seal", name="Maryse", about=Pending(waits=True, request=ASKED), can=True, there="/"
)
ANSWERED = Pending(waits=False, request=replace(ASKED, booking=BOOKING))
VOTE = PutToVote(
    proposal=PROPOSAL,  # type: ignore[arg-type]
    before=RULES[0],
    proposed=PROPOSED,
    rationale=PROPOSAL.rationale,
)
PAID = Payment(
    debtor=Holder(account=SAID.debtor, name="Tom", is_purse=False),
    said=Money(2340),
    in_all=Money(2340),
    state="declared",
)
SPENT = WaitsForYes(kind="repair", amount=Money(152_000), note="Courroie et pompe à eau")

PAGES: dict[str, View] = {
    "mailed-approve": APPROVING,
    "mailed-refuse": replace(APPROVING, to_do=replace(TO_DO, act="refuse")),
    "mailed-done": replace(APPROVING, about=ANSWERED, can=False),
    "mailed-vote": replace(APPROVING, to_do=replace(TO_DO, act="vote"), about=Pending(waits=True, vote=VOTE)),
    "mailed-receive": replace(APPROVING, to_do=replace(TO_DO, act="receive"), about=Pending(waits=True, transfer=PAID)),
    "mailed-agree": replace(APPROVING, to_do=replace(TO_DO, act="agree"), about=Pending(waits=True, expense=SPENT)),
}
