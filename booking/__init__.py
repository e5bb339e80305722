"""Who has which vehicle when.

Decides whether these hours may be promised to this driver under the house rules, and what became of the promise:
approved, refused, cancelled, keys taken, vehicle returned. What it must know of vehicles, members and
rules comes to it by commands, and it keeps that in its own words: calendars, drivers, house rules.
"""
