"""What cannot be served is refused with one sentence that names what to do; `upgrade` makes the rest ready."""

import subprocess
import sys

import pytest
from sqlalchemy import delete, inspect, text, update

from api import cli
from kernel.database import open_database, writing
from kernel.log.rebuild import is_up_to_date
from kernel.log.verify import verify
from kernel.privacy import Keyring
from kernel.tables import derived, installation, precious
from processes import PROJECTIONS
from tests.hosting import repository
from tests.hosting.repository import ROOT
from tests.kit.databases import SECRET, on_sqlite, prepared, read_only
from tests.kit.processes import PATIENCE_SECONDS, forking
from upgrades import ready
from upgrades.ready import NotReadyError, check_ready, upgrade

ANOTHER = Keyring(bytes(32))
RIGHT = Keyring(SECRET)
ALONE = (
    "from kernel.privacy import Keyring; from upgrades.ready import upgrade; "
    "upgrade(sys.argv[1], Keyring(bytes(range(32))))"
)


def refused(url: str, keyring: Keyring = RIGHT) -> str:
    """Return why a database is not served; empty when it is."""
    engine = open_database(url)
    try:
        check_ready(engine, keyring)
    except NotReadyError as error:
        return str(error)
    finally:
        engine.dispose()
    return ""


def change(url: str, *statements: str) -> None:
    engine = open_database(url)
    with writing(engine) as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_an_empty_database_asks_for_an_upgrade_and_is_ready_after(bare_url: str) -> None:
    assert refused(bare_url) == ("There is nothing in this database yet. Run `voisiture upgrade`, then serve again.")
    assert upgrade(bare_url, RIGHT) == 0
    assert refused(bare_url) == ""


def test_a_process_that_does_nothing_else_makes_every_table(bare_url: str) -> None:
    subprocess.run([sys.executable, "-c", f"import sys; {ALONE}", bare_url], cwd=ROOT, check=True)
    engine = open_database(bare_url)
    assert {*inspect(engine).get_table_names()} == {"alembic_version", *precious.tables, *derived.tables}
    engine.dispose()


def test_an_older_one_too_and_its_read_models_are_made_anew(released_url: str) -> None:
    assert refused(released_url) == (
        "This database was made by an earlier version. Run `voisiture upgrade`, then serve again."
    )
    reached: list[int] = []
    assert upgrade(released_url, RIGHT, reached.append) == 133  # all that happened in it
    assert reached == [133]
    assert refused(released_url) == ""
    engine = open_database(released_url)
    assert is_up_to_date(engine, PROJECTIONS)
    assert verify(engine).faults == ()
    engine.dispose()


def test_one_that_a_later_version_upgraded_is_left_alone(bare_url: str) -> None:
    prepared(bare_url)
    change(bare_url, "UPDATE alembic_version SET version_num = '9999'")
    sentence = "This database was upgraded by a later version of Voisiture. Install that one, or restore a backup."
    assert refused(bare_url) == sentence
    with pytest.raises(NotReadyError, match="later version"):
        upgrade(bare_url, RIGHT)


def test_another_secret_is_refused_before_anything_is_sealed_with_it(bare_url: str) -> None:
    prepared(bare_url)
    assert refused(bare_url, ANOTHER).startswith("VOISITURE_SECRET is not the one this database was sealed with.")
    with pytest.raises(NotReadyError, match="VOISITURE_SECRET"):
        upgrade(bare_url, ANOTHER)
    assert refused(bare_url) == ""


def test_a_check_value_that_is_none_fits_no_secret(bare_url: str) -> None:
    prepared(bare_url)
    engine = open_database(bare_url)
    with writing(engine) as connection:
        connection.execute(update(installation).where(installation.c.name == "secret").values(value=b"short"))
    engine.dispose()
    assert refused(bare_url).startswith("VOISITURE_SECRET is not the one this database was sealed with.")


def test_where_people_have_keys_a_wrong_secret_upgrades_nothing(released_url: str) -> None:
    with pytest.raises(NotReadyError, match="VOISITURE_SECRET"):
        upgrade(released_url, ANOTHER)
    assert "earlier version" in refused(released_url)
    assert upgrade(released_url, RIGHT) == 133


def test_a_check_value_that_was_lost_is_made_only_by_the_secret_that_opens_a_key(released_url: str) -> None:
    prepared(released_url)
    engine = open_database(released_url)
    with writing(engine) as connection:
        connection.execute(delete(installation).where(installation.c.name == "secret"))
    engine.dispose()
    with pytest.raises(NotReadyError, match="VOISITURE_SECRET"):
        upgrade(released_url, ANOTHER)
    assert upgrade(released_url, RIGHT) == 0
    assert "VOISITURE_SECRET" in refused(released_url, ANOTHER)


def test_a_disk_that_cannot_be_written_to_is_said(bare_url: str) -> None:
    prepared(bare_url)
    sentence = refused(read_only(bare_url))
    assert sentence.startswith("This database cannot be written to (")
    assert sentence.endswith("). Give the server the right to write there, then serve again.")


@on_sqlite
def test_a_database_that_is_being_made_anew_is_said(database_url: str) -> None:
    holder, impatient = open_database(database_url), open_database(database_url, waits_seconds=0)
    with writing(holder), pytest.raises(NotReadyError, match="held by another process"):
        check_ready(impatient, RIGHT)
    holder.dispose()
    impatient.dispose()


def test_a_database_that_does_not_answer_is_said() -> None:
    for url in ("postgresql+psycopg://voisiture@127.0.0.1:1/voisiture", "sqlite:////no/such/folder/voisiture.db"):
        assert refused(url).startswith("The database does not answer (")


def test_asked_again_it_replays_nothing(released_url: str) -> None:
    assert [upgrade(released_url, RIGHT), upgrade(released_url, RIGHT)] == [133, 0]


def test_of_two_that_start_at_once_one_does_it_and_the_other_waits(released_url: str) -> None:
    both = [forking().Process(target=prepared, args=(released_url,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(PATIENCE_SECONDS)
    assert [process.exitcode for process in both] == [0, 0]
    assert refused(released_url) == ""
    engine = open_database(released_url)
    assert verify(engine).faults == ()
    engine.dispose()


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("rebuild",)])
def test_the_command_ends_with_status_2_and_that_sentence(
    released_url: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(monkeypatch, released_url)
    assert cli.main(command) == 2
    assert capsys.readouterr().err == f"voisiture: {ready.NOT_READY['older']}\n"


def test_the_command_upgrades_and_says_what_it_replayed(
    released_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(monkeypatch, released_url)
    assert [cli.main(["upgrade"]), cli.main(["upgrade"])] == [0, 0]
    assert capsys.readouterr().out.split("\r")[-1] == "133 events replayed\nThe database is ready.\n"


def installed(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", repository.SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", url)
