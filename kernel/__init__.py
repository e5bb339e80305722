"""The few words all contexts share: event, command, history, refused, money, period, privacy.

No business word lives here. Only this package speaks to the event store and owns the log.
"""
