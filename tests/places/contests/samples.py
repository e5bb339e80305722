"""What others put on one's account, and contests of it, as they would be shown."""

from uuid import UUID

from msgspec.structs import replace

from api.places.contests.burden import AllBurdens, OneBurden, PutOnMe
from api.places.contests.contest import OneContest, Owed
from api.web.answers import View
from kernel.money import Money
from tests.api.samples import ID, at
from tests.places.accounts.samples import INES, MARYSE, PURSE, TOM
from usecases.money.contesting import Burden, Contested
from usecases.money.witnessed import KeptApart

BURDEN = Burden(
    burden_id=ID,
    cause="expense",
    kind="repair",
    vehicle_id=ID,
    cents=3000,
    whole_cents=9000,
    currency="EUR",
    put_by=TOM.account,
    put_at=at(20, 9),
    until=at(27, 9),
    contest_id=None,
)
MINE = OneBurden(burden=BURDEN, vehicle_name="Kangoo", put_by=TOM, can_contest=True, is_member=True)
PUT = PutOnMe(
    burden_id=ID,
    kind="repair",
    vehicle_id=ID,
    vehicle_name="Kangoo",
    put_by=TOM,
    until=at(27, 9),
    amount=Money(3000),
    is_contested=False,
)
CONTEST = Contested(
    contest_id=ID,
    burden_id=ID,
    account=INES.account,
    cause="expense",
    kind="repair",
    vehicle_id=ID,
    cents=3000,
    currency="EUR",
    across={TOM.account: 2000, UUID(int=1): 1000},
    agreed=(TOM.account,),
    put_by=TOM.account,
    reason="Je n’étais pas de ce trajet.",
    state="open",
    dropped=False,
    gone=False,
    contested_at=at(21, 9),
    ended_at=None,
    decided_by=None,
    decision=None,
)
ONE = OneContest(
    contest=CONTEST,
    vehicle_name="Kangoo",
    contester=INES,
    put_by=TOM,
    decided_by=None,
    across=[
        Owed(holder=TOM, amount=Money(2000), agrees=True),
        Owed(holder=PURSE, amount=Money(1000), agrees=False),
    ],
    is_mine=True,
    is_member=True,
    tells_why=True,
    can_agree=False,
    can_decide=False,
)
DECIDED = replace(
    ONE,
    contest=replace(
        CONTEST, state="decided", dropped=True, ended_at=at(22, 9), decided_by=MARYSE.account, decision="C’est juste."
    ),
    decided_by=MARYSE,
)

PAGES: dict[str, View] = {
    "burdens": AllBurdens(put_on_me=[PUT, replace(PUT, kind="fuel", put_by=None), replace(PUT, is_contested=True)]),
    "burdens-none": AllBurdens(put_on_me=[]),
    "burden": MINE,
    "burden-late": replace(MINE, can_contest=False),
    "burden-contested": replace(MINE, burden=replace(BURDEN, contest_id=ID), can_contest=False),
    "burden-undone": replace(MINE, burden=replace(BURDEN, cause="reversal", kind="reversal", vehicle_id=None)),
    "burden-set-right": replace(MINE, burden=replace(BURDEN, cause="trip", kind="trip", whole_cents=3000)),
    "contest": ONE,
    "contest-to-agree": replace(ONE, is_mine=False, can_agree=True),
    "contest-to-decide": replace(ONE, is_mine=False, can_decide=True),
    "contest-of-others": replace(ONE, is_mine=False, tells_why=False, contest=replace(CONTEST, reason=None)),
    "contest-kept-apart": replace(ONE, is_mine=False, outcomes=(), kept=KeptApart("Inès", at(30, 9))),
    "contest-decided": DECIDED,
    "contest-decided-borne": replace(DECIDED, contest=replace(DECIDED.contest, dropped=False)),
    "contest-agreed": replace(ONE, contest=replace(CONTEST, state="agreed", dropped=True, ended_at=at(22, 9))),
    "contest-taken-back": replace(ONE, contest=replace(CONTEST, state="taken_back", ended_at=at(22, 9))),
    "contest-of-who-left": replace(DECIDED, is_member=False),
    "contest-gone": replace(ONE, contest=replace(CONTEST, gone=True)),
}
