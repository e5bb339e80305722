"""The proof that nobody wrote the past anew: where the co-op's chain stands, and its links to take away."""
