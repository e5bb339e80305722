"""Votes: the rules in force and how they came, proposing a change, one proposal and its vote."""
