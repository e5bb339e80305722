"""26 November: Odile leaves; what she owes stays in the books, who she was is erased."""

from kernel.log.verify import verify
from tests.places.month.neighbours import Neighbours
from tests.places.month.program import done, refused
from tests.places.month.reading import Answers, read_everything


def leave(neighbours: Neighbours) -> None:
    """She leaves, asks to be erased, and is gone for good; no balance has moved."""
    neighbours.at(26, 10)
    odile, member = neighbours.programs["Odile"], f"/members/{neighbours.ids['Odile']}"
    before = neighbours.balances()
    assert before[neighbours.ids["Odile"]] == -3_00
    assert _named(read_everything(neighbours)) != []
    assert refused(neighbours.send("Odile", f"{member}/erasure")) == (409, "still-a-member")
    assert refused(neighbours.send("Jean", f"{member}/departure")) == (403, "not-yours")
    neighbours.do("Odile", f"{member}/departure")
    done(odile.send("POST", f"{neighbours.here}{member}/erasure"))
    assert refused(neighbours.programs.pop("Odile").get("/me")) == (401, "not-signed-in")
    assert neighbours.balances() == before
    _is_nobody_now(neighbours, member)
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
