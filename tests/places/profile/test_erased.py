"""Once erased, she is in no file of the database: no name, no address, no session, no letter, and no free page."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from checks.photos import check_photos
from fleet.application import Fleet
from fleet.commands import FilePaper, PaperOnFile, ReportDamage
from kernel.database import optimize
from ledger.spending.commands import RecordExpense
from people.photos import keep_photo, kept_among, photos
from people.sign_in import sessions, sign_in_links
from processes import PROJECTIONS
from sending.outbox import mailbox, outbox
from tests.kit.databases import on_both, on_sqlite
from tests.kit.erasing import erased
from tests.kit.money import ledger_in
from tests.kit.pictures import jpeg
from tests.kit.village import COOP, Village, person_id_of

HERE = f"/coops/{COOP}"


def rows_about(village: Village, email: str, name: str) -> list[str]:
    """Return the tables in which something still stands of a person."""
    who = person_id_of(name)
    asked = {
        "sessions": select(sessions).where(sessions.c.person_id == who),
        "links": select(sign_in_links).where(sign_in_links.c.email == email),
        "outbox": select(outbox).where((outbox.c.person_id == who) | (outbox.c.address == email)),
        "mailbox": select(mailbox).where(mailbox.c.address == email),
    }
    with village.site.reading() as connection:
        return [table for table, query in asked.items() if connection.execute(query).first()]


def leave_traces(village: Village) -> str:
    """Let Nadia ask for links, be written to and keep a session; return her address."""
    nadia, email = village.as_("Nadia"), "nadia@example.org"
    nadia.post(f"{HERE}/profile", name="Nadia Zerhouni", phone="06 98 76 54 32", language="fr")
    village.anyone().post("/sign-in-links", email=email)
    village.letters()
    village.approved("Jean", village.booked("Nadia", "Clio"))
    assert {*rows_about(village, email, "Nadia")} == {"sessions", "links", "outbox", "mailbox"}
    return email


def thirty_days_later(village: Village) -> None:
    """Let the day of the reminder come, then hers."""
    village.pass_time(days=23)
    village.pass_time(days=7)


@on_both
def test_letters_links_and_sessions_go_with_her(village: Village) -> None:
    email, nadia = leave_traces(village), village.as_("Nadia")
    assert nadia.api("POST", f"{HERE}/members/{village.member('Nadia')}/departure", {"erase": True}).status == 201
    assert rows_about(village, email, "Nadia") != []  # she may still change her mind
    thirty_days_later(village)
    assert rows_about(village, email, "Nadia") == []


@on_sqlite
def test_no_page_of_the_file_holds_her_any_more(village: Village) -> None:
    email, nadia = leave_traces(village), village.as_("Nadia")
    database = Path(village.site.engine.url.database or "")
    files = [database, database.with_name(f"{database.name}-wal")]

    def found() -> set[bytes]:
        held = b"".join(path.read_bytes() for path in files if path.exists())
        return {text for text in (b"Nadia Zerhouni", email.encode(), b"06 98 76 54 32") if text in held}

    assert found() == {b"Nadia Zerhouni", email.encode(), b"06 98 76 54 32"}
    assert nadia.api("POST", f"{HERE}/members/{village.member('Nadia')}/departure", {"erase": True}).status == 201
    thirty_days_later(village)
    optimize(village.site.engine)
    assert found() == set()


def keep(village: Village) -> UUID:
    photo_id = uuid4()
    with village.site.writing() as connection:
        keep_photo(connection, village.site.keyring, COOP, photo_id, jpeg(), village.now)
    return photo_id


def spend(village: Village, receipt: UUID) -> None:
    """Let Nadia pay for the Zoé what Jean bears, with a receipt."""
    command = RecordExpense(
        coop_id=COOP,
        kind="repair",
        paid_on=village.now.date(),
        paid={village.member("Nadia"): 900},
        split="equal",
        among={village.member("Jean"): 1},
        receipt=receipt,
    )
    ledger_in(village).record_expense(command, village.asked("Nadia"))


def report(village: Village, by: str, photo_id: UUID) -> None:
    zoe = village.vehicle("Zoé")
    command = ReportDamage(coop_id=COOP, vehicle_id=zoe, part="front", sentence="Rayure", photo_id=photo_id)
    Fleet(village.site.history).report_damage(command, village.asked(by))


@on_both
def test_her_photos_go_but_those_that_prove_what_others_bear(village: Village) -> None:
    damage, receipt, of_jean, of_both = (keep(village) for _ in range(4))
    for by, photo_id in (("Nadia", damage), ("Jean", of_jean), ("Nadia", of_both), ("Jean", of_both)):
        report(village, by, photo_id)
    spend(village, receipt)
    village.settle()
    village.leave("Nadia")
    erased(village.site.history, COOP, village.member("Nadia"), village.now)
    there = village.ask(kept_among, COOP, (damage, receipt, of_jean, of_both))
    assert there == (receipt, of_jean, of_both)
    checked = check_photos(village.site.engine, village.site.keyring, PROJECTIONS)
    assert (checked.sound, checked.told) == (True, [])
    seen = village.as_("Jean").api("GET", f"{HERE}/vehicles/{village.vehicle('Zoé')}/damages").json()["items"]
    assert sorted(str(row["photo_id"]) for row in seen) == sorted(map(str, (None, of_jean, of_both, of_both)))


def file_paper(village: Village, by: str, vehicle: str) -> UUID:
    """Let somebody file the letter of a vehicle's insurer: of papers, it alone is kept with its file."""
    photo_id = keep(village)
    paper = PaperOnFile(kind="consent", given_on=date(2026, 10, 2), photo_id=photo_id)
    command = FilePaper(coop_id=COOP, vehicle_id=village.vehicle(vehicle), paper=paper)
    Fleet(village.site.history).file_paper(command, village.asked(by))
    return photo_id


