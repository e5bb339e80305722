"""What lines are called: whatever caused them, and with as few questions for many as for few."""

from api.speech.causes import teller
from api.speech.words import Words
from ledger.entries.queries import statement
from tests.kit.money import HERE, lent, plan_issued, spent
from tests.kit.plans import counted
from tests.kit.village import COOP, Village
from usecases.actor import Actor


def titles(village: Village, name: str) -> tuple[list[str], int]:
    """Return what the lines of someone's statement are called, and how many questions that took."""
    with village.site.reading() as connection:
        token = village.as_(name).token
        actor = Actor.signed_in(village.site.history, connection, village.now, token=token, coop_id=COOP)
        lines = statement(connection, COOP, actor.me)
        with counted(connection) as asked:
            tellings = teller(actor, Words(lang="en", tz=actor.zone, now=actor.now)).tell_all(lines)
            called = [telling.line(line.cents) for line, telling in zip(lines, tellings, strict=True)]
    return called, len(asked)


def settled(village: Village) -> str:
    """Let Nadia settle what she owes Jean; return the entry."""
    plan = plan_issued(village, as_of=village.now.date().isoformat()).path
    (line,) = village.as_("Jean").api("GET", plan).json()["transfers"]
    village.as_("Jean").post(f"{plan}/transfers/{line['line_id']}/receipt")
    return str(village.as_("Jean").api("GET", plan).json()["transfers"][0]["entry_id"])


def test_each_cause_calls_its_line_by_what_it_is_to_the_reader(village: Village) -> None:
    lent(village, "Nadia")
    entry_id = settled(village)
    spent(village, "Nadia", 900, "Nadia", "Jean", "Paul")
    village.as_("Nadia").post(f"{HERE}/contributions", amount="1")
    village.as_("Claire").post(f"{HERE}/entries/{entry_id}/reversal", reason="Bounced")
    assert titles(village, "Nadia")[0] == [
        "Undone: Transfer from Nadia to Jean",
        "Gift to the common purse",
        "Paid: Repair",
        "My part: Repair",
        "Transfer from Nadia to Jean",
        "Trip: Clio, 100\xa0km",
    ]
    assert titles(village, "Jean")[0][-1] == "Trip by Nadia: Clio, 100\xa0km"


def test_many_lines_take_no_more_questions_than_few(village: Village) -> None:
    lent(village, "Nadia")
    settled(village)
    _, few = titles(village, "Jean")
    for _ in range(3):
        lent(village, "Nadia")
        settled(village)
    called, many = titles(village, "Jean")
    assert (len(called), many) == (8, few)
