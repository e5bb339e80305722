"""26 November: Odile leaves; what she owes stays in the books. A month later who she was is erased, as she asked."""

from kernel.log.verify import verify
from tests.places.month.neighbours import Neighbours
from tests.places.month.program import Program, done, plain, refused
from tests.places.month.reading import Answers, read_everything


def leave(neighbours: Neighbours) -> Program:
    """She leaves and asks to be erased; no balance has moved. Return her program, which still knows her account."""
    neighbours.at(26, 10)
    odile, member = neighbours.programs["Odile"], f"/members/{neighbours.ids['Odile']}"
    before = neighbours.balances()
    assert before[neighbours.ids["Odile"]] == -3_00
    assert _named(read_everything(neighbours)) != []
    assert refused(neighbours.send("Odile", f"{member}/erasure")) == (409, "still-a-member")
    assert refused(neighbours.send("Jean", f"{member}/departure")) == (403, "not-yours")
    neighbours.do("Odile", f"{member}/departure")
    done(odile.send("POST", f"{neighbours.here}{member}/erasure"))
    del neighbours.programs["Odile"]
    account = odile.ask(f"{neighbours.here}/open-account")
    assert (account["cents"], account["erasure_due"]) == (-3_00, "2026-12-26T09:00:00Z")
    assert neighbours.balances() == before
    return odile


def be_forgotten(neighbours: Neighbours, odile: Program) -> None:
    """She is reminded, a day late as the machine slept, and a week after that is gone for good."""
    before = neighbours.balances()
    neighbours.at(20, 10, month=12)
    near, at_once = neighbours.letters_to("Odile")[:2]
    assert "27 décembre 2026" in plain(near.subject)
    assert "26 décembre 2026" in plain(at_once.subject)
    neighbours.at(28, 10, month=12)
    assert refused(odile.get("/me")) == (401, "not-signed-in")
    assert neighbours.balances() == before
    _is_nobody_now(neighbours, f"/members/{neighbours.ids['Odile']}")
    assert verify(neighbours.site.engine).faults == ()


def _is_nobody_now(neighbours: Neighbours, member: str) -> None:
    erased = neighbours.ask("Claire", member)
    assert {erased[name] for name in ("person_id", "name", "email", "phone")} == {None}
    names = {row["account"]: row["name"] for row in neighbours.ask("Claire", "/balances")["items"]}
    assert names[neighbours.ids["Odile"]] is None
    assert _named(read_everything(neighbours)) == []


def _named(answers: Answers) -> list[tuple[str, str]]:
    """Return who reads her name, and where."""
    return [asked for asked, (_, text) in answers.items() if "odile" in text.lower()]