def erase(village: Village, name: str) -> None:
    village.leave(name)
    erased(village.site.history, COOP, village.member(name), village.now)


@on_both
def test_the_papers_of_her_vehicle_go_whoever_filed_them_and_of_what_others_own_with_the_last(village: Village) -> None:
    replaced, of_clio = file_paper(village, "Jean", "Clio"), file_paper(village, "Claire", "Clio")
    of_zoe, of_kangoo = file_paper(village, "Jean", "Zoé"), file_paper(village, "Amina", "Kangoo")
    for name, left in (
        ("Jean", (of_zoe, of_kangoo)),  # the Clio was his alone, the Zoé is the co-op's
        ("Amina", (of_zoe, of_kangoo)),  # Paul and Luc own it too
        ("Luc", (of_zoe, of_kangoo)),
        ("Paul", (of_zoe,)),
    ):
        erase(village, name)
        assert village.ask(kept_among, COOP, (replaced, of_clio, of_zoe, of_kangoo)) == left
        checked = check_photos(village.site.engine, village.site.keyring, PROJECTIONS)
        assert (checked.sound, checked.told) == (True, [])


@on_both
def test_a_paper_taken_away_otherwise_is_still_found(village: Village) -> None:
    paper = file_paper(village, "Jean", "Zoé")
    erase(village, "Jean")
    with village.site.writing() as connection:
        connection.execute(delete(photos).where(photos.c.photo_id == paper))
    assert len(check_photos(village.site.engine, village.site.keyring, PROJECTIONS).told) == 1


@on_both
def test_a_photo_taken_away_otherwise_is_still_found(village: Village) -> None:
    damage = keep(village)
    report(village, "Nadia", damage)
    village.settle()
    with village.site.writing() as connection:
        connection.execute(delete(photos).where(photos.c.photo_id == damage))
    assert len(check_photos(village.site.engine, village.site.keyring, PROJECTIONS).told) == 1
