"""Who has which vehicle when.

Decides whether these hours may be promised to this driver under the house rules, and what became of the promise:
approved, refused, cancelled, keys taken, vehicle returned. It knows of vehicles, members and rules only what it was
told, in its own words: calendars, drivers, house rules.
"""
