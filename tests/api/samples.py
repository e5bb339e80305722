"""What the pages of the gallery show: the contract at the top of each template, made real."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as Row
from uuid import UUID
from zoneinfo import ZoneInfo

from api.repricing import ForMe
from governance.rules.catalogue import parameter
from governance.votes.counting import Base, Count, Procedure, Ratio
from kernel.money import Money
from kernel.period import Period

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 17, 20, tzinfo=PARIS)
ID = UUID(int=7)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


TOMORROW = Period(at(24, 18), at(24, 20))
WEEKEND = Period(at(28, 9), at(29, 19))
CLIO = {
    "vehicle_id": ID,
    "name": "Clio de Maryse",
    "kind": "car",
    "tint": 1,
    "photo_url": None,
    "walk_m": 320,
    "place": "Rue du Viaduc, devant le lavoir",
    "needs_approval": True,
    "owner_name": "Maryse",
    "estimate": Money(600),
    "estimate_km": 20,
    "per_km": Decimal("0.30"),
    "per_hour": None,
    "energy": "petrol",
    "why": None,
}
ZOE = CLIO | {
    "name": "Zoé du village",
    "kind": "electric-car",
    "tint": 2,
    "walk_m": 650,
    "place": "Borne de la mairie",
    "needs_approval": False,
    "estimate": Money(540),
    "per_km": Decimal("0.22"),
    "per_hour": Decimal("0.50"),
    "energy": "electric",
}
BIKE = ZOE | {
    "name": "Vélo cargo",
    "kind": "cargo-bike",
    "tint": 3,
    "place": "Halle, sous l’escalier",
    "walk_m": 480,
    "estimate": Money(100),
    "per_km": Decimal("0.00"),
    "energy": "none",
}
FREE = [Row(**each) for each in (CLIO, BIKE, ZOE)]
MAY = date(2026, 5, 1)


def rule(key: str, exact: Decimal | Fraction | int | str, vehicle_name: str | None = None) -> Row:
    return Row(
        key=key, rule=parameter(key), exact=exact, vehicle_name=vehicle_name, since=MAY, href=vehicle_name and "/p"
    )


RULES = [
    rule("price_per_km", Decimal("0.30"), "Clio de Maryse"),
    rule("max_duration_hours", 72),
    rule("quorum", Fraction(1, 3)),
    rule("majority", "more_than_half"),
    rule("balance_limit", Decimal("-150.00")),
    rule("settlement_period", "on_demand"),
]
COUNT = Count(
    registered=9,
    cast=8,
    in_favour=5,
    against=2,
    abstaining=1,
    blank=0,
    quorum_needed=3,
    quorum_met=True,
    base_votes=7,
    favour_needed=4,
    favour_met=True,
    one_more_against_passes=False,
)
PROCEDURE = Procedure(quorum=Ratio(1, 3), threshold=Ratio(1, 2), strictly=True, base=Base.EXPRESSED)
PROPOSAL = {
    "proposal_id": ID,
    "title": "Le kilomètre de la Clio à 0,34 €",
    "by_name": "Maryse",
    "state": "open",
    "opened_at": at(20, 19),
    "closes_at": at(27, 20),
    "effective_from": date(2026, 12, 1),
    "may_vote": True,
    "i_voted": False,
    "my_choice": None,
    "count": None,
    "explained": (),
    "voted": False,
    "needed": 3,
    "registered": 9,
    "rationale": "Le carburant a pris 8 % depuis l’été et les pneus sont à changer avant l’hiver.",
}


def community_page() -> dict[str, object]:
    return {
        "open_proposals": [Row(**PROPOSAL)],
        "decided": [Row(**PROPOSAL | {"title": "Une caution de vélo", "state": "failed"})],
        "rules": RULES[:1],
        "more_rules": RULES[1:],
        "members": [
            Row(member_id=ID, name="Maryse", roles=["référent"], since=at(3, 9), vehicles=["Clio de Maryse"]),
            Row(member_id=ID, name="Inès", roles=[], since=at(5, 9), vehicles=[]),
        ],
        "vehicles": [Row(**CLIO, sharing="lent", owners=["Maryse"]), Row(**ZOE, sharing="group", owners=[])],
        "log": [Row(at=at(22, 20), text="Inès a rendu la Clio de Maryse.")],
        "can_invite": True,
        "may_bank": True,
        "parked": 1,
    }


def proposal_page() -> dict[str, object]:
    mine = ForMe(
        trips=3,
        km=182,
        today=Money(5460),
        proposed=Money(6188),
        received_trips=2,
        received_today=Money(2400),
        received_proposed=Money(2720),
    )
    today, proposed = RULES[0], rule("price_per_km", Decimal("0.34"), "Clio de Maryse")
    return {
        "proposal": Row(**PROPOSAL | {"voted": 4}),
        "today": today,
        "proposed": proposed,
        "for_me": mine,
        "touches_prices": True,
    }
