"""The log and everything that is read from it: recorded, replayed, followed, shown and verified.

Only this package speaks to the event store.
"""
