"""Co-ops with a past to look at, made by the same commands as everyone's, from their first day to today.

The founding month of one co-op is a story with exact figures; what follows is drawn from a number, so that the same
number gives the same history. Nothing here writes a row of a read model.
"""
