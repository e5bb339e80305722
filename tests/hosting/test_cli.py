"""The `voisiture` command: a secret, a rebuild, a check that finds one flipped byte, clear words for bad settings."""

import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select, update

from api import cli
from kernel.database import writing
from kernel.log.recorder import events
from ledger.entries.read_models import ledger_balances
from sending.mail import AddressRefusedError, Mail
from tests.hosting.repository import ROOT, SECRET
from tests.kit.databases import prepared
from tests.kit.rows import dump
from tests.kit.servers import free_port
from tests.kit.village import COOP, Village

COMMAND = [sys.executable, "-c", "import sys; from api.cli import main; sys.exit(main())"]


@pytest.fixture
def installed(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """A village with some money in its books, and the environment of its installation."""
    village.drove("Nadia", "Clio", 100)
    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", village.site.settings.database_url)
    return village


def flip(engine: Engine, position: int) -> None:
    """Change one bit of what is stored of an event."""
    with writing(engine) as connection:
        mine = events.c.position == position
        state = bytearray(connection.execute(select(events.c.state).where(mine)).scalar_one())
        state[len(state) // 2] ^= 1
        connection.execute(update(events).where(mine).values(state=bytes(state)))


def test_a_secret_is_32_bytes_and_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert [cli.main(["secret"]), cli.main(["secret"])] == [0, 0]
    one, other = capsys.readouterr().out.split()
    assert len(base64.b64decode(one, validate=True)) == 32
    assert one != other


def test_the_installed_command_is_the_same() -> None:
    voisiture = Path(sys.executable).parent / "voisiture"
    made = subprocess.run([voisiture, "secret"], capture_output=True, text=True, check=True)
    assert len(base64.b64decode(made.stdout)) == 32


def test_a_database_without_a_log_is_said_to_hold_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert cli.main(["verify"]) == 2
    sentence = "There is nothing in this database yet. Run `voisiture upgrade`, then serve again."
    assert capsys.readouterr().err == f"voisiture: {sentence}\n"


def test_a_rebuild_makes_the_same_rows_again(installed: Village, capsys: pytest.CaptureFixture[str]) -> None:
    engine = installed.site.engine
    live = dump(engine)
    with writing(engine) as connection:
        connection.execute(delete(ledger_balances))
    assert cli.main(["rebuild"]) == 0
    assert dump(engine) == live
    printed = capsys.readouterr().out.split("\r")[-1]
    assert printed == f"{installed.site.history.log.max_notification_id()} events replayed\n"


def test_after_a_rebuild_the_database_knows_what_its_tables_hold(installed: Village) -> None:
    counted = {
        "sqlite": "SELECT stat FROM sqlite_stat1 WHERE tbl = 'ledger_balances'",
        "postgresql": "SELECT reltuples FROM pg_class WHERE oid = 'ledger_balances'::regclass",
    }
    engine = installed.site.engine
    assert cli.main(["rebuild"]) == 0
    with engine.connect() as connection:
        found = connection.exec_driver_sql(counted[engine.dialect.name]).scalar_one()
    assert str(found).split()[0].removesuffix(".0") == "2"  # Nadia owes, Jean is owed


def test_verify_says_exactly_what_it_checked_and_what_it_cannot_know(
    installed: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    count = installed.site.history.log.max_notification_id()
    assert cli.main(["verify"]) == 0
    said = capsys.readouterr().out.splitlines()
    chain, followers, commands, keys, photos, read_models, unknown, outside, total = said
    assert chain == f"Chain: {count} events, each link computed anew"
    assert followers == "Followers: 1, and 0 parked processes, against the log's end"
    assert commands.endswith(f"remembered answers against {count} events, both ways")
    assert keys == "Seals, each opened: 0 members' keys, 0 of their texts, 0 people's bank accounts"
    assert photos == "Photos: 1, each against its digest, and each that an event names"
    assert read_models.endswith("tables, row by row against what the log makes")
    assert unknown.startswith("Not known without a head:")
    assert outside.startswith("Not checked, for nothing else tells what it should be:")
    assert total == "0 faults"


@pytest.mark.usefixtures("installed")
def test_what_is_no_head_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--against", "my letter"]) == 2
    sentence = "This is no head: one reads `co-op:position:hash:signature`, on one line."
    assert capsys.readouterr().err == f"voisiture: {sentence}\n"


@pytest.mark.usefixtures("installed")
def test_under_another_secret_nothing_is_judged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", base64.b64encode(bytes(32)).decode())
    assert cli.main(["verify"]) == 2
    assert "VOISITURE_SECRET is not the one this database was sealed with" in capsys.readouterr().err


def test_one_flipped_bit_is_found_and_located(installed: Village, capsys: pytest.CaptureFixture[str]) -> None:
    stored = installed.site.history.log.select_notifications(40, 1)[0]
    flip(installed.site.engine, stored.id)
    assert cli.main(["verify"]) == 1
    _, fault, _, rest, *_, total = capsys.readouterr().out.splitlines()
    assert fault == f"  position 40, co-op {COOP}, stream {stored.originator_id}: {stored.topic} is not as recorded"
    assert rest.startswith("All else: not compared with a log that is not as it was written.")
    assert total == "1 faults"


def test_books_that_do_not_add_up_are_said_to(installed: Village, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(installed.site.engine) as connection:
        connection.execute(update(ledger_balances).values(cents=ledger_balances.c.cents + 1))
    assert cli.main(["verify"]) == 1
    assert f"co-op {COOP}: its books do not add up" in capsys.readouterr().out
    assert [cli.main(["rebuild"]), cli.main(["verify"])] == [0, 0]


def test_letters_that_could_not_leave_are_listed_and_sent_again(
    installed: Village, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Mail) -> None:
        raise AddressRefusedError("550 no such mailbox")

    installed.letters()
    installed.anyone().post("/sign-in-links", email="nadia@example.org")
    with monkeypatch.context() as broken:
        broken.setattr(installed.site.postman, "send", refuse)
        installed.letters()
    capsys.readouterr()
    assert cli.main(["letters"]) == 0
    [listed, total] = capsys.readouterr().out.splitlines()
    assert "tried 1 times, to nadia@example.org: Your link to come in to Voisiture" in listed
    assert "550 no such mailbox" in listed
    assert "/sign-in/" not in listed
    assert total == "1 letters could not leave"
    monkeypatch.setattr(cli, "wall_clock", installed.clock)
    assert cli.main(["letters", "--send-again"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 letters are tried again"
    assert installed.letters_to("Nadia")[0].subject == "Your link to come in to Voisiture"


@pytest.mark.parametrize("command", ["serve", "rebuild", "verify", "letters"])
def test_bad_settings_end_with_status_2_and_one_sentence(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", "too short")
    assert cli.main([command]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "voisiture: VOISITURE_SECRET must be base64: make one with `voisiture secret`\n"


def test_a_process_of_its_own_ends_that_way_too() -> None:
    environment = {**os.environ, "VOISITURE_SECRET": SECRET, "VOISITURE_DATABASE_URL": "mysql://a/b"}
    ended = subprocess.run([*COMMAND, "verify"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    sentence = "voisiture: VOISITURE_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://\n"
    assert (ended.returncode, ended.stderr, ended.stdout) == (2, sentence, "")


def test_an_unknown_command_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["destroy"])
    assert ended.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_serving_listens_where_it_is_told_in_as_many_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, object] = {}

    class Server:
        def __init__(self, target: str, **options: object) -> None:
            served.update(options, target=target)

        def serve(self) -> None:
            served["serving"] = True

    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", prepared(f"sqlite:///{tmp_path / 'served.db'}"))
    monkeypatch.setenv("VOISITURE_BASE_URL", "https://partage.example.fr")
    monkeypatch.setenv("VOISITURE_SMTP_URL", "smtp://mail:587")
    monkeypatch.setattr(cli, "Granian", Server)
    port = free_port()
    assert cli.main(["serve", "--host", "0.0.0.0", "--port", str(port), "--processes", "2"]) == 0  # noqa: S104
    assert served.items() >= {"address": "0.0.0.0", "port": port, "workers": 2, "serving": True}.items()  # noqa: S104


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "partage.example.fr"])  # noqa: S104
@pytest.mark.parametrize("settings", [{"VOISITURE_DEMO": "1", "VOISITURE_SMTP_URL": "smtp://mail:587"}, {}])
def test_what_opens_every_account_is_served_to_this_machine_alone(
    host: str, settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"VOISITURE_SECRET": SECRET, **settings}.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["serve", "--host", host]) == 2
    assert f"On {host} others would reach the demo, or the letters kept here" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 2
    assert f"127.0.0.1:{port} cannot be listened on (Address already in use)" in capsys.readouterr().err
