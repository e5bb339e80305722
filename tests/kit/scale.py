"""How much is tried: one number, `SCALE`, for all that finds the more the longer it may look.

It is 1 in `make test`, where chance is seeded: what fails once fails again. It is 5 in `make siege`, which besides
tries on both databases what is otherwise tried on one: ten times as much.
"""

import os

from hypothesis import HealthCheck, settings

FULL = 5
SCALE = float(os.environ.get("SCALE", "1"))
EVERYWHERE = "EVERYWHERE" in os.environ


def scaled(usual: int, *, least: int = 1) -> int:
    """Return how often to try what is tried `usual` times at scale 1; fewer than `least` would show nothing."""
    return max(least, round(usual * SCALE))


KILLS = 130 if SCALE >= FULL else scaled(6, least=4)  # of a server, under the feet of those it serves
BACKUPS = scaled(1)  # taken while everyone books and drives
HOSTILE_BATCHES = scaled(2, least=2)  # of two hundred requests by anyone of anything
EXAMPLES = 40 if SCALE >= FULL else 3  # of each sort, for each operation of the API and person
ACTS = scaled(600, least=150)  # in the lives of two co-ops, on SQLite
ACTS_ON_POSTGRESQL = scaled(150)
BETWEEN_REBUILDS = 1 if SCALE >= FULL else 25  # acts of such a life from one look back to the next
BOOKS = scaled(12)  # a ledger's lives
CALENDARS = scaled(8)  # histories of bookings
ROUNDS = scaled(12)  # of what two do at once
KEYS_RACED = 200 if SCALE >= FULL else scaled(20)  # by two processes at once
PLANS_RACED = 200 if SCALE >= FULL else scaled(20)  # by two processes at once
CORRECTIONS_RACED = 200 if SCALE >= FULL else scaled(20)  # of readings, while their month is closed
DEPARTURES = scaled(4)  # of someone who takes something on meanwhile
CONTESTS = 200 if SCALE >= FULL else scaled(12)  # of a part, while a plan is drawn up
QUARRELS = scaled(6, least=4)  # lives in which much is paid, undone and contested
LINKS = scaled(3)  # pressed by several at once
RUSHES = scaled(1)  # of five hundred wishes for two vehicles
ROUNDS_OVER_HTTP = 3_850 if SCALE >= FULL else scaled(6)  # in each, six ask for the same hours
MONTHS = scaled(4, least=4) - 2  # of the demo: eighteen in full
ADDRESSES = scaled(2_000)  # of those who could be written to, and as many subjects
FUZZED_PHOTOS = scaled(700)  # of each kind of picture
PHOTO_SENDERS = scaled(4, least=4)  # of twelve megabytes each, all at once
ODD_TEXTS = 1 if SCALE >= FULL else 20  # of so many, one is sent in a field
ODD_QUERIES = 1 if SCALE >= FULL else 12  # of so many, one is asked of an address
PAGES_SEEN_TWICE = 1 if SCALE >= FULL else 4  # of so many, axe sees one in the dark too, and narrow, and wide
CROWD = scaled(300, least=300)  # vehicles of a co-op that has grown, and ten times as many members


def load_scale() -> None:
    """Let Hypothesis try as often as the scale says, and take the time that it takes."""
    patient = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
    settings.register_profile("voisiture", patient, max_examples=scaled(100), derandomize=not EVERYWHERE)
    settings.load_profile("voisiture")
