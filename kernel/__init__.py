"""The few words all contexts share: event, command, aggregate, refused, money, period, slice; in `log/`, their past.

No business word lives here.
"""
