"""Proposals, ballots, and the count that decides."""
