"""What 0.1.0 recorded is sound once upgraded, and goes on: a head given since binds it as a whole."""

import pytest

from api import cli
from tests.hosting.repository import SECRET
from tests.upgrades.conftest import bare_url, released_url

__all__ = ["bare_url", "released_url"]


def test_what_0_1_0_left_is_sound_in_every_check(
    released_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOISITURE_SECRET", SECRET)
    monkeypatch.setenv("VOISITURE_DATABASE_URL", released_url)
    assert cli.main(["verify"]) == 2
    assert "This database was made by an earlier version." in capsys.readouterr().err
    assert cli.main(["upgrade"]) == 0
    assert cli.main(["verify"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.endswith("0 faults\n")
