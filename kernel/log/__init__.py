"""The log and everything that is read from it: recorded, replayed, followed, told and verified.

Only this package speaks to the event store.
"""
