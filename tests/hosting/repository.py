"""The files of the repository as they are published, and the settings the application reads."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.settings import settings_from

ROOT = Path(__file__).parents[2]
SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="  # that of the tests' databases


def text(name: str) -> str:
    """Return a file's text."""
    return (ROOT / name).read_text()


def published() -> list[Path]:
    """Return every file git keeps, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := Path(name)) and (ROOT / path).is_file()]


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Give a file's numbered lines; none for what is no text."""
    try:
        content = (ROOT / path).read_text()
    except UnicodeDecodeError:
        return
    yield from enumerate(content.splitlines(), start=1)


class Watched(dict[str, str]):
    """An environment that remembers what was looked for in it."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__(known)
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Remember, then answer."""
        self.read.add(key)
        return super().get(key, default)


def settings_read() -> set[str]:
    """Return the names of all settings the application reads."""
    watched = Watched({"VOISITURE_SECRET": SECRET})
    settings_from(watched)
    return watched.read
