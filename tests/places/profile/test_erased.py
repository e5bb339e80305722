"""Once erased, she is in no file of the database: no name, no address, no session, no letter, and no free page."""

from pathlib import Path

from sqlalchemy import select

from kernel.database import optimize
from people.sign_in import sessions, sign_in_links
from sending.outbox import mailbox, outbox
from tests.kit.databases import on_both, on_sqlite
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


@on_both
def test_letters_links_and_sessions_go_with_her(village: Village) -> None:
    email, nadia = leave_traces(village), village.as_("Nadia")
    assert nadia.api("POST", f"{HERE}/members/{village.member('Nadia')}/departure", {"erase": True}).status == 201
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
    optimize(village.site.engine)
    assert found() == set()
