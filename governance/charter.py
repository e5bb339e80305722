"""Which charter a newcomer accepts today: its version is kept with the acceptance.

Its sentences are said elsewhere. To change them is to give them a new version: those who joined before accepted the old
one, and the books say which.
"""

VERSION = "2026-11"
