"""What a process that reads the log must know before it begins."""

import subprocess
import sys

from tests.kernel.stored_events import LIST

ASK = "import processes, kernel.event; print(*kernel.event.event_classes())"


def test_whoever_imports_the_processes_can_read_every_stored_event() -> None:
    known = subprocess.run([sys.executable, "-c", ASK], capture_output=True, check=True, text=True).stdout.split()
    stored = [line.split()[0] for line in LIST.read_text().splitlines()]
    assert set(stored) <= set(known)
