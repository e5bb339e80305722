"""Proposals, ballots, and why a vote ended as it did."""
